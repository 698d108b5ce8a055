import type {AwsClients} from '../aws/clients.js'
import {pollUntil} from '../aws/poll.js'
import {deleteSecurityGroup, securityGroupsByName} from '../ec2/security-groups.js'
import {deleteTargetGroup} from '../elbv2/target-groups.js'
import {WaitTimeoutError} from '../errors/errors.js'
import type {Clock} from '../lib/clock.js'
import type {AnyStep, Step} from '../plan/step.js'
import {step} from '../plan/step.js'
import {isManaged} from './tags.js'

export interface DeletionContext {
  readonly aws: Pick<AwsClients, 'ec2' | 'elbv2'>
  readonly clock: Clock
}

/** With the signal of the step that deletes. */
interface Deletion extends DeletionContext {
  readonly signal: AbortSignal
}

/** Network interfaces of tasks and load balancers linger for a minute or more after their owner is gone. */
const retryEveryMs = 5000

/** Deletes this program's security groups of a name, once nothing uses them any more. */
export function deleteSecurityGroupStep(
  context: DeletionContext,
  name: string,
  after: readonly AnyStep[],
  timeoutMs: number,
): Step<readonly string[]> {
  const {aws} = context
  return step<readonly string[], Record<string, AnyStep>>({
    id: 'security-group',
    title: `security group ${name}`,
    needs: Object.fromEntries(after.map((each) => [each.id, each])),
    look: async () => {
      const groups = await securityGroupsByName(aws.ec2, name)
      const ids = groups.filter(({tags}) => isManaged(tags)).map(({id}) => id)
      if (ids.length === 0) return {state: 'present', value: []}
      return {state: 'differs', value: ids, detail: ids.join(', '), change: 'delete'}
    },
    apply: async (_needs, found, {signal}) => {
      const ids = found.state === 'absent' ? [] : found.value
      for (const id of ids) {
        const remove = () => deleteSecurityGroup(aws.ec2, id)
        await whenUnused({...context, signal}, `security group ${id}`, timeoutMs, remove)
      }
      return []
    },
  })
}

/** Deletes a target group, once no listener and no service refers to it any more. */
export async function deleteUnusedTargetGroup(context: Deletion, arn: string, timeoutMs: number): Promise<void> {
  await whenUnused(context, `target group ${arn}`, timeoutMs, () => deleteTargetGroup(context.aws.elbv2, arn))
}

async function whenUnused(
  {clock, signal}: Deletion,
  thing: string,
  timeoutMs: number,
  tryToDelete: () => Promise<boolean>,
): Promise<void> {
  const what = `${thing} to be unused`
  try {
    await pollUntil({clock, signal, everyMs: retryEveryMs, timeoutMs, what}, async () =>
      (await tryToDelete()) ? true : undefined,
    )
  } catch (error) {
    if (!(error instanceof WaitTimeoutError)) throw error
    throw new WaitTimeoutError(error.code, `${thing} is still in use`, {
      cause: error,
      hints: ['run the command again in a few minutes: it deletes what is left'],
    })
  }
}
