import {expect, test} from 'vitest'
import {engineFailure} from '../../../src/docker/engine-failure.js'
import {ProcessError} from '../../../src/process/runner.js'

function failureOf(program: string, stderr: string) {
  return engineFailure(
    program,
    new ProcessError({command: [program, 'version'], reason: 'exited', exitCode: 1, stderr}),
  )
}

test.each([
  ['docker', 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'],
  [
    'docker',
    'failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory',
  ],
  [
    'docker',
    'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/version": open //./pipe/docker_engine: The system cannot find the file specified.',
  ],
  [
    'podman',
    'Cannot connect to Podman. Please verify your connection to the Linux system using `podman system connection list`, or try `podman machine init` and `podman machine start` to manage a new Linux VM\nError: unable to connect to Podman socket: failed to connect: dial tcp 127.0.0.1:55699: connect: connection refused',
  ],
  ['finch', 'FATA[0000] instance "finch" is stopped, run `finch vm start` to start the instance'],
])('sees that the engine of %s is down: %s', (program, stderr) => {
  const failure = failureOf(program, stderr)

  expect(failure).toMatchObject({code: 'DOCKER_NOT_RUNNING', exitCode: 3})
  expect(failure?.message).toContain(stderr)
})

test.each([
  ['docker', 'sudo systemctl start docker'],
  ['/opt/podman/bin/podman', 'podman machine start'],
  ['finch', 'finch vm start'],
])('tells how the engine of %s is started', (program, hint) => {
  const failure = failureOf(program, 'Is the docker daemon running?')

  expect(failure?.hints.join('\n')).toContain(hint)
})

test.each([
  'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/version": dial unix /var/run/docker.sock: connect: permission denied',
  'Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/version": dial unix /var/run/docker.sock: connect: permission denied',
  'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
  'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/info": open //./pipe/docker_engine: Access is denied.',
])('sees that the user may not use the engine: %s', (stderr) => {
  expect(failureOf('docker', stderr)).toMatchObject({
    code: 'DOCKER_PERMISSION',
    exitCode: 3,
    hints: [expect.stringContaining('usermod -aG docker')],
  })
})

test('sees that the program is not there', () => {
  const failure = engineFailure('podman', new ProcessError({command: ['podman', 'version'], reason: 'absent'}))

  expect(failure).toMatchObject({code: 'DOCKER_NOT_FOUND', exitCode: 3, message: expect.stringContaining('podman')})
})

test.each([
  'denied: requested access to the resource is denied',
  'Error response from daemon: Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
  'mkdir: cannot create directory /x: Permission denied',
  '',
  // Above the program's own complaint stands what a build step printed.
  'Cannot connect to the Docker daemon at tcp://docker:2375. Is the docker daemon running?\na\nb\nThe command returned a non-zero code: 1',
])('leaves to others: %s', (stderr) => {
  expect(failureOf('docker', stderr)).toBeUndefined()
})
