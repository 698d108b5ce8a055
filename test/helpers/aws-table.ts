import type {operations as AcmOperations} from '../../src/acm/sdk.js'
import type {InputOf, OutputOf} from '../../src/aws/calls.js'
import type {AwsClients} from '../../src/aws/clients.js'
import {translateAwsError} from '../../src/aws/errors.js'
import type {operations as Ec2Operations} from '../../src/ec2/sdk.js'
import type {operations as EcsOperations} from '../../src/ecs/sdk.js'
import type {operations as Elbv2Operations} from '../../src/elbv2/sdk.js'
import type {operations as LogsOperations} from '../../src/logs/sdk.js'

type CommandClasses = Readonly<Record<string, new (input: never) => object>>

/** What each operation answers; it can throw an {@link AwsFailure}. */
type Answers<Operations extends CommandClasses> = {
  readonly [Name in keyof Operations & string]?: (
    input: NonNullable<InputOf<Operations[Name]>>,
  ) => Omit<OutputOf<Operations[Name]>, '$metadata'>
}

export interface AwsTable {
  readonly acm?: Answers<typeof AcmOperations>
  readonly ec2?: Answers<typeof Ec2Operations>
  readonly ecs?: Answers<typeof EcsOperations>
  readonly elbv2?: Answers<typeof Elbv2Operations>
  readonly logs?: Answers<typeof LogsOperations>
}

export interface TabledCall {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface TabledAws {
  readonly aws: AwsClients
  /** All calls in their order. */
  readonly calls: readonly TabledCall[]
  /** The inputs of one operation, in their order. */
  inputs(operation: string): TabledCall['input'][]
  /** The operations of the calls that ran at the same time; each entry waited for the one before. */
  readonly waves: readonly string[][]
}

/** What AWS answers where it refuses. */
export class AwsFailure extends Error {
  constructor(name: string, message = name) {
    super(message)
    this.name = name
  }
}

/**
 * AWS as a table. An operation that is not in it fails the test. All calls that are made before anybody waits are
 * answered together, so that `waves` shows which calls depend on each other.
 */
export function awsTable(answers: AwsTable): TabledAws {
  const calls: TabledCall[] = []
  const waves: string[][] = []
  let waiting: (TabledCall & {answer(): void})[] = []

  const answerAll = () => {
    const wave = waiting
    waiting = []
    waves.push(wave.map(({operation}) => operation).sort())
    for (const call of wave) call.answer()
  }
  const client = (service: string) => (operation: string, input: TabledCall['input']) =>
    new Promise((resolve, reject) => {
      const answer = () => {
        try {
          resolve({$metadata: {}, ...answerOf(answers, service, operation)(input)})
        } catch (error) {
          reject(error instanceof AwsFailure ? translateAwsError(error, {service, operation}) : error)
        }
      }
      calls.push({operation, input})
      if (waiting.length === 0) setImmediate(answerAll)
      waiting.push({operation, input, answer})
    })

  const names = ['ecs', 'ec2', 'elbv2', 'ecr', 'iam', 'logs', 'sts', 'acm']
  const clients = Object.fromEntries(names.map((name) => [name, client(name)]))
  const aws = {...clients, region: async () => 'us-east-1'} as unknown as AwsClients
  const inputs = (operation: string) => calls.filter((call) => call.operation === operation).map(({input}) => input)
  return {aws, calls, waves, inputs}
}

function answerOf(answers: AwsTable, service: string, operation: string): (input: object) => object {
  const table = answers[service as keyof AwsTable] as Readonly<Record<string, (input: object) => object>> | undefined
  const answer = table?.[operation]
  if (answer === undefined) throw new Error(`unexpected call: ${service}:${operation}`)
  return answer
}
