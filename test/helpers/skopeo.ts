import {execa} from 'execa'
import {expect} from 'vitest'
import type {RegistryEndpoint} from './registry-endpoint.js'

export interface SkopeoResult {
  readonly exitCode?: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Skopeo at a local registry. */
export interface Skopeo {
  /** A repository, or an image in it, as skopeo names it. */
  at(name: string): string
  /** Runs skopeo as it is; a failure is an answer too. */
  run(...args: readonly string[]): Promise<SkopeoResult>
  /** The standard output of a command about one image, with a login, that has to succeed. */
  ask(...args: readonly string[]): Promise<string>
  /** Copies with a login at both ends. */
  copy(...args: readonly string[]): Promise<SkopeoResult>
  /** The same, which has to succeed. */
  copied(...args: readonly string[]): Promise<void>
}

/** Why skopeo cannot be used; undefined where it can. In CI it must be there. */
export async function skopeoMissing(): Promise<string | undefined> {
  const {exitCode} = await execa('skopeo', ['--version'], {reject: false})
  if (exitCode === 0) return undefined
  if (process.env.CI) throw new Error('skopeo is not installed')
  return 'skopeo is not installed'
}

/** Skopeo with a login of ECR; what it keeps of its own goes into `folder`. */
export async function skopeoAt(endpoint: RegistryEndpoint, folder: string): Promise<Skopeo> {
  const credentials = `AWS:${await endpoint.password()}`
  const run = (...args: readonly string[]): Promise<SkopeoResult> =>
    execa('skopeo', ['--insecure-policy', ...args], {reject: false, env: {XDG_RUNTIME_DIR: folder}})
  const copy = (...args: readonly string[]): Promise<SkopeoResult> =>
    run(
      'copy',
      ...['--src-tls-verify=false', '--dest-tls-verify=false'],
      ...[`--src-creds=${credentials}`, `--dest-creds=${credentials}`],
      ...args,
    )
  return {
    at: (name) => `docker://${endpoint.host}/000000000000/us-east-1/${name}`,
    run,
    async ask(...args) {
      const {exitCode, stdout, stderr} = await run(...args, '--tls-verify=false', `--creds=${credentials}`)
      expect(exitCode, stderr).toBe(0)
      return stdout
    },
    copy,
    async copied(...args) {
      const {exitCode, stderr} = await copy(...args)
      expect(exitCode, stderr).toBe(0)
    },
  }
}
