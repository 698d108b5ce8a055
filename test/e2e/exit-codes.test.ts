import {afterAll, beforeAll, expect, test} from 'vitest'
import type {FakeDocker} from '../helpers/fake-docker.js'
import {createFakeDocker} from '../helpers/fake-docker.js'
import type {LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let local: LocalServer
const dockers: FakeDocker[] = []

beforeAll(async () => {
  local = await startLocalServer()
})

afterAll(async () => {
  await local?.stop()
  await Promise.all(dockers.map((docker) => docker.remove()))
})

async function dockerThat(failure?: 'daemon-down' | 'push-denied'): Promise<FakeDocker> {
  const docker = await createFakeDocker(failure)
  dockers.push(docker)
  return docker
}

/** What an account holds before anything is made in it. */
const counts = async (account: ReturnType<LocalServer['account']>) => {
  const {services, taskDefinitions, repositories, logGroups, clusters} = await account.state()
  return [services, taskDefinitions, repositories, logGroups, clusters].map(({length}) => length)
}

test.concurrent('exits 127 for an unknown command', async () => {
  expect(await runProduct(['service', 'crate', 'web'])).toMatchObject({
    exitCode: 127,
    stdout: '',
    stderr: expect.stringContaining('did you mean fargate service create?'),
  })
})

test.concurrent('exits 3 where docker is missing, before anything is changed', async () => {
  const account = local.account()
  const docker = await dockerThat()
  const cwd = await docker.project('FROM scratch\n')

  const {exitCode, stdout, stderr} = await account.run(['service', 'create', 'web'], {cwd, env: {PATH: cwd}})

  expect(stderr).toMatch(/^Error: cannot run docker: it is not installed or not on the PATH$/m)
  expect(stderr).toMatch(/^Try: install Docker: https:/m)
  expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''})
  expect(await counts(account)).toEqual([0, 0, 0, 0, 0])
})

test.concurrent('exits 3 where the docker daemon is down, before anything is changed', async () => {
  const account = local.account()
  const docker = await dockerThat('daemon-down')
  const options = {cwd: await docker.project('FROM scratch\n'), env: docker.env}

  const {exitCode, stderr} = await account.run(['service', 'create', 'web'], options)

  expect(stderr).toContain('Is the docker daemon running?')
  expect(stderr).toMatch(/^Try: start Docker Desktop, or on Linux: sudo systemctl start docker$/m)
  expect(exitCode).toBe(3)
  expect(await counts(account)).toEqual([0, 0, 0, 0, 0])
})

test.concurrent('exits 3 with the last lines of a failed build, in text and as details, and no task definition', async () => {
  const account = local.account()
  const docker = await dockerThat()
  const options = {cwd: await docker.project('FROM scratch\nCOPY . .\nRUN false && make all\n'), env: docker.env}

  const text = await account.run(['service', 'create', 'web'], options)
  const json = await account.run(['service', 'create', 'web', '--json'], options)

  expect(text.stderr).toMatch(/^Error: the image build failed/m)
  expect(text.stderr).toMatch(/^ {2}#6 0\.231 make: \*\*\* No rule to make target 'all'\. {2}Stop\.$/m)
  expect(text.stderr).toMatch(/^Try: .*docker\.mjs build --platform linux\/amd64/m)
  const {error} = JSON.parse(json.stdout)
  expect(error).toMatchObject({code: 'IMAGE_BUILD_FAILED', details: {exitCode: 1}})
  expect(error.details.output).toContain("#6 0.231 make: *** No rule to make target 'all'.  Stop.")
  expect([text.exitCode, json.exitCode]).toEqual([3, 3])
  expect(await account.state()).toMatchObject({services: [], taskDefinitions: []})
})

test.concurrent('exits 3 with the reason of a denied push', async () => {
  const account = local.account()
  const docker = await dockerThat('push-denied')
  const options = {cwd: await docker.project('FROM scratch\n'), env: docker.env}

  const {exitCode, stderr} = await account.run(['service', 'create', 'web'], options)

  expect(stderr).toMatch(/^Error: cannot push .*: the credentials lack a permission on the repository$/m)
  expect(stderr).toContain('is not authorized to perform: ecr:InitiateLayerUpload')
  expect(exitCode).toBe(3)
  expect(await account.state()).toMatchObject({services: [], taskDefinitions: []})
})

test.concurrent('exits 4 without credentials, for each command that needs AWS', async () => {
  const commands = [
    ['service', 'list'],
    ['service', 'create', 'web', '--image', 'nginx'],
    ['service', 'destroy', 'web', '--force', '--yes'],
    ['lb', 'create', 'front', '--port', '80'],
  ]
  const env = {AWS_REGION: 'us-east-1'}
  const results = await Promise.all(commands.map((args) => runProduct(args, {env})))

  for (const {exitCode, stdout, stderr} of results) {
    expect(stderr).toMatch(/^Error: no usable AWS credentials/m)
    expect(stderr).toMatch(/^Try: .*--local$/m)
    expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''})
  }
})

test.concurrent('exits 5 where AWS refuses, and tells what there is', async () => {
  const account = local.account()

  const {exitCode, stdout, stderr} = await account.run(['service', 'deploy', 'web', '--image', 'nginx'])

  expect(stderr.split('\n')).toEqual([
    'Error: service web does not exist in cluster fargate',
    'Try: see what there is: fargate service list --cluster fargate',
  ])
  expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''})
})

test.concurrent('exits 6 for a first deployment that fails, with reason, exit code and last log lines of the container', async () => {
  const account = local.account()

  const {exitCode, stdout, stderr} = await account.run([
    'service',
    'create',
    'web',
    '--image',
    exampleImage(local, 'crash'),
  ])

  expect(stderr).toMatch(
    /^Error: service web failed to deploy: ECS deployment circuit breaker: tasks failed to start\.$/m,
  )
  expect(stderr).toMatch(
    /^ {2}last task [0-9a-f]{32}: Essential container in task exited; container web: exit code 1$/m,
  )
  expect(stderr).toMatch(/^ {6}fatal: DATABASE_URL is not set$/m)
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('Try: fargate service logs web')
  expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
})

test.concurrent('exits 6 for a deployment that is rolled back, with the same in the details, and the old version goes on', async () => {
  const account = local.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])

  const {exitCode, stdout} = await account.run([
    'service',
    'deploy',
    'web',
    '--image',
    exampleImage(local, 'crash'),
    '--json',
  ])

  const {error} = JSON.parse(stdout)
  expect(error).toMatchObject({
    code: 'DEPLOYMENT_ROLLED_BACK',
    message: expect.stringContaining('service web is rolled back to service_web:1'),
    details: {
      service: 'web',
      outcome: 'rolled-back',
      rolledBackTo: expect.stringContaining('task-definition/service_web:1'),
    },
  })
  const [task] = error.details.stoppedTasks
  expect(task).toMatchObject({
    reason: 'Essential container in task exited; container web: exit code 1',
    stopCode: 'EssentialContainerExited',
    containers: [{name: 'web', exitCode: 1, logLines: expect.arrayContaining(['fatal: DATABASE_URL is not set'])}],
  })
  expect(exitCode).toBe(6)
  const {services} = await account.settledState()
  expect(services[0]?.taskDefinition).toMatch(/service_web:1$/)
})

test.concurrent('a failed create is a failure again when it is run again', async () => {
  const account = local.account()
  const create = ['service', 'create', 'web', '--image', exampleImage(local, 'crash')]
  await account.run(create)

  const {exitCode, stderr} = await account.run(create)

  expect(stderr).toContain('fatal: DATABASE_URL is not set')
  expect(exitCode).toBe(6)
})
