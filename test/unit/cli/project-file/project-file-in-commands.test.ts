import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {BaseCommand} from '../../../../src/cli/base-command.js'
import {imageFlags} from '../../../../src/cli/build-flags.js'
import {parsedArg} from '../../../../src/cli/flags.js'
import {taskFlags} from '../../../../src/cli/task-flags.js'
import {publicIpFlag} from '../../../../src/cli/traffic-flags.js'
import {runCommand} from '../../../helpers/run-command.js'

class Create extends BaseCommand<object> {
  static override takesServiceDefaults = true
  static override args = {service: parsedArg((name) => ({ok: true, value: name}))({required: true})}
  static override flags = {...imageFlags, ...taskFlags, ...publicIpFlag}

  async run(): Promise<object> {
    return (await this.parse(Create)).flags
  }
}

class List extends BaseCommand<object> {
  static override args = Create.args
  static override flags = taskFlags

  async run(): Promise<object> {
    return (await this.parse(List)).flags
  }
}

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-'))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  await writeFile(
    join(folder, 'fargate.yml'),
    `cluster: production
services:
  web:
    cpu: 1024
    image: web:1
    env: {A: '1', B: '2'}
    assign-public-ip: false
  broken:
    env: [=x]
`,
  )
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(folder, {recursive: true})
})

const flagsOf = async (...argv: string[]) => (await runCommand(Create, argv)).result

describe('the project file', () => {
  test('sets what is not typed', async () => {
    expect(await flagsOf('web')).toMatchObject({
      cluster: 'production',
      cpu: '1024',
      memory: '512',
      image: 'web:1',
      'assign-public-ip': false,
    })
  })

  test('gives way to the command line, and to the environment', async () => {
    vi.stubEnv('FARGATE_CLUSTER', 'staging')

    expect(await flagsOf('web', '--cpu', '256', '--assign-public-ip')).toMatchObject({
      cluster: 'staging',
      cpu: '256',
      'assign-public-ip': true,
    })
    expect(await flagsOf('web', '--cluster', 'test')).toMatchObject({cluster: 'test'})
  })

  test('gives way to a flag that excludes what it sets', async () => {
    const flags = await flagsOf('web', '--context', 'app')

    expect(flags).toMatchObject({context: 'app'})
    expect(flags).not.toHaveProperty('image')
  })

  test('is joined with typed variables, name by name', async () => {
    expect(await flagsOf('web', '--env', 'B=3')).toMatchObject({
      env: [
        {name: 'A', value: '1'},
        {name: 'B', value: '3'},
      ],
    })
  })

  test('says nothing of other services', async () => {
    expect(await flagsOf('api')).toMatchObject({cluster: 'production', cpu: '256'})
  })

  test('sets only global flags of a command that changes single settings', async () => {
    expect((await runCommand(List, ['web'])).result).toMatchObject({cluster: 'production', cpu: '256'})
  })

  test('is named in the error about a value of it', async () => {
    expect((await runCommand(Create, ['broken'])).stderr).toContain('(env is set in fargate.yml:9)')
  })
})
