import {printable} from './printable.js'

/** Members that name what a request is about, the most telling first. No other member is ever read. */
const naming = [
  ...['service', 'serviceName', 'services', 'task', 'tasks', 'serviceDeploymentArn', 'serviceDeploymentArns'],
  ...['serviceRevisionArns', 'taskDefinition', 'taskDefinitions', 'family', 'familyPrefix'],
  ...['repositoryName', 'repositoryNames', 'logGroupName', 'logGroupIdentifier', 'logGroupNamePrefix'],
  ...['RuleArn', 'RuleArns', 'ListenerArn', 'ListenerArns', 'TargetGroupArn', 'TargetGroupArns'],
  ...['LoadBalancerArn', 'LoadBalancerArns', 'Name', 'Names', 'ResourceArns', 'resourceArn', 'ResourceArn'],
  ...['RoleName', 'PolicyArn', 'GroupId', 'GroupIds', 'GroupName', 'GroupNames', 'NetworkInterfaceIds'],
  ...['SubnetIds', 'VpcId', 'VpcIds', 'Resources', 'CertificateArn', 'clusterName', 'clusters'],
]
/** Members whose resource is in a cluster, which a bare name does not tell. */
const clustered = new Set(['service', 'serviceName', 'services', 'task', 'tasks'])
const shownNames = 3

/**
 * What a request names, for people: `fargate/web`, `loadbalancer/app/web/50dc6c495c0c9188`. ARNs lose what account and
 * region say already. Only members that hold names are looked at, so that no value of a secret or variable gets out.
 */
export function namedResource(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const members = input as Readonly<Record<string, unknown>>
  const cluster = namesIn(members.cluster)[0]
  for (const member of naming) {
    const names = namesIn(members[member])
    if (names.length > 0) return printable(listed(clustered.has(member) ? names.map(inCluster(cluster)) : names))
  }
  return cluster === undefined ? undefined : printable(cluster)
}

const namesIn = (value: unknown): string[] =>
  [value]
    .flat()
    .filter((name): name is string => typeof name === 'string' && name !== '')
    .map(withoutArn)

/** `arn:aws:ecs:us-east-1:000000000000:service/fargate/web` is `service/fargate/web`. */
const withoutArn = (name: string): string => (name.startsWith('arn:') ? name.split(':').slice(5).join(':') : name)

const inCluster = (cluster: string | undefined) => (name: string) =>
  cluster === undefined || name.includes('/') ? name : `${cluster.replace(/^cluster\//, '')}/${name}`

function listed(names: readonly string[]): string {
  const more = names.length - shownNames
  return names.slice(0, shownNames).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
