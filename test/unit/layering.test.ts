import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import type {ICruiseResult} from 'dependency-cruiser'
import {cruise} from 'dependency-cruiser'
import {afterAll, beforeAll, expect, test} from 'vitest'

const {forbidden, options} = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: {name: string}[]
  options: object
}

/** An import, and the rule that it breaks; `allowed` where it breaks none. */
const imports = [
  ['src/lib/a.ts', "import '../errors/errors.js'", 'lib-alone'],
  ['src/output/a.ts', "import '../process/runner.js'", 'base-alone'],
  ['src/output/b.ts', "import '../lib/clock.js'", 'allowed'],
  ['src/aws/a.ts', "import '../output/output.js'", 'aws-alone'],
  ['src/aws/clients.ts', "import '../ecs/sdk.js'", 'aws-clients-lazy'],
  ['src/aws/b.ts', "import type {thing} from '../ecs/sdk.js'", 'allowed'],
  ['src/ecs/a.ts', "import '../ec2/sdk.js'", 'adapters-apart'],
  ['src/docker/a.ts', "import type {thing} from '../git/git.js'", 'adapters-apart'],
  ['src/ecs/b.ts', "import '../aws/settings.js'", 'adapters-get-clients'],
  ['src/ecs/c.ts', "import '../aws/paging.js'", 'allowed'],
  ['src/ecs/d.ts', "import '@aws-sdk/client-ecs'", 'sdk-ecs'],
  ['src/ecs/e.ts', "import type {thing} from '@aws-sdk/client-ecs'", 'allowed'],
  ['src/ecs/sdk.ts', "import '@aws-sdk/client-ecs'", 'allowed'],
  ['src/rollout/a.ts', "import type {thing} from '@aws-sdk/client-ecs'", 'sdk-types'],
  ['src/rollout/b.ts', "import '../actions/context.js'", 'plan-and-rollout'],
  ['src/rollout/c.ts', "import '../ecs/sdk.js'", 'allowed'],
  ['src/actions/service/a.ts', "import '../../cli/context.js'", 'actions'],
  ['src/actions/service/b.ts', "import '../../aws/settings.js'", 'context-as-types'],
  ['src/actions/service/c.ts', "import type {thing} from '../../output/output.js'", 'allowed'],
  ['src/actions/service/d.ts', "import '../../output/output.js'", 'context-as-types'],
  ['commands/a.ts', "import '../src/ecs/sdk.js'", 'commands'],
  ['commands/b.ts', "import '../src/local/server.js'", 'commands-local'],
  ['commands/local/c.ts', "import '../../src/local/server.js'", 'allowed'],
  ['src/cli/a.ts', "import '../../commands/index.js'", 'nobody-imports-commands'],
  ['src/local/a.ts', "import '../ecs/sdk.js'", 'local-alone'],
  ['src/plan/a.ts', "import '../local/server.js'", 'local-started-by-shell'],
  ['src/local/services/ecs/a.ts', "import '../iam/roles.js'", 'local-services-apart'],
  ['src/local/services/ecs/b.ts', "import './roles.js'", 'allowed'],
  ['src/actions/a.ts', "import '@oclif/core'", 'oclif-in-shell'],
  ['src/docker/b.ts', "import 'execa'", 'execa-in-process'],
  ['src/docker/c.ts', "import 'node:child_process'", 'execa-in-process'],
  ['src/output/plain.ts', "import 'ora'", 'ora-in-terminal'],
  ['src/plan/b.ts', "import './c.js'", 'no-cycles'],
  ['src/plan/d.ts', "import './absent.js'", 'no-unresolved'],
  ['src/plan/e.ts', "import 'node:timers/promises'", 'time-and-process-injected'],
  ['src/cli/b.ts', "import 'node:timers/promises'", 'allowed'],
] as const

const targets = [
  'commands/index.ts',
  'src/actions/context.ts',
  'src/aws/paging.ts',
  'src/aws/settings.ts',
  'src/cli/context.ts',
  'src/ec2/sdk.ts',
  'src/errors/errors.ts',
  'src/git/git.ts',
  'src/lib/clock.ts',
  'src/local/server.ts',
  'src/local/services/ecs/roles.ts',
  'src/local/services/iam/roles.ts',
  'src/output/output.ts',
  'src/process/runner.ts',
]

const packages = ['@aws-sdk/client-ecs', '@oclif/core', 'execa', 'ora']

let folder: string
let result: ICruiseResult

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-layers-'))
  for (const target of targets) await write(target, 'export type thing = string\nexport {}\n')
  await write('src/plan/c.ts', "import './b.js'\n")
  for (const name of packages) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({name, main: 'index.js', types: 'index.d.ts'}))
    await write(`node_modules/${name}/index.js`, '')
    await write(`node_modules/${name}/index.d.ts`, 'export type thing = string\n')
  }
  for (const [file, statement] of imports) await write(file, `${statement}\nexport type thing = string\n`)
  const cruised = await cruise(['src', 'commands'], {
    ...options,
    baseDir: folder,
    ruleSet: {forbidden},
    validate: true,
  } as never)
  result = cruised.output as ICruiseResult
})

afterAll(() => rm(folder, {force: true, recursive: true}))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), {recursive: true})
  await writeFile(join(folder, file), text)
}

test.each(imports)('in %s, %s: %s', (file, _, expected) => {
  const broken = result.summary.violations.filter(({from}) => from === file).map(({rule}) => rule.name)

  if (expected === 'allowed') expect(broken).toEqual([])
  else expect(broken).toContain(expected)
})

test('has an example for each rule', () => {
  const shown = new Set<string>(imports.map(([, , rule]) => rule))
  const sdkRules = forbidden.filter(({name}) => name.startsWith('sdk-') && name !== 'sdk-types').map(({name}) => name)

  expect(forbidden.map(({name}) => name).filter((name) => !shown.has(name) && !sdkRules.includes(name))).toEqual([])
})
