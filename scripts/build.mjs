import {resolve} from 'node:path'
import {buildProduct} from './product.mjs'

const [folder] = process.argv.slice(2)
await buildProduct(folder === undefined ? undefined : resolve(folder))
