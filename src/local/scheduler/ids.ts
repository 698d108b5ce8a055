import {randomInt} from 'node:crypto'

/** A source of numbers in [0, 1), so that a seeded one makes every id repeatable. */
export type RandomSource = () => number

/** The random source of a running local AWS. */
export const systemRandom: RandomSource = () => randomInt(2 ** 32) / 2 ** 32

const draw = (random: RandomSource, alphabet: string, length: number): string =>
  Array.from({length}, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('')

const HEX = '0123456789abcdef'
const DIGITS = '0123456789'
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** A task id: 32 hexadecimal digits. */
export const newTaskId = (random: RandomSource): string => draw(random, HEX, 32)

/** The id of an EC2 instance. */
export const newInstanceId = (random: RandomSource): string => `i-0${draw(random, HEX, 16)}`

/** A number of `length` digits that does not begin with zero. */
export const newNumber = (random: RandomSource, length: number): string =>
  draw(random, DIGITS.slice(1), 1) + draw(random, DIGITS, length - 1)

/** A deployment id: `ecs-svc/` and 19 digits. */
export const newDeploymentId = (random: RandomSource): string => `ecs-svc/${newNumber(random, 19)}`

/** The last part of the ARN of a service deployment. */
export const newServiceDeploymentId = (random: RandomSource): string => draw(random, ALPHANUMERIC, 21)

/** A version 4 UUID, as attachments, containers and events bear. */
export function newUuid(random: RandomSource): string {
  const variant = draw(random, '89ab', 1)
  return [
    draw(random, HEX, 8),
    draw(random, HEX, 4),
    `4${draw(random, HEX, 3)}`,
    variant + draw(random, HEX, 3),
    draw(random, HEX, 12),
  ].join('-')
}
