import {h} from './morph.js'
import {clockText} from './texts.js'

/** @import {ServedRequest} from '../../request-log/served-request.js' */

const shownRequests = 200

/**
 * @param {readonly ServedRequest[]} requests newest first
 * @param {{readonly text: string, readonly errors: boolean}} filter every word of the text must be somewhere in it
 */
export function filteredRequests(requests, {text, errors}) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return requests.filter((request) => {
    if (errors && !isFailed(request)) return false
    const searched = words.length === 0 ? '' : searchText(request)
    return words.every((word) => searched.includes(word))
  })
}

/** @param {ServedRequest} request */
const isFailed = ({status}) => status === 0 || status >= 400

/** @param {ServedRequest} request */
const searchText = ({service, operation, resource = '', errorCode = '', account, region, status, requestId}) =>
  [shortName(service), service, operation, resource, errorCode, account, region, status, requestId]
    .join(' ')
    .toLowerCase()

/** @param {string} service */
const shortName = (service) => (service === 'elasticloadbalancing' ? 'elbv2' : service)

/** @param {readonly ServedRequest[]} requests newest first */
export function requestTable(requests) {
  if (requests.length === 0) return h('p', {class: 'quiet'}, 'no requests')
  const head = ['Time', 'Status', 'ms', 'Service', 'Operation', 'Resource', 'Error', 'Account']
  return h(
    'table',
    {class: 'requests'},
    h('thead', {}, h('tr', {}, ...head.map((text) => h('th', {scope: 'col'}, text)))),
    h('tbody', {}, ...requests.slice(0, shownRequests).map(requestRow)),
  )
}

/** @param {ServedRequest} request */
function requestRow(request) {
  const {number, time, status, milliseconds, service, operation, resource, errorCode, account, region} = request
  const tone = isFailed(request) ? (status >= 400 && status < 500 ? 'warn' : 'bad') : 'good'
  return h(
    'tr',
    {'data-key': `${number}`, title: request.requestId},
    h('td', {}, h('time', {datetime: time}, clockText(time))),
    h('td', {class: tone}, status === 0 ? 'dropped' : status),
    h('td', {class: 'number'}, milliseconds.toFixed(1)),
    h('td', {class: 'quiet'}, shortName(service)),
    h('td', {}, operation),
    h('td', {class: 'id'}, resource ?? ''),
    h('td', {class: tone}, errorCode ?? ''),
    h('td', {class: 'quiet'}, `${account} ${region}`),
  )
}
