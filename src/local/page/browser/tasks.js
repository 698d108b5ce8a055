import {h} from './morph.js'
import {shortId, toneOf} from './texts.js'

/**
 * @import {TaskSummary} from '../../server/inventory/tasks.js'
 * @import {TargetGroupSummary} from '../../server/inventory/load-balancers.js'
 */

/** How long ago something was; the page keeps it up to date. @param {string} time ISO 8601 */
export const age = (time) => h('time', {datetime: time, 'data-age': time})

/** A state in its color. @param {string} state @param {string} [title] */
export const state = (state, title) => h('span', {class: `state ${toneOf(state)}`, title}, state)

/**
 * The tasks of a service, or those that run on their own.
 *
 * @param {readonly TaskSummary[]} tasks
 * @param {readonly TargetGroupSummary[]} targetGroups those of the service
 */
export function taskTable(tasks, targetGroups) {
  const head = ['Task', 'Status', 'Health', 'Targets', 'Definition', 'Address', 'Age']
  return h(
    'table',
    {class: 'tasks'},
    h('thead', {}, h('tr', {}, ...head.map((text) => h('th', {scope: 'col'}, text)))),
    h('tbody', {}, ...inOrder(tasks).flatMap((task) => taskRows(task, targetGroups))),
  )
}

/** ECS remembers stopped tasks for an hour, in which a service that fails to start makes many. */
const shownStopped = 12

/** Those that live first. @param {readonly TaskSummary[]} tasks */
function inOrder(tasks) {
  const stopped = tasks.filter(({lastStatus}) => lastStatus === 'STOPPED')
  return [...tasks.filter(({lastStatus}) => lastStatus !== 'STOPPED'), ...stopped.slice(0, shownStopped)]
}

/** On its way to STOPPED. @param {TaskSummary} task */
export const isLeaving = ({desiredStatus, lastStatus}) => desiredStatus === 'STOPPED' && lastStatus !== 'STOPPED'

/** @param {TaskSummary} task @param {readonly TargetGroupSummary[]} targetGroups */
function taskRows(task, targetGroups) {
  const {id, arn, lastStatus, health, taskDefinition, privateIpAddress, createdAt, stoppedAt} = task
  const failed = hasFailed(task)
  const row = h(
    'tr',
    {'data-key': arn, class: lastStatus === 'STOPPED' ? 'stopped' : undefined},
    h('td', {class: 'id', title: id}, shortId(id)),
    h('td', {}, state(lastStatus), isLeaving(task) && h('span', {class: 'quiet'}, ' leaving')),
    h('td', {}, health === undefined ? h('span', {class: 'quiet'}, '–') : state(health)),
    h('td', {}, ...targetStates(task, targetGroups)),
    h('td', {}, taskDefinition),
    h('td', {class: 'id'}, privateIpAddress ?? ''),
    h('td', {}, age(stoppedAt ?? createdAt)),
  )
  const reasons = stopReasons(task)
  if (reasons === '') return [row]
  const cell = h('td', {colspan: 7}, reasons)
  return [row, h('tr', {'data-key': `${arn} reason`, class: failed ? 'reason bad' : 'reason'}, cell)]
}

/** Whether it ended by itself or could not start, and was not stopped by the scheduler or a user. @param {TaskSummary} task */
const hasFailed = ({stopCode}) =>
  stopCode === 'TaskFailedToStart' || stopCode === 'EssentialContainerExited' || stopCode === 'SpotInterruption'

/** @param {TaskSummary} task */
function stopReasons({stoppedReason = '', containers}) {
  const exits = containers
    .filter(({exitCode, reason}) => exitCode !== undefined || reason !== undefined)
    .map(({name, exitCode, reason}) =>
      [
        name,
        ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
        ...(reason === undefined ? [] : [reason]),
      ].join(': '),
    )
  return [stoppedReason, ...exits].filter((text) => text !== '').join(' · ')
}

/** @param {TaskSummary} task @param {readonly TargetGroupSummary[]} targetGroups */
function targetStates({privateIpAddress}, targetGroups) {
  const found = targetGroups.flatMap(({name, targets}) =>
    targets
      .filter(({id}) => id === privateIpAddress)
      .map((target) => state(target.state, [name, target.description].filter(Boolean).join(': '))),
  )
  return found.length > 0 ? found : [h('span', {class: 'quiet'}, '–')]
}
