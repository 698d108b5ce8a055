/** One role, as JSON. Documents are kept as they were sent. */
export interface RoleRecord {
  readonly roleName: string
  readonly path: string
  readonly roleId: string
  readonly arn: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly description?: string
  readonly maxSessionDuration: number
  readonly permissionsBoundary?: string
  /** The AWS service that a service-linked role belongs to, for instance `ecs.amazonaws.com`. */
  readonly linkedService?: string
  trustPolicy: string
  tags: readonly {readonly key: string; readonly value: string}[]
  /** ARNs of managed policies, in the order of attaching. */
  attachedPolicies: readonly string[]
  inlinePolicies: Record<string, string>
}
