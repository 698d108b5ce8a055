import {h} from './morph.js'
import {age, isLeaving, state, taskTable} from './tasks.js'
import {counted} from './texts.js'

/**
 * @import {DeploymentSummary, ServiceSummary} from '../../server/inventory/services.js'
 * @import {TaskSummary} from '../../server/inventory/tasks.js'
 * @import {TargetGroupSummary} from '../../server/inventory/load-balancers.js'
 */

/**
 * @param {ServiceSummary} service
 * @param {readonly TaskSummary[]} tasks newest first
 * @param {readonly TargetGroupSummary[]} targetGroups
 * @param {{readonly open: boolean}} view
 */
export function serviceCard(service, tasks, targetGroups, {open}) {
  const {arn, name, cluster, account, region, status, rolloutState, runningCount, desiredCount, deployments} = service
  return h(
    'article',
    {'data-key': arn, 'aria-label': `service ${name}`, class: isMoving(service) ? 'card moving' : 'card'},
    h(
      'header',
      {},
      h('h3', {}, name),
      h('span', {class: 'quiet'}, cluster, isUsual(service) ? '' : ` · ${account} · ${region}`),
      h('span', {class: 'count'}, `${runningCount}/${desiredCount}`, h('span', {class: 'quiet'}, ' running')),
      state(status === 'ACTIVE' ? (rolloutState ?? status) : status),
    ),
    ...deployments.map(deploymentRow),
    tasks.length > 0 &&
      h(
        'details',
        {'data-key': `${arn} tasks`, open: open ? '' : undefined},
        h('summary', {}, taskSummary(tasks)),
        taskTable(tasks, targetGroups),
      ),
  )
}

/** @param {readonly TaskSummary[]} tasks */
function taskSummary(tasks) {
  const stopped = tasks.filter(({lastStatus}) => lastStatus === 'STOPPED').length
  const leaving = tasks.filter(isLeaving).length
  const texts = [
    counted(tasks.length - stopped - leaving, 'task'),
    ...(leaving > 0 ? [`${leaving} leaving`] : []),
    ...(stopped > 0 ? [`${stopped} stopped`] : []),
  ]
  return texts.join(', ')
}

/** Whether something of it is on its way. @param {ServiceSummary} service */
export const isMoving = ({rolloutState, status, deployments}) =>
  rolloutState === 'IN_PROGRESS' || status === 'DRAINING' || deployments.length > 1

/** The account and region that most people only ever see. @param {{readonly account: string, readonly region: string}} scope */
const isUsual = ({account, region}) => account === '000000000000' && region === 'us-east-1'

/** @param {DeploymentSummary} deployment */
function deploymentRow(deployment) {
  const {id, status, taskDefinition, desiredCount, runningCount, pendingCount, failedTasks, createdAt} = deployment
  const {rolloutState, rolloutStateReason} = deployment
  const settled = rolloutState === 'COMPLETED'
  return h(
    'div',
    {'data-key': id, class: 'deployment', title: id},
    h('span', {class: 'revision'}, taskDefinition),
    h('span', {class: 'quiet'}, status),
    progressBar(deployment),
    h(
      'span',
      {class: 'numbers'},
      `${runningCount}/${desiredCount}`,
      pendingCount > 0 && h('span', {class: 'busy'}, ` ${pendingCount} pending`),
      failedTasks > 0 && h('span', {class: 'bad'}, ` ${failedTasks} failed`),
    ),
    h('span', {class: 'quiet when'}, age(createdAt)),
    !settled && h('span', {class: 'why'}, state(rolloutState), ' ', rolloutStateReason),
  )
}

/** Running and pending tasks of those that are wanted, or of all there are where they are more. @param {DeploymentSummary} deployment */
function progressBar({desiredCount, runningCount, pendingCount}) {
  const whole = Math.max(desiredCount, runningCount + pendingCount, 1)
  const running = (100 * runningCount) / whole
  const pending = (100 * pendingCount) / whole
  const label = `${runningCount} of ${desiredCount} tasks running, ${pendingCount} pending`
  return h(
    'svg',
    {class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': label},
    h('rect', {class: 'ground', width: 100, height: 8}),
    h('rect', {class: 'running', width: running, height: 8}),
    h('rect', {class: 'pending', x: running, width: pending, height: 8}),
  )
}
