import {VirtualClock} from '../../../../src/local/clock.js'
import type {FaultView} from '../../../../src/local/faults/index.js'
import {readPlan} from '../../../../src/local/faults/index.js'
import type {LocalAws} from '../../../../src/local/local-aws.js'
import {createLocalAws} from '../../../../src/local/local-aws.js'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'

type Config = {
  readonly region: string
  readonly credentials: {accessKeyId: string; secretAccessKey: string}
  readonly requestHandler: ReturnType<typeof inProcessRequestHandler>
  readonly maxAttempts: number
}

export interface FaultyWorld {
  readonly aws: LocalAws
  readonly clock: VirtualClock
  /** Adds faults as a plan file would have them. */
  add(...faults: object[]): FaultView[]
  /** An SDK client that tries once. */
  client<Client>(Class: new (config: Config) => Client, scope?: {account?: string; region?: string}): Client
}

/** A local AWS whose time a test moves, with SDK clients that do not repeat what fails. */
export function faultyWorld({seed = 1}: {seed?: number} = {}): FaultyWorld {
  const clock = new VirtualClock()
  const aws = createLocalAws({clock, seed, host: () => '127.0.0.1:4566', listen: false})
  return {
    aws,
    clock,
    add(...faults) {
      const plan = readPlan({faults}, aws.operations)
      if (!plan.ok) throw new Error(plan.problem)
      return aws.faults.add(plan.value)
    },
    client: (Class, {account = '000000000000', region = 'us-east-1'} = {}) =>
      new Class({
        region,
        credentials: {accessKeyId: account, secretAccessKey: 'secret'},
        requestHandler: inProcessRequestHandler(aws.wire),
        maxAttempts: 1,
      }),
  }
}

/** The name, HTTP status and message of what a call throws. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<readonly [name: string, status: unknown, text: string]> {
  try {
    await call
  } catch (error) {
    const {name, message, $metadata} = error as Error & {$metadata?: {httpStatusCode?: number}}
    return [name, $metadata?.httpStatusCode, message]
  }
  throw new Error('nothing fails')
}
