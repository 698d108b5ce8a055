import type {AwsClients} from '../../../aws/clients.js'
import {deleteRepository, findRepository, repositoryTags} from '../../../ecr/repositories.js'
import {deleteRolePolicy, findRolePolicy} from '../../../iam/role-policies.js'
import {executionRoleName, logGroupName, repositoryName, secretPolicyName} from '../../../lib/resource-names.js'
import {deleteLogGroup, findLogGroup, logGroupTags} from '../../../logs/log-groups.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {isManaged, serviceTag} from '../../tags.js'

/** The log group of a service, if this program made it. */
export function logGroupDeletion(
  {aws}: {aws: Pick<AwsClients, 'logs'>},
  service: string,
  after: Step<void>,
): Step<void> {
  const name = logGroupName('service', service)
  return step<void, {after: Step<void>}>({
    id: 'log-group',
    title: `log group ${name}`,
    needs: {after},
    look: async () => {
      const group = await findLogGroup(aws.logs, name)
      const managed = group !== undefined && isManaged(await logGroupTags(aws.logs, group.arn))
      if (!managed) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: 'with all its events', change: 'delete'}
    },
    apply: () => deleteLogGroup(aws.logs, name),
  })
}

/** The image repository of a service, if this program made it for this service. */
export function repositoryDeletion(
  {aws}: {aws: Pick<AwsClients, 'ecr'>},
  service: string,
  after: Step<void>,
): Step<void> {
  const name = repositoryName(service)
  return step<void, {after: Step<void>}>({
    id: 'repository',
    title: `ECR repository ${name}`,
    needs: {after},
    look: async () => {
      const repository = await findRepository(aws.ecr, name)
      const tags = repository === undefined ? undefined : await repositoryTags(aws.ecr, repository.arn)
      if (!isManaged(tags) || tags?.[serviceTag] !== service) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: 'with all its images', change: 'delete'}
    },
    apply: () => deleteRepository(aws.ecr, name),
  })
}

/** The inline policy with which the execution role reads the secrets of a service. */
export function secretPolicyDeletion(
  {aws}: {aws: Pick<AwsClients, 'iam'>},
  cluster: string,
  service: string,
  after: Step<void>,
): Step<void> {
  const name = secretPolicyName('service', cluster, service)
  return step<void, {after: Step<void>}>({
    id: 'secret-access',
    title: `policy ${name} of role ${executionRoleName}`,
    needs: {after},
    look: async () => {
      const policy = await findRolePolicy(aws.iam, executionRoleName, name)
      if (policy === undefined) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: 'inline policy', change: 'delete'}
    },
    apply: () => deleteRolePolicy(aws.iam, executionRoleName, name),
  })
}
