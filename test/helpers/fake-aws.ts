import {afterEach} from 'vitest'
import type {operations as acm} from '../../src/acm/sdk.js'
import type {AwsCalls, CallOptions, CommandClass, InputOf, OutputOf} from '../../src/aws/calls.js'
import type {AwsClients} from '../../src/aws/clients.js'
import {translateAwsError} from '../../src/aws/errors.js'
import type {operations as ec2} from '../../src/ec2/sdk.js'
import type {operations as ecr} from '../../src/ecr/sdk.js'
import type {operations as ecs} from '../../src/ecs/sdk.js'
import type {operations as elbv2} from '../../src/elbv2/sdk.js'
import type {operations as iam} from '../../src/iam/sdk.js'
import type {operations as logs} from '../../src/logs/sdk.js'
import type {operations as route53} from '../../src/route53/sdk.js'
import type {operations as secretsmanager} from '../../src/secretsmanager/sdk.js'
import type {operations as ssm} from '../../src/ssm/sdk.js'
import type {operations as sts} from '../../src/sts/sdk.js'
import type {ProductRequest} from './good-requests.js'
import {refusedRequests} from './good-requests.js'

/** Whatever a test is about, AWS would have to take the form of each request that the product made in it. */
const requests: ProductRequest[] = []
afterEach(async () => {
  const refused = await refusedRequests(requests.splice(0))
  if (refused.length > 0) throw new Error(`AWS refuses what the product asks: ${refused.join('; ')}`)
})

type Operations = Readonly<Record<string, CommandClass>>
type Answer<Class extends CommandClass> = Omit<OutputOf<Class>, '$metadata'>

/** What operations answer; one that is not listed is refused, and so fails the test that did not expect it. */
export type Handlers<Of extends Operations> = {
  readonly [Name in keyof Of]?: (
    input: InputOf<Of[Name]>,
    options: CallOptions,
  ) => Answer<Of[Name]> | Promise<Answer<Of[Name]>>
}

export interface FakeHandlers {
  readonly ecs?: Handlers<typeof ecs>
  readonly ec2?: Handlers<typeof ec2>
  readonly elbv2?: Handlers<typeof elbv2>
  readonly ecr?: Handlers<typeof ecr>
  readonly iam?: Handlers<typeof iam>
  readonly logs?: Handlers<typeof logs>
  readonly secretsmanager?: Handlers<typeof secretsmanager>
  readonly ssm?: Handlers<typeof ssm>
  readonly sts?: Handlers<typeof sts>
  readonly acm?: Handlers<typeof acm>
  readonly route53?: Handlers<typeof route53>
}

/** One call; it starts and ends in rounds: calls of one round run at the same time. */
export interface FakeCall {
  readonly service: string
  readonly operation: string
  readonly input: unknown
  readonly startedAt: number
  endedAt: number
}

/** The calls of one or several services, in the order in which they began. */
export class CallLog {
  readonly calls: FakeCall[] = []
  #round = 0
  #next: Promise<void> | undefined

  begin(service: string, operation: string, input: unknown): FakeCall {
    const call = {service, operation, input, startedAt: this.#round, endedAt: Number.POSITIVE_INFINITY}
    this.calls.push(call)
    return call
  }

  /** Ends the round once everything that can go on without an answer has gone on. */
  async answer(call: FakeCall): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#round += 1
        this.#next = undefined
        resolve()
      })
    })
    await this.#next
    call.endedAt = this.#round
  }

  /** `ecs:DescribeServices`, one for each call. */
  names(): string[] {
    return this.calls.map(({service, operation}) => `${service}:${operation}`)
  }

  /** The inputs of the calls of one operation. */
  inputs<Input = Record<string, unknown>>(operation: string): Input[] {
    return this.calls.filter((call) => call.operation === operation).map(({input}) => input as Input)
  }

  /** The calls that change something. */
  changes(): string[] {
    return this.names().filter((name) => !/:(Describe|List|Get|Filter)/.test(name))
  }

  /** The longest chain of calls of which each began after the one before had ended: what a user waits for. */
  longestChain(): string[] {
    const best = new Map<FakeCall, readonly FakeCall[]>()
    let longest: readonly FakeCall[] = []
    for (const call of this.calls) {
      const before = [...best].filter(([other]) => other.endedAt <= call.startedAt).map(([, chain]) => chain)
      const chain = [...before.reduce((one, other) => (other.length > one.length ? other : one), []), call]
      best.set(call, chain)
      if (chain.length > longest.length) longest = chain
    }
    return longest.map(({service, operation}) => `${service}:${operation}`)
  }
}

/** The calls of one service; their errors are translated as those of the SDK are. */
function fakeCalls<Of extends Operations>(
  handlers: Handlers<Of>,
  {service = 'aws', log = new CallLog()}: {service?: string; log?: CallLog} = {},
): AwsCalls<Of> {
  return async (operation, input, options = {}) => {
    const call = log.begin(service, operation, input)
    requests.push({service, operation, input})
    await log.answer(call)
    const handler = handlers[operation]
    if (handler === undefined) throw new Error(`unexpected call ${service}:${operation} ${JSON.stringify(input)}`)
    try {
      return (await handler(input, options)) as OutputOf<Of[typeof operation]>
    } catch (error) {
      throw (error as {$fault?: string}).$fault === undefined ? error : translateAwsError(error, {service, operation})
    }
  }
}

/** The clients of all services over one log. */
export function fakeAws(handlers: FakeHandlers, region = 'us-east-1'): AwsClients & {readonly log: CallLog} {
  const log = new CallLog()
  return {
    log,
    ecs: fakeCalls<typeof ecs>(handlers.ecs ?? {}, {service: 'ecs', log}),
    ec2: fakeCalls<typeof ec2>(handlers.ec2 ?? {}, {service: 'ec2', log}),
    elbv2: fakeCalls<typeof elbv2>(handlers.elbv2 ?? {}, {service: 'elbv2', log}),
    ecr: fakeCalls<typeof ecr>(handlers.ecr ?? {}, {service: 'ecr', log}),
    iam: fakeCalls<typeof iam>(handlers.iam ?? {}, {service: 'iam', log}),
    logs: fakeCalls<typeof logs>(handlers.logs ?? {}, {service: 'logs', log}),
    secretsmanager: fakeCalls<typeof secretsmanager>(handlers.secretsmanager ?? {}, {service: 'secretsmanager', log}),
    ssm: fakeCalls<typeof ssm>(handlers.ssm ?? {}, {service: 'ssm', log}),
    sts: fakeCalls<typeof sts>(handlers.sts ?? {}, {service: 'sts', log}),
    acm: fakeCalls<typeof acm>(handlers.acm ?? {}, {service: 'acm', log}),
    route53: fakeCalls<typeof route53>(handlers.route53 ?? {}, {service: 'route53', log}),
    region: async () => region,
  }
}

/** What the SDK throws when AWS answers an error. */
export function awsFailure(name: string, message = name, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: {httpStatusCode, requestId: 'request-1'},
  })
}

/** A handler that fails: `{DescribeTargetGroups: fails('TargetGroupNotFoundException')}`. */
export const fails = (name: string, message?: string) => () => Promise.reject(awsFailure(name, message))
