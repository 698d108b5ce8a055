import type {Task} from '../../../ecs/tasks.js'
import {logGroupName} from '../../../lib/resource-names.js'
import {plural} from '../../../lib/text.js'
import type {AnyStep, Step} from '../../../plan/step.js'
import {joined, known, step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import {clusterStep} from '../../infrastructure/cluster.js'
import {logGroupStep} from '../../infrastructure/log-group.js'
import type {Network} from '../../infrastructure/network.js'
import {networkStep} from '../../infrastructure/network.js'
import {onceRoleIsKnown} from '../../infrastructure/role-propagation.js'
import {executionRoleStep, serviceLinkedRoleStep} from '../../infrastructure/roles.js'
import {secretAccessStep} from '../../infrastructure/secret-access.js'
import type {WorkloadOptions} from '../../infrastructure/workload.js'
import {workloadImageStep, workloadTaskDefinitionStep} from '../../infrastructure/workload.js'
import {workloadSecurityGroupsStep} from '../../infrastructure/workload-security-groups.js'
import {withMarks} from '../../tags.js'
import {startTasks} from './start-tasks.js'

/** The steps whose values are read at the end. */
export interface RunTaskPlan {
  readonly tasks: Step<readonly Task[]>
  readonly image: Step<string>
  readonly taskDefinition: Step<string>
}

type PlanContext = Pick<Context, 'aws' | 'docker' | 'git' | 'clock' | 'output'>

/** The graph of everything that tasks of their own need, from the cluster to the tasks. */
export function planTasks(context: PlanContext, options: WorkloadOptions): RunTaskPlan {
  const {aws} = context
  const {cluster: clusterName, name, secrets, securityGroupIds, capacity} = options
  const tags = withMarks(options.tags)
  const network = networkStep(aws, options.subnetIds)
  const executionRole = executionRoleStep(aws, tags)
  const cluster = clusterStep(aws, clusterName, tags)
  const image = workloadImageStep(context, options, tags)
  const taskDefinition = workloadTaskDefinitionStep(context, options, {
    ...{kind: 'task', image, executionRole},
    containerPort: undefined,
    tags,
  })
  const waitedFor: AnyStep[] = [
    serviceLinkedRoleStep(aws),
    logGroupStep(aws, {name: logGroupName('task', name), retentionDays: options.logRetentionDays, tags}),
  ]
  if (secrets.length > 0) {
    waitedFor.push(secretAccessStep(aws, executionRole, {kind: 'task', cluster: clusterName, name, secrets}))
  }
  waitedFor.push(...capacitySteps(aws, cluster, clusterName, capacity))
  const tasks = tasksStep(context, options, {
    cluster,
    taskDefinition,
    network,
    securityGroups: workloadSecurityGroupsStep(
      aws,
      {kind: 'task', cluster: clusterName, name, securityGroupIds, tags},
      {network, ingress: known('ingress', [])},
    ),
    after: joined('surroundings', waitedFor),
  })
  return {tasks, image, taskDefinition}
}

interface TaskNeeds extends Readonly<Record<string, Step<unknown>>> {
  readonly cluster: Step<string>
  readonly taskDefinition: Step<string>
  readonly network: Step<Network>
  readonly securityGroups: Step<readonly string[]>
  readonly after: Step<unknown>
}

/** Every run starts tasks of its own, so that there is nothing to find. */
function tasksStep({aws, clock}: PlanContext, options: WorkloadOptions, needs: TaskNeeds): Step<readonly Task[]> {
  return step<readonly Task[], TaskNeeds>({
    id: 'tasks',
    title: `${plural(options.count, 'task')} of ${options.name}`,
    doing: 'Starting',
    needs,
    look: async () => ({state: 'absent'}),
    apply: (applied, _found, run) =>
      onceRoleIsKnown({clock, signal: run.signal}, () => startTasks(aws.ecs, options, applied)),
  })
}
