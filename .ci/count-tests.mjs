import {readFileSync} from 'node:fs'

// Prints how many tests passed, failed and were skipped, from a JSON report of vitest. What fails outside of a test, as
// a file that cannot be loaded, is one failure.
const [report, exitCode] = process.argv.slice(2)
const {numPassedTests, numFailedTests, numPendingTests, testResults} = JSON.parse(readFileSync(report, 'utf8'))
const brokenFiles = testResults.filter(
  ({status, assertionResults}) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const failures = numFailedTests + brokenFiles.length
const failed = failures === 0 && exitCode !== '0' ? 1 : failures
process.stdout.write(`${numPassedTests} ${failed} ${numPendingTests}\n`)
