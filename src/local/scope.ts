/** The account and region that a request was signed for; every piece of regional state belongs to one scope. */
export interface Scope {
  readonly account: string
  readonly region: string
}

/** One string per scope, for keys of maps. */
export const scopeKey = ({account, region}: Scope): string => `${account}/${region}`

/** The ARN partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}

/** Builds a regional ARN, for instance `arn:aws:ecs:us-east-1:000000000000:cluster/fargate`. */
export const regionalArn = (service: string, {account, region}: Scope, resource: string): string =>
  `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`

/** Builds the ARN of a global service, which has no region part, for instance an IAM role. */
export const globalArn = (service: string, {account, region}: Scope, resource: string): string =>
  `arn:${partitionOf(region)}:${service}::${account}:${resource}`

/** Where a request belongs that names no account and no region. */
export const defaultScope: Scope = {account: '000000000000', region: 'us-east-1'}
