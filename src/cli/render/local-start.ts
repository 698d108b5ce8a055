import type {LocalStartResult} from '../local-start.js'
import {exportLines} from '../local-variables.js'

/** Where the local AWS answers, how its tasks run and why, and the variables for other tools. */
export function renderLocalStart(result: LocalStartResult): string {
  const {url, page, started, resumed, stateFolder, runtime, runtimeReason, environment} = result
  const what = started ? 'The local AWS answers' : 'The local AWS is running already'
  const how = runtime === 'docker' ? 'Tasks run in docker' : 'Tasks are simulated'
  return [
    `${what} on ${url}`,
    `${how}: ${runtimeReason}`,
    ...(started && resumed ? [`It goes on with what is in ${stateFolder}; "fargate local reset" forgets it`] : []),
    `Live in a browser: ${page}`,
    '',
    exportLines(environment),
  ].join('\n')
}
