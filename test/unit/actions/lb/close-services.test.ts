import {expect, test} from 'vitest'
import {destroyLoadBalancer} from '../../../../src/actions/lb/destroy-load-balancer.js'
import {fails} from '../../../helpers/fake-aws.js'
import {fakeContext} from '../../../helpers/fake-context.js'

const managed = [{Key: 'fargate:managed', Value: 'true'}]
const own = {GroupId: 'sg-1', GroupName: 'fargate/lb/front', VpcId: 'vpc-1', Tags: managed}
const rule = {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{GroupId: 'sg-1'}]}
const open = {IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{CidrIp: '10.0.0.0/8'}]}

/** What is left when the load balancer itself is gone: its security group, which another one names. */
function leftovers(other: object) {
  return fakeContext({
    elbv2: {
      DescribeLoadBalancers: fails('LoadBalancerNotFoundException'),
      DescribeTargetGroups: fails('TargetGroupNotFoundException'),
    },
    ec2: {
      DescribeSecurityGroups: ({Filters = []} = {}) => ({
        SecurityGroups:
          Filters[0]?.Name === 'ip-permission.group-id' ? [own, {GroupId: 'sg-2', VpcId: 'vpc-1', ...other}] : [own],
      }),
      RevokeSecurityGroupIngress: () => ({}),
      DeleteSecurityGroup: () => ({}),
    },
  })
}

const options = {name: 'front', force: true, yes: true, timeoutMs: 60_000, dryRun: false}

test('lb destroy takes its security group out of those of services before it deletes it', async () => {
  const context = leftovers({GroupName: 'fargate/service/fargate/web', IpPermissions: [open, rule], Tags: managed})

  const {changes} = await destroyLoadBalancer(context, options)

  expect(context.aws.log.changes()).toEqual(['ec2:RevokeSecurityGroupIngress', 'ec2:DeleteSecurityGroup'])
  expect(context.aws.log.inputs('RevokeSecurityGroupIngress')).toEqual([{GroupId: 'sg-2', IpPermissions: [rule]}])
  expect(changes.map(({detail}) => detail)).toEqual(['fargate/service/fargate/web', 'sg-1'])
})

test('lb destroy changes nothing where a security group of somebody else names its own', async () => {
  const context = leftovers({GroupName: 'bastion', IpPermissions: [rule]})

  await expect(destroyLoadBalancer(context, options)).rejects.toMatchObject({
    code: 'SECURITY_GROUP_IN_USE',
    message: expect.stringContaining('sg-2 (bastion)'),
    exitCode: 5,
  })
  expect(context.aws.log.changes()).toEqual([])
})
