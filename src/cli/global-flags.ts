import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {defaultClusterName} from '../lib/resource-names.js'

const helpGroup = 'GLOBAL'

/** The flags that every command has. Each can be given before the command too: `fargate --local service list`. */
export const globalFlags = {
  cluster: Flags.string({
    description: 'name of the ECS cluster',
    default: defaultClusterName,
    env: 'FARGATE_CLUSTER',
    helpGroup,
  }),
  region: Flags.string({
    description: 'AWS region; otherwise AWS_REGION or the one of the profile',
    env: 'FARGATE_REGION',
    helpGroup,
  }),
  profile: Flags.string({
    description: 'profile of the AWS configuration files; otherwise AWS_PROFILE',
    env: 'FARGATE_PROFILE',
    helpGroup,
  }),
  local: Flags.boolean({
    description: 'work on the local AWS that `fargate local start` runs',
    env: 'FARGATE_LOCAL',
    helpGroup,
  }),
  json: Flags.boolean({
    description: 'print the result, or the error, as one JSON document',
    env: 'FARGATE_JSON',
    helpGroup,
  }),
  'no-color': Flags.boolean({
    description: 'print no color; NO_COLOR does the same',
    env: 'FARGATE_NO_COLOR',
    helpGroup,
  }),
  quiet: Flags.boolean({
    char: 'q',
    description: 'print only the result, warnings and errors',
    env: 'FARGATE_QUIET',
    helpGroup,
  }),
  verbose: Flags.boolean({
    char: 'v',
    description: 'print each call to AWS and the stack of an unexpected error',
    env: 'FARGATE_VERBOSE',
    helpGroup,
  }),
}

/** What the global flags say, as oclif parses them. */
export interface GlobalFlags {
  readonly cluster: string
  readonly region?: string | undefined
  readonly profile?: string | undefined
  readonly local: boolean
  readonly json?: boolean | undefined
  readonly 'no-color': boolean
  readonly quiet: boolean
  readonly verbose: boolean
}

/** ECS allows letters, digits, hyphens and underscores, up to 255 of them. */
const clusterName = /^[A-Za-z0-9_-]{1,255}$/
const regionName = /^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/

/** @throws UsageError when a name cannot be one, before anything else is done */
export function checkGlobalFlags({cluster, region}: Partial<GlobalFlags>): void {
  if (cluster !== undefined && !clusterName.test(cluster)) {
    throw new UsageError(
      'CLUSTER_INVALID',
      `--cluster: ${JSON.stringify(cluster)} is no cluster name: use up to 255 letters, digits, hyphens and underscores`,
    )
  }
  if (region !== undefined && !regionName.test(region)) {
    throw new UsageError(
      'REGION_INVALID',
      `--region: ${JSON.stringify(region)} is no AWS region: use one such as us-east-1`,
    )
  }
}
