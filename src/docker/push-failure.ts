import {MachineError} from '../errors/errors.js'
import {describeCommand} from '../process/command-line.js'
import type {ProcessError} from '../process/runner.js'
import {lastLines} from '../process/tail.js'
import type {Diagnosis} from './diagnosis.js'
import {explainFailure} from './diagnosis.js'

const causes: readonly Diagnosis[] = [
  {
    pattern: /no basic auth credentials/i,
    cause: 'docker has no login for the registry',
    hints: [
      'check that the account and the region of the image are yours',
      'check credHelpers in ~/.docker/config.json',
    ],
  },
  {
    pattern: /authorization token has expired/i,
    cause: 'the login to the registry has expired',
    hints: ['run the command again: it logs in anew'],
  },
  {
    pattern: /not authorized to perform/i,
    cause: 'the credentials lack a permission on the repository',
    hints: ['allow ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage on it'],
  },
  {
    pattern: /tag invalid|cannot be overwritten because the (repository|tag) is immutable/i,
    cause: 'the repository is immutable and has this tag already',
    hints: ['push another tag'],
  },
  {
    pattern: /name unknown|repository with name .* does not exist|repository does not exist/i,
    cause: 'the registry has no such repository',
    hints: [],
  },
  {
    pattern: /denied|unauthorized|authentication required|403 forbidden/i,
    cause: 'the registry denies it to this login',
    hints: ['check that the login of docker may write to this repository'],
  },
  {
    pattern: /image does not exist locally|no such image|image not known/i,
    cause: 'docker has no image of this name',
    hints: [
      'where a builder of buildx keeps its images to itself: docker buildx use default, and unset BUILDX_BUILDER',
    ],
  },
  {
    pattern: /connection refused/i,
    cause: 'nothing listens at the address of the registry',
    hints: ['check the host and the port of the image name'],
  },
  {
    pattern:
      /no such host|i\/o timeout|TLS handshake timeout|network is unreachable|context deadline exceeded|\bEOF\b/i,
    cause: 'the registry cannot be reached',
    hints: ['check the network, a VPN and the proxy of the docker engine, and try again'],
  },
  {
    pattern: /server gave HTTP response to HTTPS client|x509|certificate/i,
    cause: 'the registry has no certificate that docker trusts',
    hints: ['trust its certificate, or list it under insecure-registries of the docker engine'],
  },
  {
    pattern: /toomanyrequests|rate exceeded/i,
    cause: 'the registry limits requests',
    hints: ['try again in a minute'],
  },
  {
    pattern: /no space left on device/i,
    cause: 'the disk is full',
    hints: ['docker system df', 'docker system prune'],
  },
]

/** @returns IMAGE_PUSH_FAILED */
export function pushFailure(failure: ProcessError, reference: string): MachineError {
  const lines = lastLines(failure.stderr === '' ? failure.stdout : failure.stderr, 5).split('\n')
  const {message, hints} = explainFailure(`cannot push ${reference}`, failure, {causes, lines})
  return new MachineError('IMAGE_PUSH_FAILED', message, {
    hints: [...hints, describeCommand(failure.command)],
    details: {command: failure.command, exitCode: failure.exitCode, reference},
    cause: failure,
  })
}
