import type {AwsClients} from '../../aws/clients.js'
import type {IngressRule, SecurityGroup} from '../../ec2/security-groups.js'
import {allowIngress, allows, createSecurityGroup, findSecurityGroup} from '../../ec2/security-groups.js'
import type {Found} from '../../plan/step.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'

/** A security group of this program, and the traffic that it lets in. */
export interface WantedSecurityGroup {
  readonly name: string
  readonly description: string
  readonly vpcId: string
  readonly ingress: readonly IngressRule[]
  readonly tags: Tags
}

type Aws = Pick<AwsClients, 'ec2'>

/** Rules that somebody added are left alone; missing ones make the group differ. */
export async function lookAtSecurityGroup(aws: Aws, wanted: WantedSecurityGroup): Promise<Found<SecurityGroup>> {
  const group = await findSecurityGroup(aws.ec2, wanted.vpcId, wanted.name)
  if (group === undefined) return {state: 'absent', detail: describeIngress(wanted.ingress)}
  const missing = wanted.ingress.filter((rule) => !allows(group, rule))
  if (missing.length === 0) return {state: 'present', value: group}
  return {state: 'differs', value: group, detail: `allow ${describeIngress(missing)}`}
}

/** Makes the group where it is missing, and adds the rules that it lacks. */
export async function applySecurityGroup(
  aws: Aws,
  wanted: WantedSecurityGroup,
  found: Found<SecurityGroup>,
): Promise<SecurityGroup> {
  const {name, description, vpcId} = wanted
  const group =
    found.state === 'absent'
      ? await createSecurityGroup(aws.ec2, {name, description, vpcId, tags: upperCaseTags(wanted.tags)})
      : found.value
  const missing = wanted.ingress.filter((rule) => !allows(group, rule))
  await allowIngress(aws.ec2, group.id, missing)
  return group
}

function describeIngress(rules: readonly IngressRule[]): string {
  if (rules.length === 0) return 'no incoming traffic'
  return rules
    .map(({port, source}) => `TCP ${port} from ${'cidr' in source ? source.cidr : source.securityGroupId}`)
    .join(', ')
}
