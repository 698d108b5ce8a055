import {AwsError} from '../errors/errors.js'
import type {Ecr} from './sdk.js'

export interface RegistryCredentials {
  readonly username: string
  /** Valid for twelve hours. */
  readonly password: string
}

/** A user name and password for `docker login` to the account's registry. */
export async function registryCredentials(ecr: Ecr): Promise<RegistryCredentials> {
  const {authorizationData = []} = await ecr('GetAuthorizationToken', {})
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString('utf8')
  const colon = token.indexOf(':')
  if (colon < 1) throw new AwsError('NO_AUTHORIZATION_TOKEN', 'ECR answers no authorization token')
  return {username: token.slice(0, colon), password: token.slice(colon + 1)}
}
