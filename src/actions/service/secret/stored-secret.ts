import {primaryDeployment} from '../../../ecs/services.js'
import {AwsError, UsageError} from '../../../errors/errors.js'
import {serviceSecretName} from '../../../lib/resource-names.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import type {RunningService} from '../revise/running.js'
import {isOwnSecret, secretMarks} from './owned-secrets.js'
import {referencesOf, storedAt} from './references.js'
import type {SecretStore, StoredSecret, StoreKind} from './stores.js'
import {secretStore} from './stores.js'

/** A value that is to be kept in a store. */
export interface SecretToStore {
  readonly variable: string
  readonly value: string
  /** Where it is now, or Secrets Manager, without it. */
  readonly store?: StoreKind | undefined
  readonly secretName?: string | undefined
}

/** What a service is to refer to. */
export interface Stored {
  readonly references: readonly SecretReference[]
  /** Whether tasks that run may have read another value. */
  readonly isNewer: boolean
}

interface Place {
  readonly store: SecretStore
  readonly name: string
  readonly present: StoredSecret | undefined
}

/**
 * Secrets Manager where nothing else is asked for: what is deleted there can be had back for 30 days, the value before
 * the last is kept, and 64 KiB fit in.
 */
const defaultStore: StoreKind = 'secretsmanager'

/** The secret with its value, in the store in which it is or shall be. */
export function storedSecretStep(
  {aws}: Pick<Context, 'aws'>,
  {cluster, name}: {readonly cluster: string; readonly name: string},
  running: Step<RunningService>,
  wanted: SecretToStore,
): Step<Stored> {
  const {variable, value} = wanted
  const places = new WeakMap<RunningService, Promise<Place>>()
  const placeOf = (current: RunningService): Promise<Place> => {
    const place = places.get(current) ?? findPlace(aws, {cluster, name}, current, wanted)
    places.set(current, place)
    return place
  }
  return step<Stored, {running: typeof running}>({
    id: 'secret',
    title: `secret ${variable} of service ${name}`,
    needs: {running},
    look: async ({running: current}) => {
      if (current === undefined) return {state: 'absent'}
      const {store, name: secretName, present} = await placeOf(current)
      checkLength(variable, value, store)
      if (present === undefined) return {state: 'absent', detail: `${store.noun} ${secretName}`}
      const found = present.isDeleted ? undefined : await store.value(present)
      if (found?.value !== value) {
        const detail = present.isDeleted ? `bring back ${secretName} with a new value` : `a new value of ${secretName}`
        return {state: 'differs', value: {references: referenceTo(variable, present.arn), isNewer: true}, detail}
      }
      const deployedAt = primaryDeployment(current.service).createdAt
      const isNewer = deployedAt !== undefined && found.changedAt > deployedAt
      return {state: 'present', value: {references: referenceTo(variable, present.arn), isNewer}}
    },
    apply: async ({running: current}) => {
      const {store, name: secretName, present} = await placeOf(current)
      if (present !== undefined) {
        await store.change(present, value)
        return {references: referenceTo(variable, present.arn), isNewer: true}
      }
      const description = `${variable} of the Fargate service ${name}`
      const arn = await store.create({name: secretName, value, description, tags: secretMarks(cluster, name)})
      return {references: referenceTo(variable, arn), isNewer: true}
    },
  })
}

const referenceTo = (name: string, arn: string): SecretReference[] => [
  {name, valueFrom: arn, source: arn.includes(':ssm:') ? {kind: 'parameter-arn', arn} : {kind: 'secret', arn}},
]

async function findPlace(
  aws: Context['aws'],
  {cluster, name}: {readonly cluster: string; readonly name: string},
  {container, service}: RunningService,
  {variable, store: kind, secretName}: SecretToStore,
): Promise<Place> {
  const isOwn = (found: StoredSecret | undefined) => found !== undefined && isOwnSecret(found, cluster, name)
  if (kind === undefined && secretName === undefined) {
    const [reference] = referencesOf([container]).filter((each) => each.name === variable)
    if (reference !== undefined) {
      const at = storedAt(reference)
      const store = secretStore(aws, at.store, service.arn)
      const found = await store.find(at.id)
      if (found !== undefined && isOwn(found)) return {store, name: found.name, present: found}
    }
  }
  const store = secretStore(aws, kind ?? defaultStore, service.arn)
  const wanted = secretName ?? serviceSecretName(cluster, name, variable)
  const present = await store.find(wanted)
  if (present === undefined || isOwn(present)) return {store, name: wanted, present}
  throw new AwsError('SECRET_NOT_MANAGED', `${store.noun} ${wanted} was not made by fargate for service ${name}`, {
    details: {arn: present.arn},
    hints: [
      `refer to it as it is: fargate service secret set ${name} --secret ${variable}=${present.arn}`,
      'or keep the value under another name: --secret-name <name>',
    ],
  })
}

function checkLength(variable: string, value: string, {kind, longestValue}: SecretStore): void {
  if (Buffer.byteLength(value) <= longestValue) return
  throw new UsageError(
    'SECRET_TOO_LONG',
    `the value of ${variable} has ${Buffer.byteLength(value)} bytes, and ${longestValue} fit in`,
    {hints: kind === 'ssm' ? ['keep it in Secrets Manager, where 65536 fit in: --store secretsmanager'] : []},
  )
}
