import type {Scope} from '../scope.js'

/** An image reference, taken apart: `host/path:tag@digest`. */
export interface ImageReference {
  /** Absent for Docker Hub's short names. */
  readonly host?: string
  readonly path: string
  readonly tag?: string
  readonly digest?: string
}

/** Where in the local ECR a reference points. */
export interface RepositoryReference extends Scope {
  readonly repositoryName: string
}

const pattern = /^(?<name>[^@\s]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?$/

/** Takes a reference apart as docker does; undefined for what is none. */
export function parseReference(reference: string): ImageReference | undefined {
  const {name, tag, digest} = pattern.exec(reference)?.groups ?? {}
  if (name === undefined) return undefined
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  // Docker takes the first component for a host only when it looks like one; otherwise it is a user on Docker Hub.
  const hasHost = first.includes('.') || first.includes(':') || first === 'localhost'
  return {
    ...(hasHost && {host: first}),
    path: hasHost ? name.slice(slash + 1) : name,
    ...(tag !== undefined && {tag}),
    ...(digest !== undefined && {digest}),
  }
}

const ecrHost =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/

/** The account and region in the host name of a private ECR registry on AWS. */
function scopeOfEcrHost(host: string): Scope | undefined {
  const {account, region} = ecrHost.exec(host)?.groups ?? {}
  return account === undefined || region === undefined ? undefined : {account, region}
}

/** Splits the path under which the local registry serves a repository: `<account>/<region>/<repositoryName>`. */
export function parseRegistryPath(path: string): RepositoryReference | undefined {
  const {account, region, repositoryName} =
    /^(?<account>\d{12})\/(?<region>[a-z0-9-]+)\/(?<repositoryName>.+)$/.exec(path)?.groups ?? {}
  if (account === undefined || region === undefined || repositoryName === undefined) return undefined
  return {account, region, repositoryName}
}

/**
 * The repository that a reference names: in the local registry at one of `registryHosts`, or by the name that ECR has on
 * AWS.
 * `foreign` for another registry; undefined when it is ours but names no repository.
 */
export function locateRepository(
  {host, path}: ImageReference,
  registryHosts: readonly string[],
): RepositoryReference | 'foreign' | undefined {
  if (host === undefined) return 'foreign'
  const names = registryHosts.flatMap((name) => [name, name.replace(/^127\.0\.0\.1:/, 'localhost:')])
  if (names.includes(host)) return parseRegistryPath(path)
  const scope = scopeOfEcrHost(host)
  return scope === undefined ? 'foreign' : {...scope, repositoryName: path}
}
