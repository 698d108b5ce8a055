import type {DefinitionSummary} from '../../actions/definition-summary.js'
import type {DeploymentSummary, ServiceInspection} from '../../actions/service/inspect/inspect-service.js'
import type {BlockEntry} from '../../lib/table.js'
import {formatBlock, formatTable} from '../../lib/table.js'
import {plural} from '../../lib/text.js'
import {variableEntries} from './environment-variables.js'
import {renderTraffic} from './service-traffic.js'
import {renderTaskTable} from './task-table.js'
import {formatTime, formatTimeAndAge} from './times.js'

export interface ServiceInspectionView {
  /** Milliseconds since 1970. */
  readonly nowMs: number
  /** All events that ECS remembers, not only the newest. */
  readonly allEvents: boolean
}

const newestEvents = 11

export function renderServiceInspection(inspection: ServiceInspection, view: ServiceInspectionView): string {
  const {tasks, deployments, events} = inspection
  const shown = view.allEvents ? events : events.slice(0, newestEvents)
  const sections = [
    formatBlock(facts(inspection)),
    tasks.length === 0 ? 'Tasks\nNo tasks found' : `Tasks\n${renderTaskTable(tasks, view.nowMs, {deployment: true})}`,
    ...(deployments.length === 0 ? [] : [`Deployments\n${deploymentTable(deployments, view.nowMs)}`]),
    ...(shown.length === 0
      ? []
      : [['Events', ...shown.map(({createdAt, message}) => `[${formatTime(createdAt)}] ${message}`)].join('\n')]),
  ]
  return sections.join('\n\n')
}

function facts(inspection: ServiceInspection): BlockEntry[] {
  const {definition, desiredCount, runningCount, pendingCount, status} = inspection
  const counts = [
    {label: 'Desired', value: String(desiredCount)},
    {label: 'Running', value: String(runningCount)},
    {label: 'Pending', value: String(pendingCount)},
  ]
  return [
    {label: 'Service Name', value: inspection.service},
    ...(status === 'ACTIVE' ? [] : [{label: 'State', value: `${status.toLowerCase()}: the service is being deleted`}]),
    {label: 'Status', value: counts},
    ...(definition === undefined
      ? [{label: 'Task Definition', value: `${inspection.taskDefinition} (deleted)`}]
      : definitionFacts(definition)),
    ...optional('Capacity Providers', inspection.capacityProviders.join(', ')),
    ...optional('Subnets', inspection.subnets.join(', ')),
    ...optional('Security Groups', inspection.securityGroups.join(', ')),
    ...renderTraffic(inspection.traffic),
    ...(definition === undefined ? [] : variableEntries(definition)),
    ...sidecars(definition),
  ]
}

function definitionFacts({image = '', cpu = '', memory = '', architecture, taskRole = '', command}: DefinitionSummary) {
  return [
    {label: 'Image', value: image},
    ...optional('Command', command.map(quoted).join(' ')),
    ...optional('Cpu', cpu),
    ...optional('Memory', memory),
    {label: 'Architecture', value: architecture.toLowerCase()},
    ...optional('Task Role', taskRole),
  ]
}

function sidecars(definition: DefinitionSummary | undefined): BlockEntry[] {
  const others = definition?.sidecars ?? []
  if (others.length === 0) return []
  return [{label: 'Other Containers', value: others.map(({name, image}) => ({label: name, value: image}))}]
}

const deploymentHeaders = ['ID', 'IMAGE', 'STATUS', 'CREATED', 'DESIRED', 'RUNNING', 'PENDING', 'ROLLOUT']

function deploymentTable(deployments: readonly DeploymentSummary[], nowMs: number): string {
  const rows = deployments.map((deployment) => [
    deployment.revision,
    deployment.image ?? '',
    deployment.status.toLowerCase(),
    formatTimeAndAge(deployment.createdAt, nowMs),
    String(deployment.desiredCount),
    String(deployment.runningCount),
    String(deployment.pendingCount),
    rolloutOf(deployment),
  ])
  return formatTable(deploymentHeaders, rows)
}

/** The reason says more than the state where there is trouble. */
function rolloutOf({rolloutState, rolloutStateReason, failedTasks}: DeploymentSummary): string {
  const state = (rolloutState ?? '').toLowerCase().replaceAll('_', ' ')
  const failed = failedTasks === 0 ? '' : ` (${plural(failedTasks, 'task')} failed)`
  const reason = rolloutState === 'FAILED' && rolloutStateReason !== undefined ? `: ${rolloutStateReason}` : ''
  return `${state}${reason}${failed}`
}

const optional = (label: string, value: string): BlockEntry[] => (value === '' ? [] : [{label, value}])

const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word))
