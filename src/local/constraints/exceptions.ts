import type {Limits} from './model.js'

interface Exception {
  /** As the published model names it. */
  readonly shape: string
  /** What of it is not checked before the handlers run. */
  readonly limits: readonly (keyof Limits)[]
  readonly reason: string
}

const ownWords = "the service's handler refuses it in words of its own"

const ec2PageSizes = [
  'DescribeInternetGatewaysMaxResults',
  'DescribeNetworkInterfacesMaxResults',
  'DescribeRouteTablesMaxResults',
  'DescribeSecurityGroupRulesMaxResults',
  'DescribeSecurityGroupsMaxResults',
  'DescribeSubnetsMaxResults',
  'DescribeVpcsMaxResults',
]

/** Where the published models, by their names, say more than the services enforce, or the services say it otherwise. */
export const exceptions: Readonly<Record<string, readonly Exception[]>> = {
  ec2: ec2PageSizes.map((shape) => ({shape, limits: ['min', 'max'], reason: ownWords})),
  ecs: [
    {shape: 'TagKey', limits: ['min', 'max', 'pattern'], reason: ownWords},
    {shape: 'TagValue', limits: ['min', 'max', 'pattern'], reason: ownWords},
    {shape: 'Tags', limits: ['min', 'max'], reason: ownWords},
  ],
  iam: [
    {shape: 'roleNameType', limits: ['pattern'], reason: ownWords},
    {shape: 'policyNameType', limits: ['pattern'], reason: ownWords},
  ],
  logs: [
    {shape: 'LogGroupName', limits: ['max'], reason: ownWords},
    {shape: 'LogStreamName', limits: ['max'], reason: ownWords},
  ],
}
