import type {AwsClients} from '../../aws/clients.js'
import {createLogGroup, findLogGroup, keepForEver, setRetention} from '../../logs/log-groups.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Tags} from '../tags.js'

/** A month, as the successors of the Go CLI keep logs; without a retention CloudWatch Logs keeps them, and bills, for ever. */
const defaultRetentionDays = 30

export interface LogGroupOptions {
  readonly name: string
  /** Days; `never` keeps events for ever; not given leaves an existing group as it is. */
  readonly retentionDays: number | 'never' | undefined
  readonly tags: Tags
}

/** The log group with its retention. Answers its name. */
export function logGroupStep(aws: Pick<AwsClients, 'logs'>, options: LogGroupOptions): Step<string> {
  const {name, retentionDays, tags} = options
  const set = async (days: number | 'never', isNew: boolean) => {
    if (days !== 'never') await setRetention(aws.logs, name, days)
    else if (!isNew) await keepForEver(aws.logs, name)
    return name
  }
  return step({
    id: 'log-group',
    title: `log group ${name}`,
    look: async () => {
      const found = await findLogGroup(aws.logs, name)
      if (found === undefined) return {state: 'absent'}
      const keeps = found.retentionDays ?? 'never'
      if (retentionDays === undefined || keeps === retentionDays) return {state: 'present', value: name}
      const unit = retentionDays === 'never' ? '' : ' days'
      return {state: 'differs', value: name, detail: `retention ${keeps} → ${retentionDays}${unit}`}
    },
    apply: async (_needs, found) => {
      if (found.state === 'absent') await createLogGroup(aws.logs, name, {...tags})
      return set(retentionDays ?? defaultRetentionDays, found.state === 'absent')
    },
  })
}
