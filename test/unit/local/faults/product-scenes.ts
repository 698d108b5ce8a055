import {createLoadBalancer} from '../../../../src/actions/lb/create-load-balancer.js'
import type {CreateServiceResult} from '../../../../src/actions/service/create/create-service.js'
import {createService} from '../../../../src/actions/service/create/create-service.js'
import type {DeployServiceResult} from '../../../../src/actions/service/deploy-service.js'
import {deployService} from '../../../../src/actions/service/deploy-service.js'
import {CliError} from '../../../../src/errors/errors.js'
import type {FaultyAccount} from '../../../helpers/faulty-account.js'
import {balanced} from '../../actions/service/create/options.js'

/** `lb create front --port 80`. */
export const createFront = (account: FaultyAccount) =>
  account.run((context) =>
    createLoadBalancer(context, {
      name: 'front',
      ports: {type: 'application', ports: [{protocol: 'HTTP', port: 80}]},
      subnetIds: [],
      securityGroupIds: [],
      scheme: 'internet-facing',
      certificates: [],
      redirectHttp: false,
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      tags: {},
      wait: true,
      timeoutMs: 600_000,
      dryRun: false,
    }),
  )

/** `service create web --image …:v1 --lb front --num 2`. */
export const createWeb = (
  account: FaultyAccount,
  overrides: Parameters<typeof balanced>[0] = {},
): Promise<CreateServiceResult> =>
  account.run((context) =>
    createService(
      context,
      balanced({image: account.image('v1'), count: 2, port: {protocol: 'HTTP', port: 80}, ...overrides}),
    ),
  )

/** `service deploy web --image …:v2`. */
export const deployWeb = (account: FaultyAccount): Promise<DeployServiceResult> =>
  account.run((context) =>
    deployService(context, {
      cluster: 'fargate',
      name: 'web',
      image: account.image('v2'),
      wait: true,
      timeoutMs: 1_200_000,
      dryRun: false,
    }),
  )

/** What a command fails with. */
export async function failureOf(command: Promise<unknown>): Promise<CliError> {
  try {
    await command
  } catch (error) {
    if (error instanceof CliError) return error
    throw error
  }
  throw new Error('the command succeeds')
}

/** How many calls of each operation that makes something worked. */
export const worked = ({calls}: FaultyAccount, operation: string): number =>
  calls.filter((call) => call === operation).length
