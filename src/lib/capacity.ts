import type {Parsed} from './parsed.js'
import {checked, invalid, valid} from './parsed.js'
import {parseWholeNumber, shown} from './whole-number.js'

export const launchTypes = ['FARGATE', 'EC2'] as const
export type LaunchType = (typeof launchTypes)[number]

/** One capacity provider and its share of the tasks. */
export interface CapacityProviderShare {
  readonly capacityProvider: string
  /** 0 to 1000, beside those of the other providers. */
  readonly weight: number
  /** How many tasks it gets before the weights count, 0 to 100,000. */
  readonly base: number
}

/** Where tasks run: on a launch type, or by a strategy of capacity providers. */
export type Capacity =
  | {readonly launchType: LaunchType; readonly strategy?: undefined}
  | {readonly launchType?: undefined; readonly strategy: readonly CapacityProviderShare[]}

/** Where a task definition can run. */
export const compatibilities = ['fargate', 'ec2', 'both'] as const
export type Compatibility = (typeof compatibilities)[number]

const MAX_WEIGHT = 1000
const MAX_BASE = 100_000
/** UpdateService, CreateService and RunTask take so many. */
const MAX_PROVIDERS = 20
const FARGATE_PROVIDERS: readonly string[] = ['FARGATE', 'FARGATE_SPOT']

/** Whether a capacity provider is Fargate's, and not that of an Auto Scaling group. */
export const isFargateProvider = (name: string): boolean => FARGATE_PROVIDERS.includes(name)

/** Whether tasks run on container instances, and not on Fargate. */
export const isOnEc2 = ({launchType, strategy = []}: Capacity): boolean =>
  launchType === 'EC2' || strategy.some(({capacityProvider}) => !isFargateProvider(capacityProvider))

/** Reads `<name>`, `<name>=<weight>` or `<name>=<weight>,<base>`; the weight is 1 where it is not given. */
export function parseCapacityProvider(text: string): Parsed<CapacityProviderShare> {
  const [, capacityProvider = '', weightText = '1', baseText = '0'] =
    /^([^=,]+)(?:=([^=,]*)(?:,([^=,]*))?)?$/.exec(text) ?? []
  const weight = parseWholeNumber(weightText)
  const base = parseWholeNumber(baseText)
  const what = `capacity provider ${shown(text)} is not valid`
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(capacityProvider)) {
    return invalid(`${what}: use <name>, <name>=<weight> or <name>=<weight>,<base>`)
  }
  if (weight === undefined || weight > MAX_WEIGHT) return invalid(`${what}: the weight is from 0 to ${MAX_WEIGHT}`)
  if (base === undefined || base > MAX_BASE) return invalid(`${what}: the base is from 0 to ${MAX_BASE}`)
  return valid({capacityProvider, weight, base})
}

/** Checks what ECS demands of a strategy as a whole. */
export function checkStrategy(strategy: readonly CapacityProviderShare[]): Parsed<readonly CapacityProviderShare[]> {
  return checked(strategy, strategyProblem(strategy))
}

function strategyProblem(strategy: readonly CapacityProviderShare[]): string | undefined {
  const names = strategy.map(({capacityProvider}) => capacityProvider)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  const onFargate = names.filter(isFargateProvider)
  if (strategy.length > MAX_PROVIDERS)
    return `there are ${strategy.length} capacity providers: use at most ${MAX_PROVIDERS}`
  if (twice !== undefined) return `capacity provider ${twice} is named twice: name it once`
  if (onFargate.length > 0 && onFargate.length < names.length) {
    return `${names.join(' and ')} do not go together: use those of Fargate, or those of Auto Scaling groups`
  }
  const based = strategy.filter(({base}) => base > 0)
  if (based.length > 1) return 'several capacity providers have a base: give it to one'
  if (strategy.every(({weight}) => weight === 0)) return 'no capacity provider has a weight: give one of them 1 or more'
  return undefined
}

/** `FARGATE`, or `blue=1, green=3 (base 2)`. */
export function formatCapacity({launchType, strategy = []}: Capacity): string {
  if (launchType !== undefined) return launchType
  return strategy
    .map(({capacityProvider, weight, base}) => `${capacityProvider}=${weight}${base > 0 ? ` (base ${base})` : ''}`)
    .join(', ')
}

/** Whether two are the same, whatever the order of their providers. */
export const isSameCapacity = (one: Capacity, other: Capacity): boolean => canonicalOf(one) === canonicalOf(other)

const canonicalOf = ({launchType, strategy = []}: Capacity): string =>
  JSON.stringify([launchType, strategy.map((share) => Object.entries(share).sort().join()).sort()])

/** A task definition's `requiresCompatibilities`. */
export function requiredCompatibilities(compatibility: Compatibility): LaunchType[] {
  if (compatibility === 'both') return ['EC2', 'FARGATE']
  return compatibility === 'ec2' ? ['EC2'] : ['FARGATE']
}
