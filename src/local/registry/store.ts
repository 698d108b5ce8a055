import type {Clock} from '../clock.js'
import type {Blobs} from './blobs.js'
import {createBlobs} from './blobs.js'
import {DownloadLinks} from './download-links.js'
import {Repositories} from './repositories.js'
import type {Layer, Repository} from './repository.js'
import {addLayer} from './repository.js'
import {Tokens} from './tokens.js'
import type {Upload} from './upload.js'
import {Uploads} from './uploads.js'

export interface StoreOptions {
  readonly clock: Clock
  /** 0 up to 1; names uploads and made-up keys, nothing that must not be guessed. */
  readonly random: () => number
  /** The password of one login. The default cannot be guessed; a test may give its own. */
  readonly secret?: () => string
  /** Host and port at which docker reaches the registry, for instance `127.0.0.1:4566`. */
  readonly host: () => string
  /** Where earlier runs were reached, as task definitions may still name it. */
  readonly formerHosts?: () => readonly string[]
  /** Where layers are kept; in memory where none is given. */
  readonly blobsFolder?: string
}

/** What ECR's API and the registry protocol both work on: an image pushed by one is seen by the other. */
export interface RegistryStore {
  readonly clock: Clock
  readonly random: () => number
  readonly host: () => string
  readonly formerHosts: () => readonly string[]
  readonly repositories: Repositories
  readonly blobs: Blobs
  readonly uploads: Uploads
  readonly tokens: Tokens
  readonly downloadLinks: DownloadLinks
}

export function createStore(options: StoreOptions): RegistryStore {
  const {clock, random, host, formerHosts = () => []} = options
  const blobs = createBlobs(options.blobsFolder)
  return {
    clock,
    random,
    host,
    formerHosts,
    blobs,
    repositories: new Repositories(),
    uploads: new Uploads({blobs, clock, random}),
    tokens: new Tokens(clock, options.secret),
    downloadLinks: new DownloadLinks(clock),
  }
}

/** Makes what an upload received a layer of its repository. Synchronous, so that nobody deletes it in between. */
export function commitUpload({uploads}: RegistryStore, repository: Repository, upload: Upload): Layer {
  upload.keep()
  uploads.finish(upload)
  const layer = {digest: upload.digest(), size: upload.size}
  addLayer(repository, layer)
  return layer
}

/** Frees the bytes of a repository that was just taken away, but for those that another one shares. */
export function releaseRepository({repositories, uploads, blobs}: RegistryStore, repository: Repository): void {
  uploads.discardOf(repository)
  for (const {digest} of repository.layers) if (!repositories.anyHasLayer(digest)) blobs.delete(digest)
}
