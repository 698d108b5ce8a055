import type {AwsClients} from '../aws/clients.js'
import {absentOn} from '../aws/errors.js'
import type {LoadBalancer} from '../elbv2/load-balancers.js'
import {createTargetGroup, findTargetGroup} from '../elbv2/target-groups.js'
import {defaultTargetGroupName} from '../lib/resource-names.js'
import type {Tags} from './tags.js'
import {upperCaseTags, withMarks} from './tags.js'

type Aws = Pick<AwsClients, 'elbv2'>

/**
 * The empty target group to which a load balancer sends what no service takes; made where it is missing.
 *
 * @returns its ARN
 */
export async function ensureDefaultTargetGroup(
  aws: Aws,
  loadBalancer: Pick<LoadBalancer, 'name' | 'vpcId'>,
  port: {readonly protocol: string; readonly port: number},
  tags: Tags = withMarks({}),
): Promise<string> {
  const name = defaultTargetGroupName(loadBalancer.name)
  const existing = await findTargetGroup(aws.elbv2, name)
  if (existing !== undefined) return existing.arn
  const create = createTargetGroup(aws.elbv2, {
    Name: name,
    TargetType: 'ip',
    // TLS ends at the load balancer.
    Protocol: port.protocol === 'TLS' ? 'TCP' : (port.protocol as 'HTTP' | 'HTTPS' | 'TCP'),
    Port: port.port,
    VpcId: loadBalancer.vpcId,
    Tags: upperCaseTags(tags),
  })
  // Two listeners may ask for it at the same time.
  const made = (await absentOn(create, 'DuplicateTargetGroupNameException')) ?? (await findTargetGroup(aws.elbv2, name))
  if (made === undefined) throw new Error(`target group ${name} exists and cannot be found`)
  return made.arn
}
