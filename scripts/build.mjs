import {resolve} from 'node:path'
import {buildProduct} from './product.mjs'

// A build that is stopped takes away what it has begun: that hangs on the exit of the process.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const [folder] = process.argv.slice(2)
await buildProduct(folder === undefined ? undefined : resolve(folder))
