import {parseReference} from '../../registry/reference.js'

/** What the engine is asked to pull. */
export interface PullName {
  readonly repository: string
  /** The tag or the digest; without one the engine would pull every tag. */
  readonly version: string
  /** In full, as containerd on Fargate names it in its errors: `docker.io/library/nginx:latest`. */
  readonly resolved: string
}

/** Takes an image reference apart; undefined for what is none. */
export function pullName(reference: string): PullName | undefined {
  const parsed = parseReference(reference)
  if (parsed === undefined) return undefined
  const {host, path, tag = 'latest', digest} = parsed
  const official = host === undefined && !path.includes('/')
  const fullPath = `${host ?? 'docker.io'}/${official ? 'library/' : ''}${path}`
  return {
    repository: host === undefined ? path : `${host}/${path}`,
    version: digest ?? tag,
    resolved: digest === undefined ? `${fullPath}:${tag}` : `${fullPath}@${digest}`,
  }
}
