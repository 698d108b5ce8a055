import {beforeEach, expect, test, vi} from 'vitest'
import LbInfo from '../../../../commands/lb/info.js'
import LbList from '../../../../commands/lb/list.js'
import * as contexts from '../../../../src/cli/context.js'
import {
  forwardTo,
  listenerArn,
  sdkLoadBalancer,
  sdkService,
  serviceArn,
  targetGroupArn,
} from '../../../helpers/aws-shapes.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import {contextOver} from '../../../helpers/command-context.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'
import {runCommand} from '../../../helpers/run-command.js'

vi.mock('../../../../src/cli/context.js')

const table = () =>
  awsTable({
    ecs: {
      ListServices: () => ({serviceArns: [serviceArn('web')]}),
      DescribeServices: () => ({
        services: [sdkService('web', {loadBalancers: [{targetGroupArn: targetGroupArn('web')}]})],
      }),
    },
    elbv2: {
      DescribeLoadBalancers: ({Names}) => {
        if (Names?.[0] === 'fornt') throw new AwsFailure('LoadBalancerNotFoundException')
        return {LoadBalancers: [sdkLoadBalancer('front')]}
      },
      DescribeListeners: () => ({
        Listeners: [
          {ListenerArn: listenerArn('front', 80), Protocol: 'HTTP', Port: 80, DefaultActions: [forwardTo('web')]},
        ],
      }),
      DescribeRules: () => ({Rules: []}),
      DescribeTargetHealth: () => ({TargetHealthDescriptions: [{TargetHealth: {State: 'healthy'}}]}),
    },
  })

let {aws, inputs} = table()

beforeEach(() => {
  ;({aws, inputs} = table())
  vi.mocked(contexts.createContext).mockImplementation(contextOver({aws, clock: createInstantClock(0)}))
})

test('lb list prints a table, or the document', async () => {
  expect((await runCommand(LbList, [])).stdout).toMatch(
    /^NAME .*\nfront +Application +Active +front-1\.\S+ +HTTP:80\n$/,
  )
  expect(JSON.parse((await runCommand(LbList, ['--json'])).stdout)).toMatchObject({
    loadBalancers: [{name: 'front', ports: [{protocol: 'HTTP', port: 80}]}],
  })
})

test('lb info prints the services of the cluster that is asked for', async () => {
  const {stdout} = await runCommand(LbInfo, ['front', '--cluster', 'production'])

  expect(stdout).toMatch(/default +web\n/)
  expect(stdout).toMatch(/web +1 healthy\n/)
  expect(inputs('ListServices')).toMatchObject([{cluster: 'production'}])
})

test('lb info fails for an unknown load balancer with the nearest name', async () => {
  const {stdout, error} = await runCommand(LbInfo, ['fornt', '--json'])

  expect(JSON.parse(stdout)).toMatchObject({error: {code: 'LOAD_BALANCER_NOT_FOUND'}})
  expect(error).toMatchObject({exitCode: 5})
})
