import type {ServedRequest} from '../../local/request-log/served-request.js'
import type {Paint} from '../../output/paint.js'

/** Short names of services whose signing names are long. */
const shortNames: Readonly<Record<string, string>> = {elasticloadbalancing: 'elbv2'}

/** What most people's requests are for, and what needs no telling. */
const usual = '000000000000 us-east-1'

/** One served request in a line: when, its status, how long it took, what was asked for and of what. */
export function renderServedRequest(request: ServedRequest, paint: Paint): string {
  const {time, status, milliseconds, service, operation, resource = '', errorCode, account, region} = request
  const scope = `${account} ${region}`
  const columns = [
    paint.dim(time.slice(time.indexOf('T') + 1)),
    colored(status, paint)(status === 0 ? '---' : String(status)),
    paint.dim(`${milliseconds.toFixed(1)} ms`.padStart(10)),
    `${shortNames[service] ?? service} ${operation}`.padEnd(32),
    resource,
  ]
  const more = [
    ...(errorCode === undefined ? [] : [paint.red(errorCode)]),
    ...(status === 0 ? [paint.red('connection dropped')] : []),
    ...(scope === usual ? [] : [paint.dim(`(${scope})`)]),
  ]
  return [...columns, ...more].join('  ').trimEnd()
}

function colored(status: number, paint: Paint): (text: string) => string {
  if (status === 0 || status >= 500) return paint.red
  return status >= 400 ? paint.yellow : paint.green
}

/** The signing name of a service that may be given by its short name. */
export const signingName = (service: string): string =>
  Object.entries(shortNames).find(([, short]) => short === service)?.[0] ?? service
