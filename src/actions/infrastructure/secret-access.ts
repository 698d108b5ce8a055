import {isDeepStrictEqual} from 'node:util'
import type {AwsClients} from '../../aws/clients.js'
import {findRolePolicy, putRolePolicy} from '../../iam/role-policies.js'
import {formatArn, parseArn} from '../../lib/arn.js'
import type {WorkloadKind} from '../../lib/resource-names.js'
import {executionRoleName, secretPolicyName} from '../../lib/resource-names.js'
import type {SecretReference} from '../../lib/secret-reference.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'

type Aws = Pick<AwsClients, 'iam' | 'region'>

/**
 * Lets the execution role read exactly the secrets of one service or task group, by an inline policy of its own:
 * the managed policy of the role covers no secrets, and a task that may not read one does not start.
 */
export function secretAccessStep(
  aws: Aws,
  executionRole: Step<string>,
  options: {
    readonly kind: WorkloadKind
    readonly cluster: string
    readonly name: string
    readonly secrets: readonly SecretReference[]
  },
): Step<void> {
  const policyName = secretPolicyName(options.kind, options.cluster, options.name)
  return step<void, {executionRole: typeof executionRole}>({
    id: 'secret-access',
    title: `policy ${policyName} of role ${executionRoleName}`,
    needs: {executionRole},
    look: async (needs) => {
      if (needs.executionRole === undefined) return {state: 'absent'}
      const [current, wanted] = await Promise.all([
        findRolePolicy(aws.iam, executionRoleName, policyName),
        policyDocument(aws, needs.executionRole, options.secrets),
      ])
      if (current === undefined) return {state: 'absent'}
      if (isDeepStrictEqual(current, wanted)) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: 'other secrets'}
    },
    apply: async (needs) => {
      const document = await policyDocument(aws, needs.executionRole, options.secrets)
      await putRolePolicy(aws.iam, executionRoleName, policyName, document)
    },
  })
}

async function policyDocument(aws: Aws, roleArn: string, secrets: readonly SecretReference[]): Promise<object> {
  return readingPolicy(await secretArns(aws, roleArn, secrets))
}

/** What an IAM policy names for these references. @param roleArn tells the account and partition */
export async function secretArns(
  aws: Pick<Aws, 'region'>,
  roleArn: string,
  secrets: readonly SecretReference[],
): Promise<string[]> {
  const region = await aws.region()
  return secrets.map((secret) => resourceArn(secret, roleArn, region))
}

/** A policy that lets read exactly these secrets and parameters. */
export function readingPolicy(arns: readonly string[]): object {
  const statement = (action: string, service: string) => {
    const resources = [...new Set(arns.filter((arn) => arn.includes(`:${service}:`)))].sort()
    return resources.length === 0 ? [] : [{Effect: 'Allow', Action: action, Resource: resources}]
  }
  return {
    Version: '2012-10-17',
    Statement: [
      ...statement('ssm:GetParameters', 'ssm'),
      ...statement('secretsmanager:GetSecretValue', 'secretsmanager'),
    ],
  }
}

/** A parameter that is given by name is one of this account and region. */
function resourceArn({source}: SecretReference, roleArn: string, region: string): string {
  if (source.kind !== 'parameter-name') return source.arn
  const role = parseArn(roleArn)
  if (!role.ok) throw new Error(role.problem)
  const {partition, account} = role.value
  const resource = `parameter/${source.parameter.replace(/^\//, '')}`
  return formatArn({partition, account, service: 'ssm', region, resource})
}
