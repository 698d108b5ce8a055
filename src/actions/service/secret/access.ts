import {isDeepStrictEqual} from 'node:util'
import {deleteRolePolicy, findRolePolicy, putRolePolicy} from '../../../iam/role-policies.js'
import {lastNameOf} from '../../../lib/arn.js'
import {executionRoleName, secretPolicyName} from '../../../lib/resource-names.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {executionRoleStep} from '../../infrastructure/roles.js'
import {readingPolicy, secretArns} from '../../infrastructure/secret-access.js'
import {withMarks} from '../../tags.js'
import type {RunningService} from '../revise/running.js'
import {referencesOf} from './references.js'
import type {Stored} from './stored-secret.js'

type Aws = Pick<Context['aws'], 'iam' | 'region'>

interface ServiceName {
  readonly cluster: string
  readonly name: string
}

/** The execution role of the task definition, or ours where it has none: ECS reads secrets with it. */
export function taskExecutionRoleStep(aws: Aws, running: Step<RunningService>): Step<string> {
  const own = executionRoleStep(aws, withMarks({}))
  return {
    ...own,
    needs: {running},
    look: async (needs) => {
      const arn = (needs.running as RunningService).revision.taskDefinition.executionRoleArn
      return arn === undefined || arn === '' ? own.look({}) : {state: 'present', value: arn}
    },
  }
}

/** Only the role that this program makes for all services is changed; others belong to somebody else. */
export const isOwnRole = (roleArn: string): boolean => lastNameOf(roleArn) === executionRoleName

interface SecretAccess extends ServiceName {
  readonly running: Step<RunningService>
  readonly role: Step<string>
  /** What is added. */
  readonly stored: Step<Stored>
}

/**
 * Lets the execution role read what the service needs, and leaves what it can read already: the revision that runs now
 * needs it until the new one does, and again when ECS rolls back.
 */
export function wideSecretAccessStep(aws: Aws, {cluster, name, running, role, stored}: SecretAccess): Step<void> {
  const policyName = secretPolicyName('service', cluster, name)
  const wanted = async (current: RunningService, roleArn: string, added: readonly SecretReference[]) => {
    const present = await findRolePolicy(aws.iam, executionRoleName, policyName)
    const needed = await secretArns(aws, roleArn, [
      ...referencesOf(current.revision.taskDefinition.containerDefinitions),
      ...added,
    ])
    const allowed = resourcesOf(present)
    const isEnough = needed.every((arn) => allowed.includes(arn))
    return {present, isEnough, document: readingPolicy([...allowed, ...needed])}
  }
  const needs = {running, role, stored}
  return step<void, typeof needs>({
    id: 'secret-access',
    title: `policy ${policyName} of role ${executionRoleName}`,
    needs,
    look: async (looked) => {
      if (looked.running === undefined || looked.role === undefined) return {state: 'absent'}
      if (!isOwnRole(looked.role)) return {state: 'present', value: undefined}
      const {present, isEnough} = await wanted(looked.running, looked.role, looked.stored?.references ?? [])
      if (present === undefined) return {state: 'absent'}
      if (isEnough && looked.stored !== undefined) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: 'one secret more'}
    },
    apply: async (applied) => {
      const {document} = await wanted(applied.running, applied.role, applied.stored.references)
      await putRolePolicy(aws.iam, executionRoleName, policyName, document)
    },
  })
}

/** Lets the execution role read exactly these secrets; without any the policy is taken away. */
export function exactSecretAccessStep(
  aws: Aws,
  {cluster, name}: ServiceName,
  roleArn: string,
  references: readonly SecretReference[],
): Step<void> {
  const policyName = secretPolicyName('service', cluster, name)
  const wanted = async () => readingPolicy(await secretArns(aws, roleArn, references))
  return step<void>({
    id: 'secret-access',
    title: `policy ${policyName} of role ${executionRoleName}`,
    look: async () => {
      const [present, document] = await Promise.all([findRolePolicy(aws.iam, executionRoleName, policyName), wanted()])
      if (present === undefined || isDeepStrictEqual(present, document)) return {state: 'present', value: undefined}
      if (references.length > 0) return {state: 'differs', value: undefined, detail: 'fewer secrets'}
      return {state: 'differs', value: undefined, detail: 'no secrets', change: 'delete'}
    },
    apply: async () => {
      if (references.length === 0) await deleteRolePolicy(aws.iam, executionRoleName, policyName)
      else await putRolePolicy(aws.iam, executionRoleName, policyName, await wanted())
    },
  })
}

function resourcesOf(document: unknown): string[] {
  const {Statement = []} = (document ?? {}) as {Statement?: readonly {readonly Resource?: string | readonly string[]}[]}
  return Statement.flatMap(({Resource = []}) => Resource)
}
