import type {ContainerSpec, TaskSpec} from '../../task-runtime.js'
import type {BroughtImages} from './brought-images.js'
import type {Engine} from './engine.js'
import {EngineError} from './engine-connection.js'
import type {ImageInspection} from './engine-documents.js'
import {pullFailure, wrongPlatform} from './pull-failure.js'
import {pullName} from './reference-name.js'

export interface TaskImagesOptions {
  readonly engine: Engine
  readonly brought: BroughtImages
  /** A login for the local registry. */
  login(): {readonly username: string; readonly password: string}
}

/** An image that the engine has, or why not: a reason that begins with `CannotPullContainerError`. */
export type ProvidedImage = {readonly id: string} | {readonly failure: string}

type Platform = NonNullable<TaskSpec['platform']>

/** Gets the images of tasks into the engine: each one once, however many tasks want it at the same time. */
export class TaskImages {
  readonly #options: TaskImagesOptions
  readonly #underWay = new Map<string, Promise<ProvidedImage>>()

  constructor(options: TaskImagesOptions) {
    this.#options = options
  }

  /** An image of the local registry is pulled by digest; of others the engine's own copy is good, as it is on a machine. */
  async provide({image, imageSource}: ContainerSpec, wanted: TaskSpec['platform']): Promise<ProvidedImage> {
    const {facts} = this.#options.engine
    const platform = wanted ?? {os: facts.os, architecture: facts.architecture}
    const reference = imageSource ?? image
    const key = `${reference} ${platform.os}/${platform.architecture}`
    const known = this.#underWay.get(key)
    if (known !== undefined) return known
    const provided = this.#provide(reference, platform, imageSource !== undefined)
    this.#underWay.set(key, provided)
    try {
      return await provided
    } finally {
      this.#underWay.delete(key)
    }
  }

  async #provide(reference: string, platform: Platform, own: boolean): Promise<ProvidedImage> {
    const name = pullName(reference)
    if (name === undefined) return {failure: `CannotPullContainerError: invalid reference format: ${reference}`}
    const {engine, brought, login} = this.#options
    const {repository, version, resolved} = name
    const present = await engine.findImage(reference)
    if (present !== undefined && fits(present, platform)) return {id: present.Id}
    if (present === undefined) brought.add(reference)
    try {
      const os = `${platform.os}/${platform.architecture}`
      await engine.pullImage({repository, version, platform: os, ...(own && {login: login()})})
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      return {failure: pullFailure(resolved, error.message, platform)}
    }
    const pulled = await engine.findImage(reference)
    return pulled !== undefined && fits(pulled, platform) ? {id: pulled.Id} : {failure: wrongPlatform(platform)}
  }
}

const fits = ({Os, Architecture}: ImageInspection, {os, architecture}: Platform): boolean =>
  Os === os && Architecture === architecture
