import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {inject} from 'vitest'
import {nodeProgram} from './node-program.js'

export interface ProductOptions {
  /** Added to the clean environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Standard input; empty otherwise. */
  readonly input?: string
}

export interface ProductResult {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built program to its end, whatever its exit code. */
export async function runProduct(args: readonly string[], options: ProductOptions = {}): Promise<ProductResult> {
  const {exitCode, stdout, stderr} = await startProduct(args, options)
  return {exitCode, stdout, stderr}
}

/** Starts the built program, for tests that send it signals or read while it runs. It is never rejected. */
export function startProduct(args: readonly string[], {env = {}, cwd, input = ''}: ProductOptions = {}) {
  return execa(nodeProgram, [join(inject('product'), 'bin', 'run.js'), ...args], {
    env: definedOf({...cleanEnvironment(), ...env}),
    extendEnv: false,
    reject: false,
    input,
    ...(cwd !== undefined && {cwd}),
  })
}

/** Nothing of the machine's user: no credentials, no configuration, no color. */
function cleanEnvironment(): Record<string, string | undefined> {
  const home = join(inject('product'), 'home')
  mkdirSync(home, {recursive: true})
  return {PATH: process.env.PATH, HOME: home, NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true'}
}

function definedOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
