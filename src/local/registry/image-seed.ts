import {gzipSync} from 'node:zlib'
import type {ImageConfig} from '../ports.js'
import type {Scope} from '../scope.js'
import {digestOf} from './digest.js'
import {pushImage} from './image-push.js'
import {dockerConfig, dockerLayer, dockerManifest} from './media-types.js'
import type {Layer, Repository} from './repository.js'
import {registryPath} from './repository.js'
import type {RegistryStore} from './store.js'
import {commitUpload} from './store.js'

export interface SeedOptions {
  /** What the image says of how to run it; all of it may be left out. */
  readonly config?: Partial<ImageConfig>
  /** `amd64` (the default) or `arm64`. */
  readonly architecture?: string
}

export interface SeededImage {
  readonly digest: string
  /** What a task definition names it by, with the tag. */
  readonly reference: string
}

/** An archive with nothing in it: two blocks of zeros. */
const emptyTar = Buffer.alloc(1024)

/**
 * Puts a valid image with one empty layer into a repository, which is made where it is missing, so that services can be
 * tried without docker.
 */
export async function seedImage(
  store: RegistryStore,
  scope: Scope,
  repositoryName: string,
  tag: string,
  options: SeedOptions = {},
): Promise<SeededImage> {
  const {repositories, clock, host} = store
  const repository = repositories.find(scope, repositoryName) ?? repositories.create(scope, repositoryName, clock.now())
  const layer = await addBlob(store, repository, dockerLayer, gzipSync(emptyTar))
  const config = await addBlob(store, repository, dockerConfig, Buffer.from(JSON.stringify(configDocument(options))))
  const manifest = JSON.stringify({schemaVersion: 2, mediaType: dockerManifest, config, layers: [layer]})
  const {digest} = await pushImage(store, repository, {manifest, tag})
  return {digest, reference: `${host()}/${registryPath(repository)}:${tag}`}
}

const configDocument = ({config = {}, architecture = 'amd64'}: SeedOptions): object => ({
  architecture,
  os: 'linux',
  config: {Entrypoint: config.entrypoint, Cmd: config.cmd, Env: config.env, Labels: config.labels},
  rootfs: {type: 'layers', diff_ids: [digestOf(emptyTar)]},
})

async function addBlob(
  store: RegistryStore,
  repository: Repository,
  mediaType: string,
  content: Buffer,
): Promise<Layer & {mediaType: string}> {
  const upload = store.uploads.begin(repository)
  await upload.append(chunks(content))
  return {mediaType, ...commitUpload(store, repository, upload)}
}

async function* chunks(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content
}
