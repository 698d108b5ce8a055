import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {execa} from 'execa'

/** An AWS CLI of this machine. */
export interface CliProgram {
  readonly path: string
  readonly major: number
  readonly minor: number
}

export interface CliResult {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** What the AWS CLI says of an error that AWS has answered with. */
export interface CliError {
  readonly code: string
  readonly operation: string
  readonly message: string
}

/**
 * The AWS CLI as one account uses it; nothing of the machine's user has an influence. A command is a line of words
 * without quotes, and then arguments that may have blanks.
 */
export interface AwsCli {
  /** Runs a command to its end, whatever its exit code. */
  run(line: string, ...more: readonly string[]): Promise<CliResult>
  /** The standard output, trimmed, of a command that has to succeed. */
  text(line: string, ...more: readonly string[]): Promise<string>
  /** The same, read as JSON; undefined where nothing is printed. */
  json(line: string, ...more: readonly string[]): Promise<unknown>
  /** What a JMESPath query finds, its values one after the other. */
  values(line: string, query: string): Promise<string[]>
  /** The error of a command that AWS has to refuse. */
  error(line: string, ...more: readonly string[]): Promise<CliError>
}

/**
 * The programs named `aws` of this machine that are what their name says: a version manager may have left a stub. The
 * second major version comes first.
 *
 * @throws Error in CI, where there must be one
 */
export async function findAwsClis(env: NodeJS.ProcessEnv = process.env): Promise<CliProgram[]> {
  const folders = new Set([...(env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'])
  const asked = await Promise.all([...folders].map((folder) => askVersion(join(folder, 'aws'))))
  const found = asked.filter((program) => program !== undefined)
  if (found.length === 0 && env.CI) throw new Error('no AWS CLI is installed')
  return found.sort((a, b) => b.major - a.major)
}

async function askVersion(path: string): Promise<CliProgram | undefined> {
  const {exitCode, stdout = '', stderr = ''} = await execa(path, ['--version'], {reject: false})
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)\./.exec(`${stdout}${stderr}`) ?? []
  return exitCode === 0 && major !== undefined ? {path, major: Number(major), minor: Number(minor)} : undefined
}

/** The AWS CLI on an endpoint. Each start costs up to a second of CPU, so two run at a time. */
export function awsCli(program: CliProgram, endpoint: string, account: string): AwsCli {
  const run = (line: string, ...more: readonly string[]) =>
    inTurn(() => start(program, account, ['--endpoint-url', endpoint, ...line.split(' '), ...more]))
  const text = async (line: string, ...more: readonly string[]): Promise<string> => {
    const {exitCode, stdout, stderr} = await run(line, ...more)
    if (exitCode !== 0) throw new Error(`aws ${line} exits ${exitCode}: ${stderr}`)
    return stdout.trim()
  }
  return {
    run,
    text,
    async json(line, ...more) {
      const output = await text(line, ...more, '--output', 'json')
      return output === '' ? undefined : JSON.parse(output)
    },
    async values(line, query) {
      const output = await text(line, '--output', 'text', '--query', query)
      return output.split(/\s+/).filter((value) => value !== '')
    },
    async error(line, ...more) {
      const result = await run(line, ...more)
      return readError(program, `aws ${line}`, result)
    },
  }
}

/** AWS's refusal is exit code 254, and 255 in the first major version, which has it for all errors. */
function readError({major}: CliProgram, command: string, {exitCode, stderr}: CliResult): CliError {
  const found = /^An error occurred \((\S+)\) when calling the (\w+) operation: (.+)$/s.exec(stderr.trim())
  if (found === null || exitCode !== (major === 1 ? 255 : 254)) {
    throw new Error(`${command} exits ${exitCode}, not with an error of AWS: ${stderr}`)
  }
  const [, code = '', operation = '', message = ''] = found
  return {code, operation, message}
}

async function start({path}: CliProgram, account: string, args: readonly string[]): Promise<CliResult> {
  const home = await mkdtemp(join(tmpdir(), 'aws-cli-'))
  try {
    await mkdir(join(home, '.aws'))
    await writeFile(join(home, '.aws', 'config'), '[default]\ncli_timestamp_format = iso8601\n')
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LC_ALL: 'C.UTF-8',
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    }
    const {exitCode, stdout, stderr} = await execa(path, args, {env, extendEnv: false, reject: false})
    return {exitCode, stdout, stderr}
  } finally {
    await rm(home, {recursive: true, force: true})
  }
}

const waiting: (() => void)[] = []
let running = 0

async function inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
  if (running < 2) running++
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await run()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}
