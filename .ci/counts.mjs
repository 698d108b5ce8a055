// Prints "PASSED FAILED" of a test report; a run that failed without a failing test counts as one failure.
import {readFileSync} from 'node:fs'

const [file, status] = process.argv.slice(2)
const report = JSON.parse(readFileSync(file, 'utf8'))
const passed = report.numPassedTests
let failed = report.numFailedTests
if (failed === 0 && (status !== '0' || !report.success || passed === 0)) failed = 1
process.stdout.write(`${passed} ${failed}\n`)
