import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {LocalServer} from '../helpers/local-account.js'
import {startLocalServer} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let local: LocalServer
let folder = ''

beforeAll(async () => {
  ;[local, folder] = await Promise.all([startLocalServer(), mkdtemp(join(tmpdir(), 'project-'))])
  await writeFile(
    join(folder, 'fargate.yml'),
    `cluster: production
services:
  web:
    image: public.ecr.aws/docker/library/busybox:1.37
    cpu: 512
    memory: 1GB
    num: 2
    env:
      LOG_LEVEL: debug
      TOKEN: hunter2
`,
  )
})

afterAll(async () => {
  await local?.stop()
  await rm(folder, {recursive: true, force: true})
})

test('a service is created as the project file says, apart from what is typed', async () => {
  const account = local.account()
  const created = await account.run(['service', 'create', 'web', '--num', '1', '--env', 'LOG_LEVEL=info'], {
    cwd: folder,
  })

  expect(created).toMatchObject({exitCode: 0})
  const {clusters, services, taskDefinitions} = await account.state()
  expect(clusters).toMatchObject([{clusterName: 'production'}])
  expect(services).toMatchObject([{serviceName: 'web', desiredCount: 1}])
  expect(taskDefinitions).toMatchObject([
    {
      cpu: '512',
      memory: '1024',
      containerDefinitions: [
        {
          environment: [
            {name: 'TOKEN', value: 'hunter2'},
            {name: 'LOG_LEVEL', value: 'info'},
          ],
        },
      ],
    },
  ])

  const again = await account.run(['service', 'create', 'web', '--num', '1', '--env', 'LOG_LEVEL=info'], {cwd: folder})
  expect(again).toMatchObject({exitCode: 0})
})

test('config shows what counts and where it comes from, and no values of variables', async () => {
  const shown = await runProduct(['config', '--json'], {cwd: folder, env: {AWS_REGION: 'eu-west-1'}})
  const {settings, services} = JSON.parse(shown.stdout)

  expect(shown).toMatchObject({exitCode: 0, stderr: ''})
  expect(shown.stdout).not.toContain('hunter2')
  expect(settings).toContainEqual({name: 'cluster', value: 'production', source: 'fargate.yml:1'})
  expect(settings).toContainEqual({name: 'region', value: 'eu-west-1', source: 'environment AWS_REGION'})
  expect(services[0].settings).toContainEqual({flag: 'env', values: ['LOG_LEVEL', 'TOKEN'], line: 8})
})

test('a mistake in the file is told with its line before anything is done', async () => {
  const path = join(folder, 'wrong.yml')
  await writeFile(path, 'services:\n  web:\n    memroy: 1GB\n')
  const refused = await runProduct(['service', 'list'], {env: {FARGATE_CONFIG: path}})

  expect(refused).toMatchObject({exitCode: 2, stdout: ''})
  expect(refused.stderr).toContain('wrong.yml:3: unknown key "memroy"; did you mean memory?')
})
