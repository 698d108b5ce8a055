import {formatDuration} from '../../lib/duration.js'
import type {FaultKind, FaultMember} from './kinds.js'

/**
 * A fault as a plan file has it. Times are texts such as `90s`, or numbers of seconds. Which kind takes which members
 * is in `kinds.ts`; an absent selector means all.
 */
export interface FaultDocument {
  readonly kind: FaultKind
  /** The AWS service of the requests: `ecs`, `ec2`, `elbv2`, `ecr`, `iam`, `sts`, `logs`. */
  readonly service?: string
  /** `ecs:UpdateService`, or several with an asterisk at the end: `ecs:Describe*`. */
  readonly operation?: string
  /** A name, id or ARN that the request must hold. */
  readonly resource?: string
  readonly account?: string
  readonly region?: string
  /** The name of an ECS service, for the tasks that it runs. */
  readonly serviceName?: string
  /** The name of an ECS cluster. */
  readonly cluster?: string
  /** The family of a task definition. */
  readonly family?: string
  readonly capacityProvider?: string
  /** An image as the task definition names it, or its end: `web:v2`. */
  readonly image?: string
  readonly container?: string
  /** The name or ARN of a target group. */
  readonly targetGroup?: string
  readonly subnet?: string
  /** The name or ARN of a role. */
  readonly role?: string
  readonly cause?: string
  readonly phase?: string
  /** The HTTP status of a server error, or of the answer to a health check. */
  readonly status?: number
  /** How often it strikes; without it as often as it can. */
  readonly count?: number
  /** It strikes only every so many occasions: 3 for the third, sixth and so on. */
  readonly every?: number
  /** So many occasions pass before it may strike. */
  readonly skip?: number
  /** With which probability it strikes, above 0 and up to 1. */
  readonly probability?: number
  /** How long after it was added it ends, in the time of the local AWS. */
  readonly for?: string | number
  /** How late something is; of stale reads, how old they are. */
  readonly delay?: string | number
}

/** A fault that has been checked: times in milliseconds, the service by its signing name. */
export interface Fault extends Omit<FaultDocument, 'for' | 'delay'> {
  readonly forMs?: number
  readonly delayMs?: number
}

/** Whether a fault may strike: it has no count left once it is `used-up`, and its time has passed once it is `over`. */
export type FaultState = 'in-force' | 'used-up' | 'over'

/** A fault as `local fault list`, `local status` and the control interface show it. */
export interface FaultView {
  /** For instance `throttle-1`: its kind and a number that no other fault has. */
  readonly id: string
  readonly state: FaultState
  /** One line for people: `throttle operation ecs:UpdateService, count 3`. */
  readonly summary: string
  /** How often it has struck. */
  readonly struck: number
  /** ISO 8601, in the time of the local AWS. */
  readonly addedAt: string
  /** ISO 8601; absent where it has no time limit. */
  readonly endsAt?: string
  /** As a plan file would have it. */
  readonly fault: FaultDocument
}

/** The fault as a plan file has it. */
export function faultDocument({forMs, delayMs, ...rest}: Fault): FaultDocument {
  return {
    ...rest,
    ...(delayMs !== undefined && {delay: durationText(delayMs)}),
    ...(forMs !== undefined && {for: durationText(forMs)}),
  }
}

/** `formatDuration` leaves out what is below a second once there is a second. */
const durationText = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? formatDuration(milliseconds) : `${milliseconds}ms`

/** A fault in one line: its kind, then what it says of itself. */
export function faultSummary(fault: Fault): string {
  const {kind, ...members} = faultDocument(fault)
  const parts = Object.entries(members).map(([name, value]) => `${memberWords(name as FaultMember)} ${value}`)
  return parts.length === 0 ? kind : `${kind} ${parts.join(', ')}`
}

const memberWords = (name: FaultMember): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
