import {MachineError} from '../errors/errors.js'
import type {ProcessError} from '../process/runner.js'
import {lastLines} from '../process/tail.js'
import type {Diagnosis} from './diagnosis.js'
import {explainFailure} from './diagnosis.js'

const causes: readonly Diagnosis[] = [
  {
    pattern: /(getting|saving|storing) credentials/i,
    cause: 'docker cannot keep the login',
    hints: ['check credsStore in ~/.docker/config.json, and that the file is yours'],
  },
  {
    pattern:
      /connection refused|no such host|i\/o timeout|TLS handshake timeout|network is unreachable|deadline exceeded/i,
    cause: 'the registry cannot be reached',
    hints: ['check the network, a VPN and the proxy of the docker engine'],
  },
  {
    pattern: /unauthorized|401|400 Bad Request|denied/i,
    cause: 'the registry does not take this login',
    hints: ['check that the clock of this machine is right, and that the region of the registry is meant'],
  },
]

/** @returns REGISTRY_LOGIN_FAILED */
export function loginFailure(failure: ProcessError, registry: string): MachineError {
  const lines = lastLines(failure.stderr, 3).split('\n')
  const {message, hints} = explainFailure(`cannot log in to ${registry}`, failure, {causes, lines})
  return new MachineError('REGISTRY_LOGIN_FAILED', message, {
    hints,
    details: {command: failure.command, exitCode: failure.exitCode, registry},
    cause: failure,
  })
}
