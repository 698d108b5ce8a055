import type {AwsClients} from '../../../aws/clients.js'
import {UsageError} from '../../../errors/errors.js'
import type {Found, Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {logGroupStep} from '../../infrastructure/log-group.js'
import {withMarks} from '../../tags.js'
import type {RunningService} from '../revise/running.js'

/**
 * How long the log group of the container keeps its events. Answers the name of the log group.
 *
 * @param retentionDays days; `never` keeps events for ever
 */
export function retentionStep(
  aws: Pick<AwsClients, 'logs'>,
  running: Step<RunningService>,
  retentionDays: number | 'never',
): Step<string> {
  const groupOf = ({container, service}: RunningService) =>
    logGroupStep(aws, {name: logGroupOf(container, service.name), retentionDays, tags: withMarks({}, service.name)})
  return step<string, {running: typeof running}>({
    id: 'log-group',
    title: 'log group',
    needs: {running},
    look: async ({running: current}) => {
      if (current === undefined) return {state: 'absent'}
      const found: Found<string> = await groupOf(current).look({})
      if (found.state === 'present') return found
      return {...found, detail: [logGroupOf(current.container, current.service.name), found.detail].join(' ').trim()}
    },
    apply: ({running: current}, found, run) => groupOf(current).apply({}, found, run),
  })
}

/** @throws UsageError NO_LOG_GROUP for a container whose lines go elsewhere */
function logGroupOf({name, logConfiguration}: RunningService['container'], service: string): string {
  const group = logConfiguration?.options?.['awslogs-group']
  if (logConfiguration?.logDriver === 'awslogs' && group !== undefined) return group
  const driver = logConfiguration?.logDriver
  const where = driver === undefined ? 'keeps no logs' : `logs with ${driver}`
  throw new UsageError(
    'NO_LOG_GROUP',
    `--log-retention: container ${name} of service ${service} ${where}, not to CloudWatch Logs`,
  )
}
