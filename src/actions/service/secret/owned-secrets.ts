import type {Context} from '../../context.js'
import type {Tags} from '../../tags.js'
import {clusterTag, withMarks} from '../../tags.js'
import type {SecretStore, StoredSecret} from './stores.js'
import {secretStore} from './stores.js'

/** The marks of a secret that this program has made for a service; only these are ever changed or deleted. */
export const secretMarks = (cluster: string, service: string): Tags => ({
  ...withMarks({}, service),
  [clusterTag]: cluster,
})

export function isOwnSecret({tags}: StoredSecret, cluster: string, service: string): boolean {
  const marks = secretMarks(cluster, service)
  return Object.entries(marks).every(([key, value]) => tags[key] === value)
}

/** Both stores. @param beside the ARN of a thing in the account and region of the parameters */
export const secretStores = (aws: Pick<Context['aws'], 'secretsmanager' | 'ssm'>, beside: string): SecretStore[] => [
  secretStore(aws, 'secretsmanager', beside),
  secretStore(aws, 'ssm', beside),
]
