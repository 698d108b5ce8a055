import type {ImageConfig} from '../ports.js'
import type {JsonObject} from './json.js'
import {isObject, parseJson, stringList} from './json.js'
import type {Platform} from './repository.js'

export interface ImageFacts {
  readonly platform: Platform
  readonly config: ImageConfig
}

/** Reads the config blob of a container image; undefined for a document that is none. */
export function readImageConfig(text: string): ImageFacts | undefined {
  const document = parseJson(text)
  if (!isObject(document)) return undefined
  const {os, architecture} = document
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined
  return {platform: {os, architecture}, config: readRunSettings(document.config)}
}

function readRunSettings(value: unknown): ImageConfig {
  const settings: JsonObject = isObject(value) ? value : {}
  return {
    entrypoint: stringList(settings.Entrypoint),
    cmd: stringList(settings.Cmd),
    env: stringList(settings.Env),
    labels: readLabels(settings.Labels),
  }
}

function readLabels(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
