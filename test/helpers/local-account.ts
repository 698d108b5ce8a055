import {mkdtemp, readFile, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {vi} from 'vitest'
import type {AwsSdk} from './aws-sdk.js'
import {awsSdk} from './aws-sdk.js'
import type {AwsState} from './aws-state.js'
import {readAwsState} from './aws-state.js'
import type {ProductOptions, ProductResult} from './run-product.js'
import {runProduct, startProduct} from './run-product.js'

/** A local AWS in a process of its own, started by the built program. */
export interface LocalServer {
  readonly url: string
  /** Its FARGATE_STATE_DIR. */
  readonly stateFolder: string
  /** An empty account that no other test uses. */
  account(): LocalAccount
  stop(): Promise<void>
}

/** One account of a local AWS: the program runs on it, and the SDK looks at what the program has done. */
export interface LocalAccount {
  readonly id: string
  readonly env: Readonly<Record<string, string>>
  readonly sdk: AwsSdk
  run(args: readonly string[], options?: ProductOptions): Promise<ProductResult>
  /** Runs a command that has to succeed. */
  succeed(args: readonly string[], options?: ProductOptions): Promise<ProductResult>
  start(args: readonly string[], options?: ProductOptions): ReturnType<typeof startProduct>
  /** Makes an SSM parameter, for a task that takes it as a secret. */
  parameter(name: string): Promise<void>
  /** All that is in the account. */
  state(): Promise<AwsState>
  /** The same, once the tasks and deployments of former versions are gone. */
  settledState(): Promise<AwsState>
}

export type ExampleImage = 'v1' | 'v2' | 'crash'

const region = 'us-east-1'
let accounts = 0

/** Starts a local AWS; `stop` it in `afterAll`. */
export async function startLocalServer({speed = 50}: {speed?: number} = {}): Promise<LocalServer> {
  const stateFolder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-local-'))
  const env = {FARGATE_STATE_DIR: stateFolder}
  const flags = ['--runtime', 'simulated', '--speed', String(speed), '--port', '0']
  const {exitCode, stderr} = await runProduct(['local', 'start', ...flags], {env})
  if (exitCode !== 0) throw new Error(`the local AWS does not start: ${stderr}`)
  const {url} = JSON.parse(await readFile(join(stateFolder, 'server.json'), 'utf8')) as {url: string}
  return {
    url,
    stateFolder,
    account: () => localAccount(url, stateFolder),
    async stop() {
      await runProduct(['local', 'stop'], {env})
      await rm(stateFolder, {force: true, recursive: true})
    },
  }
}

/** A new account of the local AWS that a state folder describes. */
export function localAccount(url: string, stateFolder: string, id = nextAccountId()): LocalAccount {
  const env = {FARGATE_LOCAL: '1', FARGATE_STATE_DIR: stateFolder, FARGATE_LOCAL_ACCOUNT: id}
  const sdk = awsSdk({endpoint: url, accessKeyId: id, region})
  const withEnv = (options: ProductOptions = {}) => ({...options, env: {...env, ...options.env}})
  return {
    id,
    env,
    sdk,
    run: (args, options) => runProduct(args, withEnv(options)),
    async succeed(args, options) {
      const result = await runProduct(args, withEnv(options))
      if (result.exitCode !== 0) throw new Error(`${args.join(' ')} exits ${result.exitCode}: ${result.stderr}`)
      return result
    },
    start: (args, options) => startProduct(args, withEnv(options)),
    async parameter(name) {
      await sdk.ssm.putParameter({Name: name, Value: 'secret', Type: 'SecureString'})
    },
    state: () => readAwsState(sdk),
    settledState: () => vi.waitFor(() => settledState(sdk), {timeout: 20_000, interval: 100}),
  }
}

async function settledState(sdk: AwsSdk): Promise<AwsState> {
  const state = await readAwsState(sdk)
  for (const {serviceName, deployments = [], runningCount, desiredCount} of state.services) {
    const settled = deployments.length === 1 && runningCount === desiredCount
    if (!settled) throw new Error(`service ${serviceName} is still on its way: ${JSON.stringify(deployments)}`)
  }
  return state
}

/** An image that the local AWS has from its start. */
export const exampleImage = ({url}: {readonly url: string}, tag: ExampleImage): string =>
  `${new URL(url).host}/000000000000/${region}/fargate-examples:${tag}`

function nextAccountId(): string {
  accounts += 1
  return String(100_000_000_000 + accounts)
}
