import type {Filter, ListSecretsCommandInput, ListSecretsCommandOutput} from '@aws-sdk/client-secrets-manager'
import {ListSecrets$} from '@aws-sdk/client-secrets-manager'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {pageOf} from './paging.js'
import {description, versionsToStages} from './reading.js'
import type {SecretRecord} from './records.js'
import type {SecretStore} from './secret-store.js'

type Texts = (secret: SecretRecord) => readonly string[]

const words = (text: string | undefined): string[] => (text ?? '').toLowerCase().split(/[^a-z0-9]+/)

const TEXTS: Readonly<Record<string, Texts>> = {
  name: ({name}) => [name],
  description: (secret) => [secret.description?.toLowerCase() ?? '', ...words(secret.description)],
  'tag-key': ({tags}) => Object.keys(tags),
  'tag-value': ({tags}) => Object.values(tags),
  'primary-region': () => [],
  'owning-service': () => [],
}

const ORDERS: Readonly<Record<string, (secret: SecretRecord) => number | string>> = {
  'created-date': ({createdAt}) => createdAt,
  'last-accessed-date': ({accessedAt = 0}) => accessedAt,
  'last-changed-date': ({changedAt}) => changedAt,
  name: ({name}) => name,
}

/** ListSecrets: the newest first, without those that are to be deleted, unless it is asked otherwise. */
export const listSecrets = (store: SecretStore): Operation =>
  operation<ListSecretsCommandInput, ListSecretsCommandOutput>(ListSecrets$, (input, scope) => {
    const found = store
      .list(scope)
      .filter(({deletion}) => deletion === undefined || input.IncludePlannedDeletion === true)
      .filter((secret) => (input.Filters ?? []).every((filter) => matches(secret, filter)))
    const {items, next} = pageOf(sorted(found, input), input, ({arn}) => arn)
    return {
      SecretList: items.map((secret) => ({...description(secret), SecretVersionsToStages: versionsToStages(secret)})),
      ...next,
    }
  })

function sorted(secrets: readonly SecretRecord[], {SortBy, SortOrder}: ListSecretsCommandInput): SecretRecord[] {
  const keyOf = ORDERS[SortBy ?? 'created-date'] ?? (() => 0)
  const ascending = secrets.toSorted((one, other) => {
    const [first, second] = [keyOf(one), keyOf(other)]
    if (first === second) return 0
    return first < second ? -1 : 1
  })
  return SortOrder === 'asc' ? ascending : ascending.reverse()
}

/** A value is the beginning of a text; with an exclamation mark in front it must not be. */
function matches(secret: SecretRecord, {Key = 'all', Values = []}: Filter): boolean {
  if (Key === 'all') return Values.some((value) => anywhere(secret, value))
  const texts = TEXTS[Key]?.(secret) ?? []
  return Values.some((value) => {
    const isNegative = value.startsWith('!')
    const start = isNegative ? value.slice(1) : value
    const wanted = Key === 'description' ? start.toLowerCase() : start
    return texts.some((text) => text.startsWith(wanted)) !== isNegative
  })
}

/** The key `all` breaks texts into words, and finds them in any case. */
const anywhere = (secret: SecretRecord, value: string): boolean =>
  words(value).every((word) =>
    Object.values(TEXTS).some((texts) =>
      texts(secret).some((text) => words(text).some((each) => each.startsWith(word))),
    ),
  )
