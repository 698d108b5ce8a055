import table from './constraints.json' with {type: 'json'}
import {exceptions} from './exceptions.js'

/** What AWS's published model demands of the values of one shape. */
export interface Limits {
  /** Of a string, list, map or blob the length, of a number its value. */
  readonly min?: number
  readonly max?: number
  /** Matches a string as a whole; the source of a regular expression of Java. */
  readonly pattern?: string
  readonly enum?: readonly string[]
}

/** A shape with limits, or with others below it; of its parts only those that have any. */
export interface LimitedShape extends Limits {
  readonly type: string
  readonly members?: Readonly<Record<string, string>>
  readonly item?: string
  readonly key?: string
  readonly value?: string
}

export interface ServiceModel {
  readonly version: string
  /** The shape of each operation's input; null where nothing in it has a limit. */
  readonly operations: Readonly<Record<string, string | null>>
  readonly shapes: Readonly<Record<string, LimitedShape>>
}

const services = table.services as unknown as Readonly<Record<string, ServiceModel>>

/** Models are named otherwise than services sign for one only: the other load balancing is the classic one. */
const modelName = (signingName: string): string => (signingName === 'elasticloadbalancing' ? 'elbv2' : signingName)

const enforced = new Map<string, ServiceModel | undefined>()

/** The limits of a service that are checked before its handlers run; undefined for a service without a model here. */
export function serviceModel(signingName: string): ServiceModel | undefined {
  const name = modelName(signingName)
  if (!enforced.has(name)) enforced.set(name, withoutExceptions(name))
  return enforced.get(name)
}

function withoutExceptions(name: string): ServiceModel | undefined {
  const model = services[name]
  if (model === undefined) return undefined
  const shapes = {...model.shapes}
  for (const {shape, limits} of exceptions[name] ?? []) {
    const excepted: Readonly<Record<string, unknown>> = Object.fromEntries(limits.map((limit) => [limit, undefined]))
    const found = shapes[shape]
    if (found !== undefined) shapes[shape] = {...found, ...excepted} as LimitedShape
  }
  return {...model, shapes}
}
