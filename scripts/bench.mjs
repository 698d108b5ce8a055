import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ECS} from '@aws-sdk/client-ecs'
import {builtProduct} from './session/built-product.mjs'
import {Session, StepFailure} from './session/session.mjs'

// How long the program takes, as ratios to an empty Node.js program of the same run. It measures and never judges.
const rounds = 15
const clusters = {few: 3, many: 500}

const session = new Session('bench', dirname(dirname(fileURLToPath(import.meta.url))))
process.exit(await session.play(bench))

async function bench() {
  const product = await builtProduct(session)
  const ecs = await startLocalAws(product)
  for (const [cluster, count] of Object.entries(clusters)) await createServices(ecs, cluster, count)
  const tenOfMany = Array.from({length: 10}, (_, index) => `service-${index * 50}`)
  const program = (...args) => runToEnd([process.execPath, product, ...args])
  const medians = await measure({
    'node -e 0': () => runToEnd([process.execPath, '-e', '0']),
    'fargate --version': () => program('--version'),
    'fargate --help': () => program('--help'),
    [`fargate service list, ${clusters.few} services`]: () => program('service', 'list', '--cluster', 'few'),
    [`fargate service list, ${clusters.many} services`]: () => program('service', 'list', '--cluster', 'many'),
    [`DescribeServices, 10 of ${clusters.many}, one call`]: () =>
      ecs.describeServices({cluster: 'many', services: tenOfMany}),
  })
  print(medians)
}

async function startLocalAws(product) {
  session.stopServerAtEnd(product)
  const command = [process.execPath, product, 'local', 'start', '--runtime', 'simulated', '--json']
  const {exitCode, stdout, stderr} = await session.run(command, {capture: true})
  if (exitCode !== 0) throw new StepFailure(`the local AWS does not start: ${stderr}`)
  const {AWS_ENDPOINT_URL: endpoint, AWS_REGION: region} = JSON.parse(stdout).environment
  return new ECS({endpoint, region, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
}

async function createServices(ecs, clusterName, count) {
  await ecs.createCluster({clusterName})
  await ecs.registerTaskDefinition({
    family: clusterName,
    requiresCompatibilities: ['EC2'],
    containerDefinitions: [{name: 'web', image: 'web', memory: 128}],
  })
  for (let index = 0; index < count; index++) {
    session.checkInterruption()
    const service = {cluster: clusterName, serviceName: `service-${index}`, taskDefinition: clusterName}
    await ecs.createService({...service, launchType: 'EC2', desiredCount: 0})
  }
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
