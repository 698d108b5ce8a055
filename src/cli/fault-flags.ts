import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {readFaultFile} from './fault-start.js'

const text = (description: string, helpValue: string, helpGroup: string) =>
  Flags.string({description, helpValue, helpGroup})
const amount = (description: string, helpGroup: string, min = 1) => Flags.integer({description, min, helpGroup})

const REQUESTS = 'REQUEST'
const TASKS = 'TASK'
const WHEN = 'TIMING'

/** One flag for each member of a fault, by the same name. */
export const faultFlags = {
  service: text('AWS service of the requests: ecs, ec2, elbv2, ecr, iam, logs …', '<service>', REQUESTS),
  operation: text('operation, e.g. ecs:UpdateService or ecs:Describe*', '<operation>', REQUESTS),
  resource: text('name, id or ARN that the request holds', '<text>', REQUESTS),
  'service-name': text('ECS service whose tasks are meant', '<name>', TASKS),
  family: text('task definition family of the tasks', '<name>', TASKS),
  'capacity-provider': text('FARGATE or FARGATE_SPOT', '<name>', TASKS),
  image: text('image, or its end: web or web:v2', '<image>', TASKS),
  container: text('container whose health check fails', '<name>', TASKS),
  'target-group': text('target group whose health checks fail', '<name>', TASKS),
  subnet: text('subnet of the tasks', '<id>', TASKS),
  role: text('IAM role', '<name>', TASKS),
  delay: text('how late it is; of stale reads, how old they are', '<duration>', WHEN),
  status: amount('HTTP status of a server error, or of the answer to a health check', WHEN, 100),
  cause: text(
    'why: not-found, timeout, forbidden or platform of an image; timeout of a health check; tasks or vcpus of a quota',
    '<cause>',
    WHEN,
  ),
  phase: text('attach or detach of a network interface', '<phase>', WHEN),
  count: amount('how often it strikes; always without it', WHEN),
  every: amount('strike only every so many times', WHEN),
  skip: amount('let so many pass first', WHEN, 0),
  probability: text('strike with this probability, e.g. 0.2', '<number>', WHEN),
  for: text('end it after this time, e.g. 2m', '<duration>', WHEN),
  account: text('account of the requests or tasks', '<id>', WHEN),
}

/** Global flags that describe the fault where they are typed; their defaults and variables do not. */
const typedFlags = ['cluster', 'region']

const memberName = (flag: string): string => flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

type Flagged = Readonly<Record<string, unknown>>

/** The flags that describe a fault, out of all that were parsed. */
export function faultMembers(flags: Flagged, argv: readonly string[]): Flagged {
  const isTyped = (name: string) => argv.some((word) => word === `--${name}` || word.startsWith(`--${name}=`))
  const names = [...Object.keys(faultFlags), ...typedFlags.filter(isTyped)]
  return Object.fromEntries(names.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])))
}

/** The plan to add: that of a file, or one fault as a plan file would have it. @throws UsageError */
export async function faultPlanOf(
  kind: string | undefined,
  file: string | undefined,
  members: Flagged,
): Promise<object> {
  if (file !== undefined) {
    const other = kind ?? Object.keys(members).map((name) => `--${name}`)[0]
    if (other === undefined) return parseFile(file, await readFaultFile('--file', file))
    throw new UsageError('FLAGS_CONFLICT', `--file brings whole faults, and ${other} describes one of its own`)
  }
  if (kind === undefined) {
    throw new UsageError('ARGUMENT_MISSING', 'what is to go wrong is missing: name a kind of fault, or --file', {
      hints: ['fargate local fault add throttle --operation ecs:UpdateService --count 3'],
    })
  }
  const named = Object.entries(members).map(([name, value]): [string, unknown] => [
    memberName(name),
    name === 'probability' && !Number.isNaN(Number(value)) ? Number(value) : value,
  ])
  return {faults: [{kind, ...Object.fromEntries(named)}]}
}

function parseFile(path: string, content: string): object {
  try {
    const plan: unknown = JSON.parse(content)
    if (typeof plan === 'object' && plan !== null) return plan
    throw new SyntaxError('it holds no object')
  } catch (error) {
    throw new UsageError('FAULTS_INVALID', `--file ${path}: it is no JSON of a plan: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
