import {basename} from 'node:path'
import {MachineError} from '../errors/errors.js'
import type {ProcessError} from '../process/runner.js'
import {lastLines} from '../process/tail.js'

// The engine's socket only: "permission denied" is also what builds and registries say, of other things.
const permission =
  /permission denied while trying to connect|dial unix .*connect: permission denied|docker_engine.*access is denied/i
const down = new RegExp(
  [
    'cannot connect to the docker daemon',
    'is the docker daemon running',
    'failed to connect to the docker api',
    'error during connect',
    'docker_?desktop.*(is not running|is unable to start)',
    'cannot connect to podman',
    'unable to connect to podman',
    'run `finch vm (start|init)`',
    'cannot access containerd socket',
  ].join('|'),
  'i',
)

/** Explains that the engine is not there, not running or not allowed, which any command may find; else `undefined`. */
export function engineFailure(program: string, failure: ProcessError): MachineError | undefined {
  const details = {command: failure.command, exitCode: failure.exitCode}
  if (failure.reason === 'absent') {
    return new MachineError('DOCKER_NOT_FOUND', `cannot run ${program}: it is not installed or not on the PATH`, {
      hints: [
        'install Docker: https://docs.docker.com/get-docker/',
        'use another program that takes the same commands, such as podman or finch: FARGATE_DOCKER=podman',
      ],
      details,
      cause: failure,
    })
  }
  // The program's own complaint comes last; above it may stand the output of a build step that has a docker of its own.
  const said = lastLines(failure.stderr, 3)
  if (permission.test(said)) {
    return new MachineError('DOCKER_PERMISSION', `this user may not use the docker engine\n${said}`, {
      hints: ['sudo usermod -aG docker "$USER"   (then log in again)'],
      details,
      cause: failure,
    })
  }
  if (down.test(said)) {
    return new MachineError('DOCKER_NOT_RUNNING', `the container engine of ${program} is not running\n${said}`, {
      hints: startHints(basename(program, '.exe')),
      details,
      cause: failure,
    })
  }
  return undefined
}

function startHints(program: string): readonly string[] {
  if (program === 'podman') return ['podman machine start']
  if (program === 'finch') return ['finch vm start']
  return [
    'start Docker Desktop, or on Linux: sudo systemctl start docker',
    'check which engine is meant: docker context ls, and DOCKER_HOST',
  ]
}
