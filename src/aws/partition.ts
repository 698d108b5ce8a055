/** The ARN partition of a region: China and GovCloud have their own, so `arn:aws:` must not be written by hand. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}
