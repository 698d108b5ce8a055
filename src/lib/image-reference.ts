import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {shown} from './whole-number.js'

/** `host/path:tag@digest` as docker reads it. */
export interface ImageReference {
  /** The registry with its port; absent for Docker Hub. */
  readonly host?: string
  /** The repository in the registry, as it was given. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:` and 64 hexadecimal digits, or another algorithm. */
  readonly digest?: string
}

const DOCKER_HUB = 'docker.io'
const MAX_NAME_LENGTH = 255
const HOST =
  /^(?:\[[0-9A-Fa-f:]+\]|(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*)(?::[0-9]+)?$/
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/

/** Reads an image reference with docker's grammar. Neither a registry nor a tag is added: see `imageOrigin`. */
export function parseImageReference(text: string): Parsed<ImageReference> {
  const {name, tag, digest} = splitReference(text)
  const {host, repository} = splitName(name)
  const problem =
    nameProblem(name, host, repository) ??
    tagProblem(tag) ??
    (digest === undefined || DIGEST.test(digest)
      ? undefined
      : `digest ${shown(digest)} is not valid: use sha256: and 64 hexadecimal digits`)
  if (problem !== undefined) return invalid(`image ${shown(text)} is not valid: ${problem}`)
  return valid({
    repository,
    ...(host !== undefined && {host}),
    ...(tag !== undefined && {tag}),
    ...(digest !== undefined && {digest}),
  })
}

/** The form that `parseImageReference` reads back. */
export function formatImageReference({host, repository, tag, digest}: ImageReference): string {
  const name = host === undefined ? repository : `${host}/${repository}`
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** The problem of a tag, or `undefined`. */
export function tagProblem(tag: string | undefined): string | undefined {
  if (tag === undefined || TAG.test(tag)) return undefined
  return `tag ${shown(tag)} is not valid: use 1 to 128 letters, digits, _ . and -, with neither . nor - first`
}

/** Where an image is pulled from: the registry, and the repository by its full name there. */
export function imageOrigin({host, repository}: ImageReference): {readonly registry: string; readonly path: string} {
  const registry = host === undefined || host === 'index.docker.io' ? DOCKER_HUB : host
  const isOfficial = registry === DOCKER_HUB && !repository.includes('/')
  return {registry, path: isOfficial ? `library/${repository}` : repository}
}

/** The account and region of a private ECR registry's host; `undefined` for any other registry. */
export function ecrRegistry(host: string): {readonly account: string; readonly region: string} | undefined {
  const classic = /^([0-9]{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+$/.exec(host)
  const dualStack = /^([0-9]{12})\.dkr-ecr(?:-fips)?\.([a-z0-9-]+)\.on\.[a-z0-9.-]+$/.exec(host)
  const [, account, region] = classic ?? dualStack ?? []
  return account === undefined || region === undefined ? undefined : {account, region}
}

function splitReference(text: string): {name: string; tag: string | undefined; digest: string | undefined} {
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  const rest = at === -1 ? text : text.slice(0, at)
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1)
  if (colon === -1) return {name: rest, tag: undefined, digest}
  return {name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest}
}

/** Docker takes what is before the first slash for a registry when it has a dot or a colon or capitals, or is localhost. */
function splitName(name: string): {host: string | undefined; repository: string} {
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  return isHost ? {host: first, repository: name.slice(slash + 1)} : {host: undefined, repository: name}
}

function nameProblem(name: string, host: string | undefined, repository: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(name)) return 'it starts with a scheme: leave that out'
  if (repository === '') return 'it names no repository: use e.g. nginx:1.27'
  if (host !== undefined && !HOST.test(host))
    return `${shown(host)} is no registry: use a host name with or without a port`
  if (REPOSITORY.test(repository)) return name.length <= MAX_NAME_LENGTH ? hexProblem(name) : longProblem(name)
  if (repository !== repository.toLowerCase() && REPOSITORY.test(repository.toLowerCase())) {
    return `repository ${repository} has capitals: use ${repository.toLowerCase()}`
  }
  return `repository ${shown(repository)} is not valid: use lower-case letters and digits, with . _ - or / between them`
}

function longProblem(name: string): string {
  return `its name has ${name.length} characters: use at most ${MAX_NAME_LENGTH}`
}

/** Docker reads 64 hexadecimal digits as the id of an image. */
function hexProblem(name: string): string | undefined {
  return /^[0-9a-f]{64}$/.test(name) ? 'it is the id of an image: use the name of a repository' : undefined
}
