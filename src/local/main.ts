import {parseArgs} from 'node:util'
import {systemClock} from './clock.js'
import {chooseRuntime} from './server/runtime-choice.js'
import {serve} from './server/serve.js'

// The program that `fargate local start` runs in the background; its output is the log file of the local AWS.
const {values} = parseArgs({
  options: {
    'state-dir': {type: 'string'},
    port: {type: 'string', default: '0'},
    speed: {type: 'string', default: '1'},
    runtime: {type: 'string'},
    faults: {type: 'string'},
    seed: {type: 'string'},
  },
})
// On a full disk there is nobody left to tell.
process.stderr.on('error', () => undefined)
const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`)

try {
  const serving = await serve({
    stateFolder: values['state-dir'] ?? '.',
    pid: process.pid,
    port: Number(values.port),
    speed: Number(values.speed),
    faultsFile: values.faults,
    seed: values.seed === undefined ? undefined : Number(values.seed),
    isRunning,
    ...(await chooseRuntime({wanted: values.runtime, env: process.env, isRunning, clock: systemClock()})),
    log,
  })
  log(`local AWS answers on ${serving.url}`)
  process.on('SIGTERM', () => serving.stop())
  process.on('SIGINT', () => serving.stop())
  await serving.ended
  process.exit(0)
} catch (error) {
  const {code, message} = error as NodeJS.ErrnoException
  log(code === 'EADDRINUSE' ? `port ${values.port} is in use` : message)
  process.exit(1)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
