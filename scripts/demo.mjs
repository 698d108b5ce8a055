import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {builtProduct} from './demo/built-product.mjs'
import {Session} from './demo/session.mjs'
import {tellStory} from './demo/story.mjs'

const startedAt = performance.now()
const session = new Session(dirname(dirname(fileURLToPath(import.meta.url))))
const exitCode = await session.play(async () => tellStory(session, await builtProduct(session)))
if (exitCode === 0)
  console.log(`\nDone in ${Math.round((performance.now() - startedAt) / 1000)} s; nothing is left on this machine.`)
process.exit(exitCode)
