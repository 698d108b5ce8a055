import {styleText} from 'node:util'
import {StepFailure} from '../session/session.mjs'
import {findBase, reachesRegistry, storyImages, withoutRegistry} from './images.mjs'
import {inventory} from './inventory.mjs'

const speed = 10

/** From nothing to a service behind a load balancer, a second version, a failing one, and back to nothing. */
export async function tellStory(session, product) {
  const fargate = (...words) => runFargate(session, product, words)
  const json = async (...words) => JSON.parse((await captureFargate(session, product, words)).stdout)

  const {environment, base} = await startLocalAws(session, product, {fargate, json})
  const before = await inventory(environment)
  const image = storyImages(session, hostOf(environment), base)

  chapter('A load balancer')
  await fargate('lb', 'create', 'web', '--port', '80')

  chapter('A service behind it')
  say(base.said)
  await fargate('service', 'create', 'hello', '--port', '80', '--lb', 'web', ...image('v1').flags)
  const url = urlOf(await json('service', 'info', 'hello', '--json'))
  await expectAnswer(session, url, 'Hello from version 1')

  chapter('A second version')
  const second = image('v2')
  say(second.said)
  await fargate('service', 'deploy', 'hello', ...second.flags)
  await expectAnswer(session, url, 'Hello from version 2')

  chapter('Two more tasks')
  await fargate('service', 'scale', 'hello', '+2')
  await fargate('service', 'ps', 'hello')

  chapter('A version that does not start')
  const failed = await fargateWithExit(session, product, 6, ['service', 'deploy', 'hello', ...image('crash').flags])
  say(`Exit code ${failed}: the deployment failed. ECS has rolled it back, and the old version still answers.`)
  await expectAnswer(session, url, 'Hello from version 2')

  chapter('Back to nothing')
  await fargate('service', 'destroy', 'hello', '--force', '--yes')
  await fargate('lb', 'destroy', 'web', '--yes')
  await fargate('service', 'list')
  await fargate('lb', 'list')
  expectNothingNew(before, await inventory(environment))
  await fargate('local', 'stop')
}

/** With real tasks where there is an engine and an image to run, else with simulated ones; says which. */
async function startLocalAws(session, product, {fargate, json}) {
  const start = (base) => fargate('local', 'start', ...base.startFlags, '--speed', String(speed))
  chapter('A local AWS for this demo alone')
  let base = await findBase(session)
  session.stopServerAtEnd(product)
  await start(base)
  let started = await json('local', 'start', '--json')
  if (base.buildFlags !== undefined && !(await reachesRegistry(session, hostOf(started.environment)))) {
    base = withoutRegistry()
    say(base.said)
    await fargate('local', 'stop')
    await start(base)
    started = await json('local', 'start', '--json')
  }
  say(`It is ${speed} times faster than AWS. ${kinds[started.runtime]}`)
  return {environment: started.environment, base}
}

const kinds = {
  docker: 'Its tasks are containers of this machine.',
  simulated: 'Its tasks are simulated: images are not run, their labels say what a task does.',
}

const hostOf = ({AWS_ENDPOINT_URL}) => new URL(AWS_ENDPOINT_URL).host

function chapter(title) {
  console.log(`\n${styleText(['bold', 'cyan'], `── ${title}`)}`)
}

function say(text) {
  if (text !== undefined) console.log(text)
}

const runFargate = (session, product, words) => fargateWithExit(session, product, 0, words)

async function fargateWithExit(session, product, expected, words) {
  console.log(`\n${styleText('bold', `$ fargate ${words.join(' ')}`)}`)
  const {exitCode} = await session.run([process.execPath, product, ...words])
  if (exitCode !== expected) throw failedCommand(words, exitCode, expected)
  return exitCode
}

/** A look for the story itself, which is not shown. */
async function captureFargate(session, product, words) {
  const result = await session.run([process.execPath, product, ...words], {capture: true})
  if (result.exitCode === 0) return result
  console.error(result.stdout, result.stderr)
  throw failedCommand(words, result.exitCode, 0)
}

const failedCommand = (words, exitCode, expected) =>
  new StepFailure(`"fargate ${words.join(' ')}" ended with exit code ${exitCode} instead of ${expected}`)

function urlOf({traffic}) {
  const url = traffic[0]?.loadBalancers[0]?.listeners[0]?.url
  if (url === undefined) throw new StepFailure('"service info" names no URL of the load balancer')
  return url
}

async function expectAnswer(session, url, expected) {
  session.checkInterruption()
  console.log(`\n${styleText('bold', `> GET ${url}/`)}`)
  const response = await fetch(url, {signal: AbortSignal.timeout(10_000)})
  const body = (await response.text()).trim()
  console.log(`< ${response.status} ${body}`)
  if (response.status !== 200 || body !== expected) {
    throw new StepFailure(`the load balancer answers ${response.status} ${body} instead of 200 ${expected}`)
  }
}

/** What was there before the story began may be there still. */
function expectNothingNew(before, after) {
  console.log('\nWhat is left, as the API of the local AWS lists it:')
  const left = Object.entries(after).map(([kind, names]) => [
    kind,
    names.filter((name) => !before[kind].includes(name)),
  ])
  for (const [kind, names] of left) console.log(`  ${kind.padEnd(20)} ${names.length} ${names.join(' ')}`.trimEnd())
  const things = left.flatMap(([, names]) => names)
  if (things.length > 0) throw new StepFailure(`destroying has left ${things.join(', ')}`)
  console.log('The empty cluster and the roles stay, for the next service; they cost nothing.')
}
