import type {AwsClients} from '../../aws/clients.js'
import {partitionOf} from '../../aws/partition.js'
import {attachedPolicies, attachPolicy, createServiceLinkedRole, createServiceRole, findRole} from '../../iam/roles.js'
import {executionRoleName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'

type Aws = Pick<AwsClients, 'iam' | 'region'>

const executionPolicy = 'service-role/AmazonECSTaskExecutionRolePolicy'
const tasksPrincipal = 'ecs-tasks.amazonaws.com'

/** The role with which ECS pulls images and writes logs. An existing one without its policy is repaired. */
export function executionRoleStep(aws: Aws, tags: Tags): Step<string> {
  const policyArn = async () => `arn:${partitionOf(await aws.region())}:iam::aws:policy/${executionPolicy}`
  return step({
    id: 'execution-role',
    title: `execution role ${executionRoleName}`,
    look: async () => {
      const [arn, policies, wanted] = await Promise.all([
        findRole(aws.iam, executionRoleName),
        attachedPolicies(aws.iam, executionRoleName),
        policyArn(),
      ])
      if (arn === undefined) return {state: 'absent'}
      if (policies.includes(wanted)) return {state: 'present', value: arn}
      return {state: 'differs', value: arn, detail: `attach ${wanted}`}
    },
    apply: async (_needs, found) => {
      const arn =
        found.state === 'differs'
          ? found.value
          : await createServiceRole(aws.iam, {
              name: executionRoleName,
              principal: tasksPrincipal,
              description: 'Pulls images and writes logs for Amazon ECS tasks',
              tags: upperCaseTags(tags),
            })
      await attachPolicy(aws.iam, executionRoleName, await policyArn())
      return arn
    },
  })
}

const serviceLinkedRole = 'AWSServiceRoleForECS'

/** The role with which ECS itself works in an account; missing in accounts that never used ECS. */
export function serviceLinkedRoleStep(aws: Aws): Step<void> {
  return step<void>({
    id: 'service-linked-role',
    title: `service-linked role ${serviceLinkedRole}`,
    look: async () => {
      const arn = await findRole(aws.iam, serviceLinkedRole)
      return arn === undefined ? {state: 'absent'} : {state: 'present', value: undefined}
    },
    apply: () => createServiceLinkedRole(aws.iam, 'ecs.amazonaws.com'),
  })
}
