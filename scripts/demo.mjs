import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {tellStory} from './demo/story.mjs'
import {builtProduct} from './session/built-product.mjs'
import {Session} from './session/session.mjs'

const startedAt = performance.now()
const session = new Session('demo', dirname(dirname(fileURLToPath(import.meta.url))))
const exitCode = await session.play(async () => tellStory(session, await builtProduct(session)))
if (exitCode === 0)
  console.log(`\nDone in ${Math.round((performance.now() - startedAt) / 1000)} s; nothing is left on this machine.`)
process.exit(exitCode)
