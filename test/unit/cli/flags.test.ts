import {Args, Flags} from '@oclif/core'
import {afterEach, expect, test, vi} from 'vitest'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {
  dryRunFlag,
  durationFlag,
  listFlag,
  parsedArg,
  parsedFlag,
  repeatableFlag,
  textListFlag,
  waitFlags,
  yesFlag,
  yesNoFlag,
} from '../../../src/cli/flags.js'
import {parsePort} from '../../../src/lib/port-expression.js'
import {parseScale} from '../../../src/lib/scale-expression.js'
import {runCommand} from '../../helpers/run-command.js'

class Probe extends BaseCommand<object> {
  static override args = {
    name: Args.string({required: true, description: 'name of the service'}),
    scale: parsedArg(parseScale)(),
  }
  static override flags = {
    ...waitFlags,
    ...yesFlag,
    ...dryRunFlag,
    breaker: yesNoFlag({description: 'a breaker'}),
    pause: durationFlag({description: 'a pause'}),
    port: parsedFlag(parsePort)({char: 'p'}),
    ports: listFlag(parsePort)(),
    subnet: textListFlag(),
    variable: repeatableFlag((text) => ({ok: true, value: text}))({char: 'e'}),
    scheme: Flags.option({options: ['internal', 'internet-facing'] as const})(),
  }

  async run(): Promise<object> {
    const {args, flags} = await this.parse(Probe)
    // Checked by the compiler: what the factories promise.
    const typed: {timeout: number; pause: number | undefined; wait: boolean; subnet: string[] | undefined} = flags
    void typed
    return {args, flags}
  }
}

async function parse(...argv: string[]) {
  const {result, error, stderr} = await runCommand(Probe, argv)
  return {error, stderr, ...(result as {args: Record<string, unknown>; flags: Record<string, unknown>} | undefined)}
}

afterEach(() => {
  vi.unstubAllEnvs()
})

test('waits for twenty minutes unless told otherwise', async () => {
  expect((await parse('web')).flags).toMatchObject({wait: true, timeout: 1_200_000})
  expect((await parse('web', '--no-wait', '--timeout', '90s')).flags).toMatchObject({wait: false, timeout: 90_000})
  expect((await parse('web', '--wait=false')).flags).toMatchObject({wait: false})
})

test.each([
  [[], undefined],
  [['--breaker'], true],
  [['--no-breaker'], false],
  [['--breaker=false'], false],
] as const)('a yes-or-no flag says with %j that it is %s', async (words, expected) => {
  expect((await parse('web', ...words)).flags?.breaker).toBe(expected)
})

test.each(['-2', '+2', '5'])('takes %s as the scale without --', async (text) => {
  const {args} = await parse('web', text)

  expect(args).toEqual({name: 'web', scale: parseScale(text).ok && (parseScale(text) as {value: unknown}).value})
})

test('names the flag whose value breaks its grammar', async () => {
  const {error, stderr} = await parse('web', '--port', 'http:x')

  expect(error).toMatchObject({code: 'VALUE_INVALID', exitCode: 2})
  expect(stderr).toMatch(/^Error: --port: port x is not valid/)
  expect(stderr).not.toContain('Parsing')
})

test('names the argument whose value breaks its grammar', async () => {
  expect((await parse('web', '5x')).stderr).toMatch(/^Error: SCALE: scale /)
})

test('takes lists with commas and as repeated flags', async () => {
  const {flags} = await parse('web', '--subnet', 'a,b', '--subnet', 'c', '--ports', '80,443')

  expect(flags?.subnet).toEqual(['a', 'b', 'c'])
  expect(flags?.ports).toHaveLength(2)
})

test('refuses an empty value in a list', async () => {
  expect((await parse('web', '--subnet', 'a,,b')).stderr).toContain('--subnet: a value is empty')
})

test('keeps commas in the values of a repeatable flag, and the argument behind it', async () => {
  const {args, flags} = await parse('-e', 'LIST=a,b', '-e', 'X=1', 'web')

  expect(flags?.variable).toEqual(['LIST=a,b', 'X=1'])
  expect(args).toEqual({name: 'web'})
})

test('refuses a value that is none of the options', async () => {
  const {error, stderr} = await parse('web', '--scheme', 'public')

  expect(error).toMatchObject({exitCode: 2})
  expect(stderr).toBe(
    'Error: expected --scheme=public to be one of: internal, internet-facing\nTry: fargate probe --help\n',
  )
})

test('names a missing argument, and never takes it from standard input', async () => {
  expect((await parse()).stderr).toBe('Error: missing argument NAME (name of the service)\nTry: fargate probe --help\n')
})

test('names an argument too many', async () => {
  expect((await parse('web', '5', 'extra')).stderr).toContain('Error: unexpected argument extra\n')
})

test.each([
  ['--cluster', 'a b', 'CLUSTER_INVALID'],
  ['--region', 'useast1', 'REGION_INVALID'],
  ['--region', 'us-east-1 ', 'REGION_INVALID'],
])('refuses %s %j', async (flag, value, code) => {
  expect((await parse('web', flag, value)).error).toMatchObject({code, exitCode: 2})
})

test.each(['us-east-1', 'us-gov-west-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1', 'ap-southeast-7'])(
  'takes the region %s',
  async (region) => {
    expect((await parse('web', '--region', region)).flags).toMatchObject({region})
  },
)

test('takes global flags from the environment unless the flag is given', async () => {
  vi.stubEnv('FARGATE_CLUSTER', 'blue')
  vi.stubEnv('FARGATE_QUIET', 'true')

  expect((await parse('web')).flags).toMatchObject({cluster: 'blue', quiet: true})
  expect((await parse('web', '--cluster', 'green')).flags).toMatchObject({cluster: 'green'})
})

test('is called fargate where no cluster is named', async () => {
  expect((await parse('web')).flags).toMatchObject({cluster: 'fargate', local: false, verbose: false})
})
