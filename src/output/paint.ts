import {styleText} from 'node:util'
import type {Environment, TextStream} from './streams.js'

/** Colors and weights of text; without color each returns its text as it is. */
export interface Paint {
  readonly enabled: boolean
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

export function createPaint(enabled: boolean): Paint {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    enabled ? styleText(format, text, {validateStream: false}) : text
  return {
    enabled,
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    cyan: style('cyan'),
  }
}

/**
 * Whether color goes to a stream. The flag has the last word; FORCE_COLOR wins over NO_COLOR, as in Node.js itself;
 * otherwise only a terminal that can show it gets color.
 */
export function wantsColor(stream: TextStream, env: Environment, noColor: boolean): boolean {
  if (noColor) return false
  if (env.FORCE_COLOR !== undefined) return !/^(0|false)$/.test(env.FORCE_COLOR)
  if (env.NO_COLOR) return false
  return stream.isTTY === true && env.TERM !== 'dumb'
}
