import type {Output} from './output.js'
import {createPaint, wantsColor} from './paint.js'
import {createPlainOutput} from './plain.js'
import type {OutputSettings} from './speech.js'
import type {Environment} from './streams.js'
import {createTerminalOutput} from './terminal.js'

export interface OutputChoice extends Omit<OutputSettings, 'paint'> {
  readonly noColor: boolean
  readonly env: Environment
}

/** The output that suits where standard error goes: moving lines only where a person watches a capable terminal. */
export function chooseOutput({noColor, env, ...settings}: OutputChoice): Output {
  const {stderr} = settings.streams
  const paint = createPaint(wantsColor(stderr, env, noColor))
  // Some programs give a terminal without a size, in which a moving line cannot be placed.
  const watched = stderr.isTTY === true && stderr.columns !== 0 && !inCi(env) && env.TERM !== 'dumb'
  const create = watched && !settings.quiet && !settings.json ? createTerminalOutput : createPlainOutput
  return create({...settings, paint})
}

const inCi = (env: Environment): boolean => Boolean(env.CI) && env.CI !== 'false' && env.CI !== '0'
