import type {IncomingMessage, ServerResponse} from 'node:http'
import type {ImagesPort} from '../ports.js'
import type {Scope} from '../scope.js'
import type {StatePart} from '../state/part.js'
import {handleRegistryRequest} from './http/handler.js'
import {createImages} from './image-pull.js'
import type {SeededImage, SeedOptions} from './image-seed.js'
import {seedImage} from './image-seed.js'
import type {RegistryStore, StoreOptions} from './store.js'
import {createStore} from './store.js'
import type {IssuedToken} from './tokens.js'

/** The registry that stands for ECR, in one object for the server. */
export interface Registry {
  /** What the ECR service works on. */
  readonly store: RegistryStore
  readonly images: ImagesPort
  /** Answers a request whose path is below `/v2/`. Layers take their time: the server must not limit it. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Puts a tiny valid image into a repository, which is made where it is missing. */
  seed(scope: Scope, repositoryName: string, tag: string, options?: SeedOptions): Promise<SeededImage>
  /** A login for docker, as GetAuthorizationToken gives it. */
  issueToken(): IssuedToken
  /** The repositories with everything in them but the layers' bytes. */
  readonly state: StatePart
  readonly tokens: StatePart
  /** Removes blobs that no repository has; to be called once the state is restored. */
  prune(): void
  /** Throws away uploads that are under way. */
  close(): void
}

export function createRegistry(options: StoreOptions): Registry {
  const store = createStore(options)
  return {
    store,
    images: createImages(store),
    handle: (request, response) => handleRegistryRequest(store, request, response),
    seed: (scope, repositoryName, tag, seedOptions) => seedImage(store, scope, repositoryName, tag, seedOptions),
    issueToken: () => store.tokens.issue(),
    state: store.repositories,
    tokens: store.tokens,
    prune: () => store.blobs.keepOnly((digest) => store.repositories.anyHasLayer(digest)),
    close: () => {
      store.uploads.close()
      store.blobs.close()
    },
  }
}
