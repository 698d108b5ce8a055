import {execFileSync} from 'node:child_process'
import {dirname} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {EC2} from '@aws-sdk/client-ec2'
import {ECS} from '@aws-sdk/client-ecs'
import {IAM} from '@aws-sdk/client-iam'
import {builtProduct} from './session/built-product.mjs'
import {Session, StepFailure} from './session/session.mjs'

// How long the program takes, as ratios to an empty Node.js program of the same run, and what the local AWS needs beside
// its targets. It measures and never judges.
const rounds = 15
const clusters = {few: 3, many: 500}
/** Of each service. */
const tasks = 2
const targets = {mebibytes: 300, describeMs: 10}

const session = new Session('bench', dirname(dirname(fileURLToPath(import.meta.url))))
process.exit(await session.play(bench))

async function bench() {
  const product = await builtProduct(session)
  const {ecs, ec2, pid, image} = await startLocalAws(product)
  await createServices(ecs, 'few', clusters.few, await fargateService(ec2, image))
  await createServices(ecs, 'many', clusters.many, await fargateService(ec2, image))
  await untilSteady(ecs, 'many', clusters.many)
  const tenOfMany = Array.from({length: 10}, (_, index) => `service-${index * 50}`)
  const program = (...args) => runToEnd([process.execPath, product, ...args])
  const describeTen = `DescribeServices, 10 of ${clusters.many}, one call`
  const medians = await measure({
    'node -e 0': () => runToEnd([process.execPath, '-e', '0']),
    'fargate --version': () => program('--version'),
    'fargate --help': () => program('--help'),
    'fargate __complete, a command': () => program('__complete', 'words', 'se', 'fargate'),
    [`fargate service list, ${clusters.few} services`]: () => program('service', 'list', '--cluster', 'few'),
    [`fargate service list, ${clusters.many} services`]: () => program('service', 'list', '--cluster', 'many'),
    [describeTen]: () => ecs.describeServices({cluster: 'many', services: tenOfMany}),
  })
  print(medians)
  printTargets([
    [
      `the local AWS with ${clusters.many} services of ${tasks} simulated tasks`,
      residentMebibytes(pid),
      targets.mebibytes,
      'MiB',
    ],
    [describeTen, Object.fromEntries(medians)[describeTen], targets.describeMs, 'ms'],
  ])
}

async function startLocalAws(product) {
  session.stopServerAtEnd(product)
  const flags = ['--runtime', 'simulated', '--speed', '20', '--json']
  const command = [process.execPath, product, 'local', 'start', ...flags]
  const {exitCode, stdout, stderr} = await session.run(command, {capture: true})
  if (exitCode !== 0) throw new StepFailure(`the local AWS does not start: ${stderr}`)
  const {pid, environment} = JSON.parse(stdout)
  const {AWS_ENDPOINT_URL: endpoint, AWS_REGION: region} = environment
  const settings = {endpoint, region, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}}
  await new IAM(settings).createServiceLinkedRole({AWSServiceName: 'ecs.amazonaws.com'})
  const image = `${new URL(endpoint).host}/000000000000/${region}/fargate-examples:v1`
  return {ecs: new ECS(settings), ec2: new EC2(settings), pid, image}
}

/** What the task definition and the service of each have in common. */
async function fargateService(ec2, image) {
  const {Subnets = []} = await ec2.describeSubnets({})
  const subnets = Subnets.map(({SubnetId}) => SubnetId)
  return {
    definition: {
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{name: 'web', image, portMappings: [{containerPort: 80}]}],
    },
    service: {
      launchType: 'FARGATE',
      desiredCount: tasks,
      networkConfiguration: {awsvpcConfiguration: {subnets, assignPublicIp: 'ENABLED'}},
    },
  }
}

async function createServices(ecs, clusterName, count, {definition, service}) {
  await ecs.createCluster({clusterName})
  await ecs.registerTaskDefinition({family: clusterName, ...definition})
  for (let index = 0; index < count; index++) {
    session.checkInterruption()
    const names = {cluster: clusterName, serviceName: `service-${index}`, taskDefinition: clusterName}
    await createService(ecs, {...names, ...service})
  }
}

/** A role that was made just now takes some seconds to be seen. */
async function createService(ecs, input) {
  for (;;) {
    try {
      return await ecs.createService(input)
    } catch (error) {
      if (!/service linked role/.test(error.message)) throw error
      session.checkInterruption()
      await setTimeout(200)
    }
  }
}

/** Until every service has all its tasks, and no deployment is under way. */
async function untilSteady(ecs, cluster, count) {
  const waiting = new Set(Array.from({length: count}, (_, index) => `service-${index}`))
  while (waiting.size > 0) {
    session.checkInterruption()
    const {services = []} = await ecs.describeServices({cluster, services: [...waiting].slice(0, 10)})
    const steady = services.filter(({deployments}) => deployments?.[0]?.rolloutState === 'COMPLETED')
    for (const {serviceName} of steady) waiting.delete(serviceName)
    if (steady.length === 0) await setTimeout(100)
  }
}

/** The memory of a process that is not shared out to others or swapped, as the system counts it. */
function residentMebibytes(pid) {
  const kibibytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {encoding: 'utf8'}))
  return kibibytes / 1024
}

async function runToEnd(command) {
  const {exitCode, stderr} = await session.run(command, {capture: true})
  if (exitCode !== 0) throw new StepFailure(`${command.join(' ')} ended with exit code ${exitCode}: ${stderr}`)
}

/** The rounds are interleaved, so that what else the machine does meets all alike; the first one warms up. */
async function measure(works) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      session.checkInterruption()
      const startedAt = performance.now()
      await work()
      if (round > 0) times[name].push(performance.now() - startedAt)
    }
  }
  return Object.entries(times).map(([name, each]) => [name, median(each)])
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]
}

function print(medians) {
  const [[, baseline]] = medians
  console.log(`Medians of ${rounds} rounds on Node.js ${process.version}:\n`)
  console.log(`${'ratio'.padStart(8)} ${'ms'.padStart(8)}  what`)
  for (const [name, time] of medians) {
    console.log(`${(time / baseline).toFixed(2).padStart(8)} ${time.toFixed(1).padStart(8)}  ${name}`)
  }
}

function printTargets(lines) {
  console.log(`\n${'measured'.padStart(13)} ${'target'.padStart(13)}  what`)
  for (const [what, measured, target, unit] of lines) {
    console.log(`${`${measured.toFixed(1)} ${unit}`.padStart(13)} ${`< ${target} ${unit}`.padStart(13)}  ${what}`)
  }
}
