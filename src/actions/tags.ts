/** The mark on everything that this program makes; it deletes nothing without it, but for the Go CLI's own names. */
const managedTag = 'fargate:managed'

/** On a service and on what belongs to it alone: the name of the service. */
export const serviceTag = 'fargate:service'

/** On a secret of a service, whose name alone need not say it: the cluster of the service. */
export const clusterTag = 'fargate:cluster'

/** On a certificate: this program has made all its validation records in a zone. Others may have made those of others. */
export const validationZoneTag = (zoneId: string): string => `${validationZonePrefix}${zoneId}`

const validationZonePrefix = 'fargate:validated-in:'

/** The ids of the zones that a certificate's tags name. */
export const zonesValidatedIn = (tags: Tags): string[] =>
  Object.keys(tags).flatMap((key) =>
    key.startsWith(validationZonePrefix) ? [key.slice(validationZonePrefix.length)] : [],
  )

export type Tags = Readonly<Record<string, string>>

/** The user's tags and the marks of this program. */
export const withMarks = (userTags: Tags, service?: string): Tags => ({
  ...userTags,
  [managedTag]: 'true',
  ...(service !== undefined && {[serviceTag]: service}),
})

/** Tags in the spelling of ECS: `key`, `value`. */
export const lowerCaseTags = (tags: Tags): {key: string; value: string}[] =>
  Object.entries(tags).map(([key, value]) => ({key, value}))

/** Tags in the spelling of EC2, ELBv2, ECR and IAM: `Key`, `Value`. */
export const upperCaseTags = (tags: Tags): {Key: string; Value: string}[] =>
  Object.entries(tags).map(([Key, Value]) => ({Key, Value}))

/** Whether this program made it. */
export const isManaged = (tags: Tags | undefined): boolean => tags?.[managedTag] === 'true'
