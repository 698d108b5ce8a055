import {parseDuration} from './duration.js'
import type {Parsed} from './parsed.js'
import {checked, invalid} from './parsed.js'
import type {NumberRule} from './whole-number.js'
import {numberProblem, rangeProblem} from './whole-number.js'

/** Settings that AWS takes in seconds. */
export const secondsSettings = {
  /** How long a target group lets a target that leaves finish its requests. */
  deregistrationDelay: {name: 'deregistration delay', min: 0, max: 3600, unit: 'seconds'},
  /** How long ECS leaves a task alone that fails its health checks after its start. */
  healthCheckGracePeriod: {name: 'health check grace period', min: 0, max: 2_147_483_647, unit: 'seconds'},
  /** How long a container has between SIGTERM and SIGKILL; 120 is the most on Fargate. */
  stopTimeout: {name: 'stop timeout', min: 2, max: 120, unit: 'seconds'},
} as const satisfies Readonly<Record<string, NumberRule>>

export type SecondsSetting = keyof typeof secondsSettings

/** Reads a setting as a number of seconds or a duration such as `90s` or `2m`. Answers seconds. */
export function parseSeconds(setting: SecondsSetting, text: string): Parsed<number> {
  const rule = secondsSettings[setting]
  const milliseconds = parseDuration(text)
  if (!milliseconds.ok) return invalid(rangeProblem(text, rule))
  const seconds = milliseconds.value / 1000
  return checked(seconds, numberProblem(seconds, rule) === undefined ? undefined : rangeProblem(text, rule))
}

/** The problem of a setting in seconds, or `undefined`. */
export function secondsProblem(setting: SecondsSetting, seconds: number): string | undefined {
  return numberProblem(seconds, secondsSettings[setting])
}
