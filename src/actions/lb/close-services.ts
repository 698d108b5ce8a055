import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import type {SecurityGroup} from '../../ec2/security-groups.js'
import {revokeIngressFrom, securityGroupsByName, securityGroupsThatLetIn} from '../../ec2/security-groups.js'
import {AwsError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import {isManaged} from '../tags.js'

/** A security group that lets in what comes from the one of the load balancer. */
interface Reference {
  readonly group: SecurityGroup
  readonly sourceId: string
}

/**
 * Takes the load balancer out of what the security groups of services let in: EC2 deletes no security group that
 * another one names.
 *
 * @throws AwsError SECURITY_GROUP_IN_USE when a group that this program did not make names it
 */
export function closeServicesStep(aws: Pick<AwsClients, 'ec2'>, groupName: string, deleted: Step<void>): Step<void> {
  const references = async (): Promise<Reference[]> => {
    const groups = (await securityGroupsByName(aws.ec2, groupName)).filter(({tags}) => isManaged(tags))
    const found = await inParallel(groups, async ({id: sourceId}) => {
      return (await securityGroupsThatLetIn(aws.ec2, sourceId)).map((group) => ({group, sourceId}))
    })
    return found.flat()
  }
  return step<void, {deleted: typeof deleted}>({
    id: 'service-security-groups',
    title: 'rules of security groups of services',
    needs: {deleted},
    look: async () => {
      const found = await references()
      const foreign = found.find(({group}) => !isManaged(group.tags))
      if (foreign !== undefined) throw namedByOthers(foreign, groupName)
      if (found.length === 0) return {state: 'present', value: undefined}
      return {
        state: 'differs',
        value: undefined,
        detail: found.map(({group}) => group.name).join(', '),
        change: 'delete',
      }
    },
    apply: async () => {
      await inParallel(await references(), ({group, sourceId}) => revokeIngressFrom(aws.ec2, group, sourceId))
    },
  })
}

function namedByOthers({group, sourceId}: Reference, groupName: string): AwsError {
  return new AwsError(
    'SECURITY_GROUP_IN_USE',
    `security group ${group.id} (${group.name}) lets in what comes from ${groupName}, and fargate did not make it`,
    {
      details: {securityGroupId: group.id, sourceSecurityGroupId: sourceId},
      hints: [
        `take back its rules that name ${sourceId}: aws ec2 revoke-security-group-ingress --group-id ${group.id} …`,
      ],
    },
  )
}
