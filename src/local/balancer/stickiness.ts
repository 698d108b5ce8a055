import type {Headers} from './headers.js'
import type {ForwardAction, TargetGroupRecord} from './model.js'
import type {TargetKey} from './target-pool.js'

/** The names that an Application Load Balancer gives its cookies; those for requests across sites end in CORS. */
const TARGET_COOKIE = 'AWSALB'
const APPLICATION_COOKIE = 'AWSALBAPP-0'
const GROUP_COOKIE = 'AWSALBTG'

/** What the cookies of a request ask for; what they name may be gone. */
export interface Attachment {
  readonly groupArn?: string
  readonly target?: Pick<TargetKey, 'id' | 'port'>
}

/** The target group that the cookie of an earlier answer names, where the rule has stickiness for groups. */
export function attachedGroup(action: ForwardAction, headers: Headers, now: number): string | undefined {
  if (!action.stickiness.enabled) return undefined
  return readCookie(headers, GROUP_COOKIE, now)?.groupArn
}

/** The target that the cookie of an earlier answer names, where the group has stickiness. */
export function attachedTarget(group: TargetGroupRecord, headers: Headers, now: number): Attachment['target'] {
  const name = cookieNameOf(group)
  const attachment = name === undefined ? undefined : readCookie(headers, name, now)
  return attachment?.groupArn === group.arn ? attachment.target : undefined
}

export interface CookieRequest {
  readonly action: ForwardAction
  readonly group: TargetGroupRecord
  readonly target: Pick<TargetKey, 'id' | 'port'>
  /** Whether the client speaks TLS. */
  readonly secure: boolean
  readonly now: number
  /** The Set-Cookie headers of the target's answer. */
  readonly setByTarget: readonly string[]
}

/** The Set-Cookie headers that an answer gets. */
export function stickyCookies({action, group, target, secure, now, setByTarget}: CookieRequest): string[] {
  const {id, port} = target
  const cookies: string[] = []
  const add = (names: readonly string[], attachment: Attachment, seconds: number) => {
    const until = now + seconds * 1000
    const value = encode(attachment, until)
    const expires = `Expires=${new Date(until).toUTCString()}; Path=/`
    for (const [index, name] of names.entries()) {
      const acrossSites = index === 0 ? '' : `; SameSite=None${secure ? '; Secure' : ''}`
      cookies.push(`${name}=${value}; ${expires}${acrossSites}`)
    }
  }
  const {enabled, durationSeconds = 3600} = action.stickiness
  if (enabled) add([GROUP_COOKIE, `${GROUP_COOKIE}CORS`], {groupArn: group.arn}, durationSeconds)
  const name = cookieNameOf(group)
  const attachment = {groupArn: group.arn, target: {id, port}}
  if (name === TARGET_COOKIE) add([name, `${name}CORS`], attachment, durationOf(group, 'lb_cookie'))
  if (name === APPLICATION_COOKIE && setsApplicationCookie(group, setByTarget)) {
    add([name], attachment, durationOf(group, 'app_cookie'))
  }
  return cookies
}

function cookieNameOf({attributes}: TargetGroupRecord): string | undefined {
  if (attributes['stickiness.enabled'] !== 'true') return undefined
  if (attributes['stickiness.type'] === 'app_cookie') return APPLICATION_COOKIE
  return attributes['stickiness.type'] === 'lb_cookie' ? TARGET_COOKIE : undefined
}

const durationOf = ({attributes}: TargetGroupRecord, type: 'lb_cookie' | 'app_cookie'): number =>
  Number(attributes[`stickiness.${type}.duration_seconds`] ?? 86_400)

const setsApplicationCookie = ({attributes}: TargetGroupRecord, setByTarget: readonly string[]): boolean =>
  setByTarget.some((cookie) => cookie.startsWith(`${attributes['stickiness.app_cookie.cookie_name']}=`))

/** AWS encrypts its cookies; here they are only unreadable, since they protect nothing. */
const encode = (attachment: Attachment, until: number): string =>
  Buffer.from(JSON.stringify({...attachment, until})).toString('base64url')

function readCookie(headers: Headers, name: string, now: number): Attachment | undefined {
  const pairs = (headers.get('cookie') ?? []).flatMap((line) => line.split(/;\s*/))
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  if (value === undefined) return undefined
  try {
    const {until, ...attachment} = JSON.parse(Buffer.from(value, 'base64url').toString()) as Attachment & {
      until: number
    }
    return until > now ? attachment : undefined
  } catch {
    // A cookie that somebody else has made names no target.
    return undefined
  }
}
