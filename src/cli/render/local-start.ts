import type {LocalStartResult} from '../local-start.js'
import {exportLines} from '../local-variables.js'

/** Where the local AWS answers, how its tasks run and why, and the variables for other tools. */
export function renderLocalStart({url, page, started, runtime, runtimeReason, environment}: LocalStartResult): string {
  const what = started ? 'The local AWS answers' : 'The local AWS is running already'
  const how = runtime === 'docker' ? 'Tasks run in docker' : 'Tasks are simulated'
  return [
    `${what} on ${url}`,
    `${how}: ${runtimeReason}`,
    `Live in a browser: ${page}`,
    '',
    exportLines(environment),
  ].join('\n')
}
