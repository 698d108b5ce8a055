import type {Scope} from '../scope.js'
import {scopeKey} from '../scope.js'
import type {StatePart} from '../state/part.js'
import {repositoryAlreadyExists, repositoryNotEmpty, repositoryNotFound} from './faults.js'
import type {Repository, RepositorySettings} from './repository.js'
import {defaultSettings} from './repository.js'

/** Every repository of every account and region. */
export class Repositories implements StatePart {
  readonly depth = 2
  readonly #scopes = new Map<string, Map<string, Repository>>()

  find(scope: Scope, repositoryName: string): Repository | undefined {
    return this.#scopes.get(scopeKey(scope))?.get(repositoryName)
  }

  /** @throws AwsFault RepositoryNotFoundException */
  get(scope: Scope, repositoryName: string): Repository {
    const repository = this.find(scope, repositoryName)
    if (repository === undefined) throw repositoryNotFound(scope, repositoryName)
    return repository
  }

  /** The repositories of one account and region, by name. */
  list(scope: Scope): Repository[] {
    const repositories = [...(this.#scopes.get(scopeKey(scope))?.values() ?? [])]
    return repositories.sort((a, b) => (a.repositoryName < b.repositoryName ? -1 : 1))
  }

  /** @throws AwsFault RepositoryAlreadyExistsException */
  create(scope: Scope, repositoryName: string, createdAt: number, settings?: RepositorySettings): Repository {
    if (this.find(scope, repositoryName) !== undefined) throw repositoryAlreadyExists(scope, repositoryName)
    const repository: Repository = {
      account: scope.account,
      region: scope.region,
      repositoryName,
      createdAt,
      settings: settings ?? defaultSettings,
      resourceTags: [],
      images: [],
      layers: [],
    }
    this.#add(repository)
    return repository
  }

  /**
   * Takes a repository away and answers it.
   *
   * @throws AwsFault RepositoryNotFoundException, or RepositoryNotEmptyException when it holds images and `force` is
   * not set
   */
  delete(scope: Scope, repositoryName: string, force: boolean): Repository {
    const repository = this.get(scope, repositoryName)
    if (repository.images.length > 0 && !force) throw repositoryNotEmpty(repository)
    this.#scopes.get(scopeKey(scope))?.delete(repositoryName)
    return repository
  }

  /** False once the repository was deleted, even if another one has its name by now. */
  holds(repository: Repository): boolean {
    return this.find(repository, repository.repositoryName) === repository
  }

  /** Whether any repository still needs the bytes of a layer. */
  anyHasLayer(digest: string): boolean {
    for (const repositories of this.#scopes.values()) {
      for (const {layers} of repositories.values()) if (layers.some((layer) => layer.digest === digest)) return true
    }
    return false
  }

  /** By account and region, then by name. */
  snapshot(): ReadonlyMap<string, ReadonlyMap<string, Repository>> {
    return this.#scopes
  }

  restore(snapshot: unknown): void {
    for (const repositories of Object.values(snapshot as Record<string, Record<string, Repository>>)) {
      for (const repository of Object.values(repositories)) this.#add(repository)
    }
  }

  #add(repository: Repository): void {
    const key = scopeKey(repository)
    const repositories = this.#scopes.get(key) ?? new Map<string, Repository>()
    this.#scopes.set(key, repositories.set(repository.repositoryName, repository))
  }
}
