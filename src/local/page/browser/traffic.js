import {h} from './morph.js'
import {state} from './tasks.js'
import {clockText, counted} from './texts.js'

/**
 * @import {ServiceSummary} from '../../server/inventory/services.js'
 * @import {LoadBalancerSummary, TargetGroupSummary} from '../../server/inventory/load-balancers.js'
 * @import {FaultView} from '../../faults/index.js'
 */

/**
 * Load balancers with the target groups that they forward to, then the groups that none forwards to.
 *
 * @param {readonly LoadBalancerSummary[]} loadBalancers
 * @param {readonly TargetGroupSummary[]} targetGroups
 */
export function trafficCards(loadBalancers, targetGroups) {
  const unused = targetGroups.filter(({loadBalancerArns}) => loadBalancerArns.length === 0)
  return [
    ...loadBalancers.map((each) => loadBalancerCard(each, targetGroups)),
    ...unused.map((group) => h('article', {class: 'card', 'data-key': group.arn}, targetGroupBlock(group))),
  ]
}

/** @param {LoadBalancerSummary} loadBalancer @param {readonly TargetGroupSummary[]} targetGroups */
function loadBalancerCard({arn, name, type, state: condition, listeners}, targetGroups) {
  const groups = targetGroups.filter(({loadBalancerArns}) => loadBalancerArns.includes(arn))
  return h(
    'article',
    {class: 'card', 'data-key': arn, 'aria-label': `load balancer ${name}`},
    h('header', {}, h('h3', {}, name), h('span', {class: 'quiet'}, type), condition !== 'active' && state(condition)),
    h('ul', {class: 'listeners'}, ...listeners.map(listenerItem)),
    ...groups.map(targetGroupBlock),
  )
}

/** @param {LoadBalancerSummary['listeners'][number]} listener */
function listenerItem({port, protocol, url}) {
  const address = /^https?:\/\//.test(url ?? '')
    ? h('a', {href: url, target: '_blank', rel: 'noopener noreferrer'}, url)
    : h('span', {class: 'id'}, url ?? 'not yet listening')
  return h('li', {'data-key': `${port}`}, h('span', {class: 'quiet'}, `${protocol}:${port} `), address)
}

/** @param {TargetGroupSummary} group */
function targetGroupBlock({arn, name, protocol, port, targets}) {
  return h(
    'div',
    {class: 'target-group', 'data-key': arn, 'aria-label': `target group ${name}`},
    h('h4', {}, name, h('span', {class: 'quiet'}, ` ${protocol}:${port}`)),
    targets.length === 0
      ? h('p', {class: 'quiet'}, 'no targets')
      : h('ul', {class: 'targets'}, ...targets.map(targetItem)),
  )
}

/** @param {TargetGroupSummary['targets'][number]} target */
const targetItem = ({id, port, state: health, reason, description}) =>
  h(
    'li',
    {'data-key': `${id}:${port}`, title: reason},
    h('span', {class: 'id'}, `${id}:${port}`),
    state(health),
    description !== undefined && h('span', {class: 'quiet'}, description),
  )

const shownEvents = 80

/** The newest events of all services. @param {readonly ServiceSummary[]} services */
export function eventItems(services) {
  const events = services.flatMap(({name, arn, events}) => events.map((event) => ({...event, name, arn})))
  events.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  if (events.length === 0) return [h('p', {class: 'quiet'}, 'no events')]
  return events
    .slice(0, shownEvents)
    .map(({id, at, message}) =>
      h(
        'p',
        {'data-key': id, class: /unhealthy|unable|failed|rolling back/.test(message) ? 'bad' : undefined},
        h('time', {datetime: at, title: at}, clockText(at)),
        ' ',
        message,
      ),
    )
}

/** @param {readonly FaultView[]} faults */
export function faultStrip(faults) {
  if (faults.length === 0) return []
  return [
    h('strong', {}, `${counted(faults.length, 'fault')} in force`),
    ...faults.map(({id, summary, struck}) =>
      h('span', {'data-key': id, class: 'fault'}, summary, h('span', {class: 'quiet'}, ` · struck ${struck}×`)),
    ),
  ]
}
