import {vi} from 'vitest'
import type {Context} from '../../src/actions/context.js'
import {createAwsClients} from '../../src/aws/clients.js'
import {createSystemClock} from '../../src/cli/clock.js'
import {systemClock} from '../../src/local/clock.js'
import type {FaultView} from '../../src/local/faults/index.js'
import {readPlan} from '../../src/local/faults/index.js'
import type {LocalAws} from '../../src/local/local-aws.js'
import {createLocalAws} from '../../src/local/local-aws.js'
import {seededRandom} from '../../src/local/random.js'
import {seedExamples} from '../../src/local/server/example-images.js'
import {inProcessRequestHandler} from '../../src/local/wire/request-handler.js'
import type {MemoryOutput} from '../../src/output/memory.js'
import {fakeContext} from './fake-context.js'

const account = '000000000000'
const region = 'us-east-1'
const host = '127.0.0.1:4566'

/** The whole product over a local AWS in this process, in which time passes as fast as everybody has done its work. */
export interface FaultyAccount {
  readonly aws: LocalAws
  readonly context: Context & {readonly output: MemoryOutput}
  /** An example image, as a task definition names it. */
  image(tag: 'v1' | 'v2' | 'crash'): string
  /** Adds faults as a plan file would have them. */
  add(...faults: object[]): FaultView[]
  /** Runs an action to its end, however long it waits; answers its result or what it throws. */
  run<Value>(action: (context: Context) => Promise<Value>): Promise<Value>
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>
  /** The requests so far, oldest first, as `ecs:CreateService` or `ecs:CreateService ThrottlingException`. */
  readonly calls: readonly string[]
  close(): Promise<void>
}

/**
 * Makes it. Time is faked from now on, for the pauses of the SDK too, until it is closed; chance is the same in each run.
 */
export async function faultyAccount({seed = 1}: {seed?: number} = {}): Promise<FaultyAccount> {
  await loadSdks()
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1)})
  const random = vi.spyOn(Math, 'random').mockImplementation(seededRandom(seed))
  const calls: string[] = []
  const aws = createLocalAws({
    clock: systemClock(1),
    seed,
    host: () => host,
    listen: false,
    onEnd: ({service, operation, errorCode}) => {
      calls.push(`${service}:${operation}${errorCode === undefined ? '' : ` ${errorCode}`}`)
    },
  })
  await seedExamples(aws.registry)
  const context = {...fakeContext({}), aws: clientsOf(aws), clock: createSystemClock()}
  return {
    aws,
    context,
    calls,
    image: (tag) => `${host}/${account}/${region}/fargate-examples:${tag}`,
    add(...faults) {
      const plan = readPlan({faults}, aws.operations)
      if (!plan.ok) throw new Error(plan.problem)
      return aws.faults.add(plan.value)
    },
    run: (action) => untilDone(action(context)),
    async pass(seconds) {
      await untilDone(context.clock.sleep(seconds * 1000))
    },
    async close() {
      vi.useRealTimers()
      random.mockRestore()
      await aws.close()
    },
  }
}

const clientsOf = ({wire}: LocalAws): Context['aws'] =>
  createAwsClients({
    region,
    credentials: {accessKeyId: account, secretAccessKey: 'secret'},
    requestHandler: inProcessRequestHandler(wire),
    maxAttempts: 8,
    userAgent: {name: 'fargate', version: '0.0.0'},
    now: () => Date.now(),
    debug: () => undefined,
  })

/** A module that is still being loaded would let time run ahead. */
async function loadSdks(): Promise<void> {
  await Promise.all([
    import('../../src/ecs/sdk.js'),
    import('../../src/ec2/sdk.js'),
    import('../../src/elbv2/sdk.js'),
    import('../../src/ecr/sdk.js'),
    import('../../src/iam/sdk.js'),
    import('../../src/logs/sdk.js'),
    import('../../src/sts/sdk.js'),
  ])
}

/** Goes on to the next timer whenever nothing can be done before it. */
async function untilDone<Value>(work: Promise<Value>): Promise<Value> {
  const progress = {done: false}
  const end = () => {
    progress.done = true
  }
  work.then(end, end)
  for (;;) {
    for (let round = 0; round < 8 && !progress.done; round++)
      await new Promise<void>((resolve) => setImmediate(resolve))
    if (progress.done) return work
    await vi.advanceTimersToNextTimerAsync()
  }
}
