import type {StepProgress} from '../output/output.js'

/** What a step gets while it is applied. */
export interface StepRun extends StepProgress {
  /** Aborted when the command is cancelled or another step fails; long local work stops on it. */
  readonly signal: AbortSignal
}

/** What a look finds: things as wanted, a thing to be made, or a thing to be changed or deleted. */
export type Found<Value> =
  | {readonly state: 'present'; readonly value: Value}
  | {readonly state: 'absent'; readonly detail?: string}
  | {
      readonly state: 'differs'
      readonly value: Value
      readonly detail: string
      readonly change?: 'update' | 'delete'
    }

/** A step of any kind, for lists and the runner. */
// biome-ignore lint/suspicious/noExplicitAny: the value of a step is only known to the steps that need it
export type AnyStep = Step<any>

export type Needs = Readonly<Record<string, AnyStep>>

export type ValueOf<Of> = Of extends Step<infer Value> ? Value : never

/** What the needs of a step hold before anything is changed: `undefined` for what is still to be made. */
export type Looked<Of extends Needs> = {readonly [Name in keyof Of]: ValueOf<Of[Name]> | undefined}

/** What the needs of a step hold once they are applied. */
export type Applied<Of extends Needs> = {readonly [Name in keyof Of]: ValueOf<Of[Name]>}

/** One convergent piece of work: sees what is there and makes it as wanted. Running it again changes nothing. */
export interface Step<Value> {
  readonly id: string
  /** The thing, with its kind and name: `target group fargate-web`. */
  readonly title: string
  readonly needs: Needs
  /** Local work that changes nothing on AWS: may run while the looks of other steps are still under way. */
  readonly local: boolean
  /** What is shown while it is applied, in place of `Creating`: `Building`. */
  readonly doing: string | undefined
  look(needs: Readonly<Record<string, unknown>>): Promise<Found<Value>>
  apply(needs: Readonly<Record<string, unknown>>, found: Found<Value>, run: StepRun): Promise<Value>
}

export interface StepDefinition<Value, Of extends Needs> {
  readonly id: string
  readonly title: string
  readonly needs?: Of
  readonly local?: boolean
  readonly doing?: string
  look(needs: Looked<Of>): Promise<Found<Value>>
  /** Left out for a pure look-up, whose look answers `present` or throws. */
  apply?(needs: Applied<Of>, found: Found<Value>, run: StepRun): Promise<Value>
}

/** Defines a step; the types of its needs' values come from the steps given. */
export function step<Value, Of extends Needs = Record<never, never>>(
  definition: StepDefinition<Value, Of>,
): Step<Value> {
  const {id, title, needs, local = false, doing, look, apply} = definition
  return {
    id,
    title,
    needs: needs ?? {},
    local,
    doing,
    look: look as Step<Value>['look'],
    apply:
      (apply as Step<Value>['apply'] | undefined) ??
      (() => Promise.reject(new Error(`step ${id} is a look-up and has nothing to apply`))),
  }
}

/** A step whose thing is always there: a look-up that others need. */
export function lookUp<Value, Of extends Needs = Record<never, never>>(definition: {
  readonly id: string
  readonly title: string
  readonly needs?: Of
  find(needs: Looked<Of>): Promise<Value>
}): Step<Value> {
  const {find, ...rest} = definition
  return step({...rest, look: async (needs: Looked<Of>) => ({state: 'present', value: await find(needs)})})
}

/** A step for a value that is known already. */
export const known = <Value>(id: string, value: Value): Step<Value> =>
  lookUp({id, title: id, find: () => Promise.resolve(value)})

/** One step that stands for several which are only waited for. */
export const joined = (id: string, steps: readonly AnyStep[]): Step<void> =>
  lookUp({
    id,
    title: id,
    needs: Object.fromEntries(steps.map((each) => [each.id, each])),
    find: () => Promise.resolve(),
  })
