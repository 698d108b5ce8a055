import {join} from 'node:path'

/** Where docker keeps its configuration. */
export function dockerConfigFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  return join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json')
}

/**
 * Whether docker gets the credentials of a registry from a helper, so that a login is not needed, and would fail: the
 * helper for ECR cannot store passwords.
 *
 * @param config the text of docker's config.json; `undefined` when there is none
 */
export function hasCredentialHelper(config: string | undefined, registry: string): boolean {
  const {credHelpers, credsStore} = parse(config)
  if (isObject(credHelpers) && Object.hasOwn(credHelpers, registry)) return true
  return credsStore === 'ecr-login'
}

/** Docker itself warns about a file that it cannot read and goes on without it. */
function parse(config: string | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(config ?? '{}')
    return isObject(parsed) ? parsed : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
