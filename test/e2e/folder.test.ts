import {execa} from 'execa'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {stableState} from '../helpers/aws-state.js'
import type {FakeDocker} from '../helpers/fake-docker.js'
import {createFakeDocker} from '../helpers/fake-docker.js'
import type {LocalServer} from '../helpers/local-account.js'
import {startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
let docker: FakeDocker

beforeAll(async () => {
  ;[local, docker] = await Promise.all([startLocalServer(), createFakeDocker()])
})

afterAll(async () => {
  await local?.stop()
  await docker?.remove()
})

const dockerfile = 'FROM scratch\nLABEL fargate.simulate.response="hello from the folder"\n'

/** A folder in a commit of its own, so that its image is tagged with that. */
async function committedProject(): Promise<string> {
  const folder = await docker.project(dockerfile)
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {cwd: folder})
  await git('init', '--quiet')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'First')
  return folder
}

test('a folder becomes a service with a repository of its own; destroy deletes the repository with its images', async () => {
  const account = local.account()
  const name = 'a-service-whose-name-is-longer-than-a-target-group-may-be'
  const options = {cwd: await docker.project(dockerfile), env: docker.env}

  const balancer = await account.run(['lb', 'create', 'front', '--port', '80'])
  const created = await account.run(['service', 'create', name, '--port', '80', '--lb', 'front', '--json'], options)

  expect(balancer.exitCode).toBe(0)
  expect(created).toMatchObject({exitCode: 0})
  const {image, urls} = JSON.parse(created.stdout)
  const {repositories, targetGroups, taskDefinitions, securityGroups, services, listeners} = await account.state()
  expect(repositories).toMatchObject([
    {repositoryName: name, tags: {'fargate:managed': 'true', 'fargate:service': name}},
  ])
  expect(image).toMatch(new RegExp(`^${repositories[0]?.repositoryUri}:\\d{14}$`))
  expect(taskDefinitions).toMatchObject([{family: `service_${name}`, containerDefinitions: [{name, image}]}])
  expect(services).toMatchObject([{serviceName: name, runningCount: 1}])
  expect(securityGroups.map(({GroupName}) => GroupName)).toContain(`fargate/service/fargate/${name}`)
  const short = targetGroups.find(({tags}) => tags['fargate:service'] === name)
  expect(short?.TargetGroupName).toMatch(/^fargate-a-service-whose-[a-z0-9]{7,8}$/)
  expect(listeners[0]?.DefaultActions).toMatchObject([{Type: 'forward', TargetGroupArn: short?.TargetGroupArn}])
  expect(await (await fetch(urls[0])).text()).toBe('hello from the folder')

  const destroyed = await account.run(['service', 'destroy', name, '--force', '--yes'])

  expect(destroyed.exitCode).toBe(0)
  const left = await account.state()
  expect(left).toMatchObject({services: [], tasks: [], repositories: [], logGroups: []})
  expect(left.targetGroups.map(({TargetGroupName}) => TargetGroupName)).toEqual(['front-default'])
  expect(left.listeners[0]?.DefaultActions?.[0]?.TargetGroupArn).toBe(left.targetGroups[0]?.TargetGroupArn)
})

test('a second deploy of the same commit neither builds nor changes anything, and says so', async () => {
  const account = local.account()
  const options = {cwd: await committedProject(), env: docker.env}
  expect(await account.run(['service', 'create', 'web'], options)).toMatchObject({exitCode: 0})
  const state = stableState(await account.state())
  const calls = await docker.calls()

  const again = await account.run(['service', 'deploy', 'web'], options)

  expect(again).toMatchObject({exitCode: 0, stdout: expect.stringContaining('nothing has changed')})
  expect(stableState(await account.state())).toEqual(state)
  expect(await docker.calls()).toEqual(calls)
})

test('a second create of the same folder changes nothing, and says so', async () => {
  const account = local.account()
  const options = {cwd: await docker.project(dockerfile), env: docker.env}
  expect(await account.run(['service', 'create', 'web'], options)).toMatchObject({exitCode: 0})
  const state = stableState(await account.state())

  const again = await account.run(['service', 'create', 'web'], options)

  expect(again).toMatchObject({exitCode: 0, stdout: expect.stringContaining('nothing has changed')})
  expect(stableState(await account.state())).toEqual(state)
})

test('the password of the registry goes to docker on standard input, and is shown nowhere', async () => {
  const own = await createFakeDocker()
  try {
    const account = local.account()
    const options = {cwd: await own.project(dockerfile), env: own.env}
    const {exitCode, stdout, stderr} = await account.run(['service', 'create', 'web', '--verbose'], options)

    expect(exitCode).toBe(0)
    const calls = await own.calls()
    const password = calls.find(({args}) => args[0] === 'login')?.stdin ?? ''
    expect(password.length).toBeGreaterThan(10)
    expect(JSON.stringify(calls.map(({args}) => args))).not.toContain(password)
    expect(stdout + stderr).not.toContain(password)
    expect(stdout + stderr).not.toMatch(/authorization:|basic [a-z0-9]/i)
    expect(stderr).toContain('ecr:GetAuthorizationToken')
    expect(stderr).toMatch(/^\$ .*docker\.mjs login --username AWS --password-stdin 127\.0\.0\.1:\d+/m)
  } finally {
    await own.remove()
  }
})
