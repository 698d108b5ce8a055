import {parseArgs} from 'node:util'
import {serve} from './server/serve.js'

// The program that `fargate local start` runs in the background; its output is the log file of the local AWS.
const {values} = parseArgs({
  options: {
    'state-dir': {type: 'string'},
    port: {type: 'string', default: '0'},
    speed: {type: 'string', default: '1'},
  },
})
const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`)

try {
  const serving = await serve({
    stateFolder: values['state-dir'] ?? '.',
    pid: process.pid,
    port: Number(values.port),
    speed: Number(values.speed),
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
