import {UsageError} from '../../../errors/errors.js'
import {setByName} from '../../../lib/named-entries.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {Step} from '../../../plan/step.js'
import {lookUp} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import type {ReviseOptions, ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import type {RevisionEdit} from '../revise/revision.js'
import {withContainer} from '../revise/revision.js'
import type {RunningService} from '../revise/running.js'
import {isOwnRole, taskExecutionRoleStep, wideSecretAccessStep} from './access.js'
import type {SecretToStore, Stored} from './stored-secret.js'
import {storedSecretStep} from './stored-secret.js'

export interface SetSecretOptions extends ReviseOptions {
  /** A value to keep, or what exists already. */
  readonly secret: SecretToStore | readonly SecretReference[]
}

export interface SetSecretResult extends ReviseResult {
  /** The variables and what ECS reads them from; never values. Empty in a dry run that makes the secret. */
  readonly secrets: readonly {readonly name: string; readonly valueFrom: string}[]
}

/**
 * Gives a service secrets: keeps the value, lets the execution role read it, refers to it and deploys. Tasks read
 * secrets when they start, so that a new value takes a new deployment.
 *
 * @throws UsageError NAME_TAKEN for a name that is a variable; AwsError SECRET_NOT_MANAGED
 */
export async function setSecret(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: SetSecretOptions,
): Promise<SetSecretResult> {
  const {secret} = options
  const names = isValue(secret) ? [secret.variable] : secret.map(({name}) => name)
  let given: Step<Stored> | undefined
  const {result, before, value} = await reviseService(context, options, (running) => {
    const free = unlessVariable(running, names)
    const stored = isValue(secret) ? storedSecretStep(context, options, free, secret) : referredStep(free, secret)
    const role = taskExecutionRoleStep(context.aws, running)
    given = stored
    return {
      edit: referenceEdit(stored, role, names),
      after: [stored, wideSecretAccessStep(context.aws, {...options, running, role, stored})],
      force: (_running, needs) => (needs.secret as Stored | undefined)?.isNewer ?? false,
    }
  })
  const references = (given && value(given)?.references) ?? []
  if (result.changes.length > 0) warnOfRole(context, before, references)
  return {...result, secrets: references.map(({name, valueFrom}) => ({name, valueFrom}))}
}

/** The references in the container, and the execution role where there was none: ECS reads secrets with it. */
function referenceEdit(
  stored: Step<Stored>,
  role: Step<string>,
  names: readonly string[],
): RevisionEdit<{stored: Step<Stored>; role: Step<string>}> {
  return {
    needs: {stored, role},
    edit: (registration, {container, revision}, needs) => {
      const {stored: wanted, role: executionRoleArn} = needs
      if (wanted === undefined || executionRoleArn === undefined) return undefined
      const secrets = wanted.references.map(({name, valueFrom}) => ({name, valueFrom}))
      const hasRole = Boolean(revision.taskDefinition.executionRoleArn)
      return withContainer({...registration, ...(!hasRole && {executionRoleArn})}, container.name, (each) => ({
        ...each,
        secrets: setByName(each.secrets ?? [], secrets),
      }))
    },
    detail: () => `refer to ${names.join(', ')}`,
  }
}

const isValue = (secret: SetSecretOptions['secret']): secret is SecretToStore => 'variable' in secret

/** ECS takes a name once; nothing is kept for one that is a variable. */
function unlessVariable(running: Step<RunningService>, names: readonly string[]): Step<RunningService> {
  return lookUp<RunningService, {running: typeof running}>({
    id: 'variables',
    title: 'environment variables',
    needs: {running},
    find: async ({running: current}) => {
      if (current === undefined) throw new Error('a look-up has a value')
      const {container, service} = current
      const taken = names.filter((name) => container.environment?.some((each) => each.name === name))
      if (taken.length === 0) return current
      throw new UsageError('NAME_TAKEN', `${taken.join(', ')} of service ${service.name} is an environment variable`, {
        hints: [`take it away first: fargate service env unset ${service.name} --key ${taken.join(',')}`],
      })
    },
  })
}

/** What exists already, and is only referred to. */
const referredStep = (running: Step<RunningService>, references: readonly SecretReference[]): Step<Stored> =>
  lookUp<Stored, {running: typeof running}>({
    id: 'secret',
    title: 'secrets',
    needs: {running},
    find: async () => ({references, isNewer: false}),
  })

function warnOfRole(
  {output}: Pick<Context, 'output'>,
  {revision}: RunningService,
  references: readonly SecretReference[],
): void {
  const role = revision.taskDefinition.executionRoleArn
  if (!role || isOwnRole(role)) return
  const what = references.map(({valueFrom}) => valueFrom).join(', ')
  output.warn(`execution role ${role} was not made by fargate: see that it may read ${what}`)
}
