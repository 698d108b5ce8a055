import {inParallel} from '../../../aws/batching.js'
import type {ContainerDefinition} from '../../../ecs/task-definitions.js'
import {parseArn} from '../../../lib/arn.js'
import {serviceSecretName} from '../../../lib/resource-names.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import type {AnyStep} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import type {Revised, ReviseOptions, ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import {withContainer} from '../revise/revision.js'
import type {RunningService} from '../revise/running.js'
import {exactSecretAccessStep, isOwnRole} from './access.js'
import {isOwnSecret, secretStores} from './owned-secrets.js'
import {referencesOf, storedAt} from './references.js'
import type {SecretStore, StoredSecret} from './stores.js'

export interface UnsetSecretOptions extends ReviseOptions {
  readonly keys: readonly string[]
  /** Leaves the secrets themselves where they are. */
  readonly keep: boolean
}

export interface UnsetSecretResult extends ReviseResult {
  readonly unset: readonly string[]
  readonly absent: readonly string[]
  /** Names of the secrets that are deleted; in a dry run, that would be. */
  readonly deleted: readonly string[]
}

/**
 * Takes secrets from a service, and deletes those that this program made for it. They go when the new deployment is
 * completed: until then the tasks of before need them, and so does a rollback.
 */
export async function unsetSecret(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: UnsetSecretOptions,
): Promise<UnsetSecretResult> {
  const keys = new Set(options.keys)
  const revised = await reviseService(context, options, () => ({
    edit: {
      needs: {},
      edit: (registration, {container}) => withContainer(registration, container.name, (each) => without(each, keys)),
      detail: ({container}) =>
        `take away ${namesOf(container)
          .filter((name) => keys.has(name))
          .join(', ')}`,
    },
  }))
  const {result, before} = revised
  const present = new Set(namesOf(before.container))
  const unset = options.keys.filter((key) => present.has(key))
  const {deleted, changes} = await deleteUnused(context, options, revised)
  const absent = options.keys.filter((key) => !present.has(key))
  if (deleted.length === 0) for (const key of absent) context.output.warn(absence(before, key))
  return {...result, changes: [...result.changes, ...changes], unset, absent, deleted}
}

const namesOf = ({secrets = []}: ContainerDefinition): string[] => secrets.flatMap(({name}) => name ?? [])

function without(container: ContainerDefinition, keys: ReadonlySet<string>): ContainerDefinition {
  const {secrets} = container
  return {...container, ...(secrets !== undefined && {secrets: secrets.filter(({name = ''}) => !keys.has(name))})}
}

function absence({container, service}: RunningService, key: string): string {
  if (container.environment?.some(({name}) => name === key)) {
    return `${key} is an environment variable: fargate service env unset ${service.name} --key ${key}`
  }
  return `service ${service.name} has no secret ${key}`
}

interface Deletion {
  readonly deleted: readonly string[]
  readonly changes: readonly Change[]
}

async function deleteUnused(
  context: Pick<Context, 'aws' | 'signal' | 'output'>,
  options: UnsetSecretOptions,
  {result, before}: Revised,
): Promise<Deletion> {
  const {aws, output, signal} = context
  const {dryRun, keep, name} = options
  if (!dryRun && !options.wait && result.changes.length > 0) {
    const again = `fargate service secret unset ${name} --key ${options.keys.join(',')}`
    if (!keep) output.warn(`the secrets stay until the deployment is completed; then delete them: ${again}`)
    return {deleted: [], changes: []}
  }
  const {containerDefinitions = [], executionRoleArn = ''} = before.revision.taskDefinition
  const keys = new Set(options.keys)
  const remaining = referencesOf(
    containerDefinitions.map((each) => (each.name === before.container.name ? without(each, keys) : each)),
  )
  const secrets = keep ? [] : await unusedSecrets(context, options, before, remaining)
  const steps: AnyStep[] = secrets.map(({store, secret}) => deletionStep(store, secret))
  if (isOwnRole(executionRoleArn)) steps.push(exactSecretAccessStep(aws, options, executionRoleArn, remaining))
  const {changes} = await runPlan(steps, {output, signal, dryRun})
  return {deleted: secrets.map(({secret}) => secret.name), changes}
}

interface Unused {
  readonly store: SecretStore
  readonly secret: StoredSecret
}

/** Those of the keys that this program made for the service, and that nothing refers to any more. */
async function unusedSecrets(
  {aws}: Pick<Context, 'aws'>,
  {cluster, name, keys}: UnsetSecretOptions,
  {container, service}: RunningService,
  remaining: readonly SecretReference[],
): Promise<Unused[]> {
  const stores = secretStores(aws, service.arn)
  const removed = referencesOf([container]).filter((each) => keys.includes(each.name))
  const referred = removed.map((reference) => storedAt(reference)).filter(({id}) => isBeside(id, service.arn))
  const named = keys.flatMap((key) =>
    stores.map(({kind}) => ({store: kind, id: serviceSecretName(cluster, name, key)})),
  )
  const found = await inParallel([...referred, ...named], async ({store: kind, id}): Promise<Unused | undefined> => {
    const store = stores.find((each) => each.kind === kind)
    const secret = await store?.find(id)
    return store === undefined || secret === undefined ? undefined : {store, secret}
  })
  const used = new Set(remaining.map((reference) => storedAt(reference).id))
  const own = found.flatMap((each) => {
    if (each === undefined || each.secret.isDeleted) return []
    const isUsed = used.has(each.secret.arn) || used.has(each.secret.name)
    return isUsed || !isOwnSecret(each.secret, cluster, name) ? [] : [each]
  })
  return [...new Map(own.map((each) => [each.secret.arn, each])).values()]
}

/** Whether a name or ARN is of the account and region of the service: others were not made for it. */
function isBeside(id: string, serviceArn: string): boolean {
  const [arn, own] = [parseArn(id), parseArn(serviceArn)]
  if (!arn.ok || !own.ok) return true
  return arn.value.account === own.value.account && arn.value.region === own.value.region
}

/** Deletes a secret that was looked at already. */
const deletionStep = (store: SecretStore, secret: StoredSecret): AnyStep =>
  step<void>({
    id: `secret ${secret.arn}`,
    title: `${store.noun} ${secret.name}`,
    look: async () => ({state: 'differs', value: undefined, detail: recovery(store), change: 'delete'}),
    apply: () => store.delete(secret),
  })

const recovery = ({kind}: SecretStore): string =>
  kind === 'secretsmanager' ? 'can be restored for 30 days' : 'with all its versions'
