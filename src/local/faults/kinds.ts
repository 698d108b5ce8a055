/** What a fault can be. */
export type FaultKind =
  | 'throttle'
  | 'server-error'
  | 'drop'
  | 'lost-answer'
  | 'latency'
  | 'slow-answer'
  | 'expired-credentials'
  | 'access-denied'
  | 'stale-reads'
  | 'iam-delay'
  | 'no-service-linked-role'
  | 'no-capacity'
  | 'unpullable-image'
  | 'slow-pull'
  | 'failing-health-checks'
  | 'spot-interruption'
  | 'eni-delay'

/** Members of a fault that are texts. */
export const textMembers = [
  'service',
  'operation',
  'resource',
  'account',
  'region',
  'serviceName',
  'cluster',
  'family',
  'capacityProvider',
  'image',
  'container',
  'targetGroup',
  'subnet',
  'role',
  'cause',
  'phase',
] as const

/** Members that are lengths of time. */
export const durationMembers = ['for', 'delay'] as const

/** Members that are numbers. */
export const numberMembers = ['count', 'every', 'skip', 'probability', 'status'] as const

export type FaultMember =
  | (typeof textMembers)[number]
  | (typeof durationMembers)[number]
  | (typeof numberMembers)[number]

interface KindRules {
  /** One line for people. */
  readonly summary: string
  /** What it may have besides the members of every fault. */
  readonly members: readonly FaultMember[]
  readonly required?: readonly FaultMember[]
  /** The only values that a member may have. */
  readonly values?: Readonly<Partial<Record<FaultMember, readonly (string | number)[]>>>
}

const request = ['service', 'operation', 'resource'] as const
const task = ['serviceName', 'cluster', 'family'] as const

/** The members that every kind of fault may have. */
export const commonMembers: readonly FaultMember[] = [
  'account',
  'region',
  'count',
  'every',
  'skip',
  'probability',
  'for',
]

/** Why an image cannot be pulled. */
export const pullCauses = ['not-found', 'timeout', 'forbidden', 'platform'] as const
/** Why there is no room: Fargate's own, or a quota of the account. */
export const capacityCauses = ['capacity', 'tasks', 'vcpus'] as const
/** How a health check fails. */
const healthCauses = ['response', 'timeout'] as const
/** When a network interface is late. */
const interfacePhases = ['attach', 'detach'] as const

/** Every kind with what it may say. */
export const faultKinds: Readonly<Record<FaultKind, KindRules>> = {
  throttle: {summary: 'AWS says that it is asked too often', members: request},
  'server-error': {
    summary: 'AWS fails by its own fault',
    members: [...request, 'status'],
    values: {status: [500, 503]},
  },
  drop: {summary: 'the connection breaks before anything is done', members: request},
  'lost-answer': {summary: 'the work is done, and the connection breaks before the answer', members: request},
  latency: {
    summary: 'requests wait before anything is done',
    members: [...request, 'delay'],
    required: ['delay'],
  },
  'slow-answer': {
    summary: 'the work is done at once, and the answer is late',
    members: [...request, 'delay'],
    required: ['delay'],
  },
  'expired-credentials': {summary: 'the session of the caller has expired', members: request},
  'access-denied': {summary: 'the caller lacks the permission for an action', members: request},
  'stale-reads': {summary: 'reads do not yet see the writes before them', members: [...request, 'delay']},
  'iam-delay': {
    summary: 'roles that were made take longer until ECS can assume them',
    members: ['role', 'delay'],
    required: ['delay'],
  },
  'no-service-linked-role': {summary: 'ECS does not see its service-linked role', members: []},
  'no-capacity': {
    summary: 'Fargate has no room for tasks',
    members: [...task, 'capacityProvider', 'cause'],
    values: {capacityProvider: ['FARGATE', 'FARGATE_SPOT'], cause: capacityCauses},
  },
  'unpullable-image': {
    summary: 'images cannot be pulled',
    members: [...task, 'image', 'cause'],
    values: {cause: pullCauses},
  },
  'slow-pull': {summary: 'images take longer to pull', members: [...task, 'image', 'delay'], required: ['delay']},
  'failing-health-checks': {
    summary: 'targets and containers fail their health checks',
    members: [...task, 'targetGroup', 'container', 'cause', 'status'],
    values: {cause: healthCauses},
  },
  'spot-interruption': {
    summary: 'AWS takes FARGATE_SPOT tasks back',
    members: [...task, 'delay'],
  },
  'eni-delay': {
    summary: 'network interfaces take longer to come, or to go',
    members: [...task, 'subnet', 'phase', 'delay'],
    required: ['delay'],
    values: {phase: interfacePhases},
  },
}

export const kindNames = Object.keys(faultKinds) as readonly FaultKind[]
