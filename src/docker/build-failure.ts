import {MachineError} from '../errors/errors.js'
import {describeCommand} from '../process/command-line.js'
import type {ProcessError} from '../process/runner.js'
import {buildEnvironment} from './commands.js'
import type {Diagnosis} from './diagnosis.js'
import {explainFailure} from './diagnosis.js'

const causes: readonly Diagnosis[] = [
  {
    pattern: /buildx component is missing|requires BuildKit|unknown flag: (mount|chmod|link)/i,
    cause: 'the Dockerfile or DOCKER_BUILDKIT=1 needs BuildKit, and docker has no buildx component',
    hints: ['install buildx: https://docs.docker.com/go/buildx/'],
  },
  {
    pattern: /no space left on device/i,
    cause: 'the disk is full',
    hints: ['docker system df', 'docker system prune'],
  },
  {
    pattern: /exec format error/i,
    cause: 'a build step is for another CPU architecture than that of this machine, which has no emulation for it',
    hints: [
      'docker run --privileged --rm tonistiigi/binfmt --install all',
      'build on a machine of the same architecture as the task',
    ],
  },
  {
    pattern: /was found but does not match the specified platform/i,
    cause: 'the legacy builder of docker mixes up images of several platforms',
    hints: ['install buildx: https://docs.docker.com/go/buildx/', 'docker pull --platform <platform> <base image>'],
  },
  {
    pattern: /no match(ing manifest)? for (platform|linux\/)/i,
    cause: 'a base image does not exist for the platform of the task',
    hints: ['use a base image for this platform, or another CPU architecture for the task'],
  },
  {
    pattern: /toomanyrequests|pull rate limit/i,
    cause: 'the registry of a base image limits pulls',
    hints: ['docker login', 'take the base image from public.ecr.aws instead of Docker Hub'],
  },
  {
    pattern: /pull access denied|insufficient_scope|repository does not exist or may require/i,
    cause: 'a base image does not exist, or its registry wants a login',
    hints: ['check the image names after FROM', 'docker login <registry of the base image>'],
  },
  {
    pattern: /failed to compute cache key|not found in build context|excluded by \.dockerignore/i,
    cause: 'a file that is copied is not in the build context',
    hints: ['check the paths after COPY and ADD: they start at the build context', 'check .dockerignore'],
  },
  {
    pattern: /manifest( for \S+)? (unknown|not found)|\S+:\S+: not found$/im,
    cause: 'a base image has no such tag',
    hints: ['check the image names and tags after FROM'],
  },
  {
    pattern: /target stage .* could not be found|failed to reach build target/i,
    cause: 'the Dockerfile has no stage of the name given as target',
    hints: ['check the names after AS in the Dockerfile'],
  },
  {
    pattern: /unknown instruction|dockerfile parse error/i,
    cause: 'the Dockerfile has a syntax error',
    hints: [],
  },
  {
    pattern: /no such host|i\/o timeout|TLS handshake timeout|connection refused|network is unreachable/i,
    cause: 'a host cannot be reached from the build',
    hints: ['check the network and the registry names after FROM'],
  },
  {
    pattern: /unknown (shorthand )?flag/i,
    cause: 'this program does not take the flags of docker build',
    hints: ['use docker 20.10 or newer, podman or finch'],
  },
]

/**
 * @param output what the build printed, oldest line first
 * @returns IMAGE_BUILD_FAILED
 */
export function buildFailure(failure: ProcessError, output: readonly string[]): MachineError {
  const lines = output.slice(-20)
  const {message, hints} = explainFailure('the image build failed', failure, {causes, lines})
  return new MachineError('IMAGE_BUILD_FAILED', message, {
    hints: [...hints, describeCommand(failure.command, {env: buildEnvironment})],
    details: {command: failure.command, exitCode: failure.exitCode, output: lines},
    cause: failure,
  })
}
