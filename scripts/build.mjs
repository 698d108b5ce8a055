import {resolve} from 'node:path'
import {buildProduct} from './product.mjs'

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stop.abort())

const [folder] = process.argv.slice(2)
try {
  await buildProduct(folder === undefined ? undefined : resolve(folder), stop.signal)
} catch (error) {
  if (!stop.signal.aborted) throw error
  process.exitCode = 130
}
