// Makes src/local/constraints/constraints.json again, for instance after `pip download --no-deps botocore`:
// node scripts/constraints.mjs <unpacked>/botocore/data 'botocore 1.43.107'
import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {constraintsText} from './service-models.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const [folder, release] = process.argv.slice(2)
if (folder === undefined || release === undefined)
  throw new Error('usage: constraints.mjs <folder of models> <release>')

const operations = JSON.parse(readFileSync(join(scripts, 'emulated-operations.json'), 'utf8'))
writeFileSync(
  join(dirname(scripts), 'src/local/constraints/constraints.json'),
  constraintsText(folder, release, operations),
)
