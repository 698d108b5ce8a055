import {readFileSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'

const base = 'busybox:1.37'
const platform = 'linux/amd64'
const label = 'fargate.demo'

/**
 * Where the story gets its images from: docker builds them, or, where it cannot, the local registry has some from its
 * start. Answers a line that says so, and for `v1`, `v2` and `crash` the flags that name the image, and a line on what
 * was done for it, if anything.
 */
export async function chooseImages(session, registry) {
  const obstacle = await dockerObstacle(session, registry)
  if (obstacle !== undefined) {
    const image = (tag) => ({flags: ['--image', `${registry}/000000000000/us-east-1/fargate-examples:${tag}`]})
    return {said: `${obstacle}, so nothing is built: the local registry has some images from its start.`, image}
  }
  session.cleanUpWith(() => removeImages(session))
  const {flags, said} = await chooseBase(session)
  const hello = labelledExample(session, 'hello')
  const crash = labelledExample(session, 'crash')
  const images = {
    v1: () => ({flags: ['--context', hello, ...flags]}),
    v2: () => ({flags: ['--context', hello, ...flags], said: changeVersion(session)}),
    crash: () => ({flags: ['--context', crash, ...flags]}),
  }
  return {said, image: (tag) => images[tag]()}
}

/** Why docker cannot build and push to the local registry; undefined when it can. */
async function dockerObstacle(session, registry) {
  const {exitCode} = await docker(session, 'version')
  if (exitCode === undefined) return 'There is no docker on this machine'
  if (exitCode !== 0) return 'No docker engine answers'
  // An engine in a virtual machine, or a remote one, may not reach a port of this machine. Without a login an engine
  // that reaches it is refused.
  const {stderr} = await docker(session, 'pull', `${registry}/000000000000/us-east-1/fargate-examples:v1`)
  return /auth|denied/i.test(stderr) ? undefined : 'The docker engine does not reach the local registry'
}

async function chooseBase(session) {
  const present = await docker(session, 'image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', base)
  if (present.exitCode === 0 && present.stdout.trim() === platform)
    return {flags: [], said: 'Docker builds the images.'}
  if (present.exitCode !== 0) {
    session.cleanUpWith(() => session.runQuietly(['docker', 'image', 'rm', base]))
    const {exitCode} = await docker(session, 'pull', '--quiet', '--platform', platform, base)
    if (exitCode === 0) return {flags: [], said: 'Docker builds the images.'}
  }
  return {
    flags: ['--build-arg', 'BASE=scratch'],
    said: `Docker builds the images, from nothing, because ${base} cannot be had here: simulated tasks do not miss it.`,
  }
}

/** The label is what the images are found by at the end, also those of a build that was stopped halfway. */
function labelledExample(session, name) {
  const copy = session.copyExample(name)
  edit(join(copy, 'Dockerfile'), /^FROM .*$/m, (from) => `${from}\nLABEL ${label}="${basename(session.folder)}"`)
  return name
}

function changeVersion(session) {
  edit(join(session.folder, 'hello', 'Dockerfile'), /^ARG VERSION=1$/m, () => 'ARG VERSION=2')
  return 'The developer changes a line of hello/Dockerfile: ARG VERSION=1 becomes ARG VERSION=2'
}

function edit(file, pattern, change) {
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(pattern, change)
  if (changed === text) throw new Error(`nothing in ${file} matches ${pattern}`)
  writeFileSync(file, changed)
}

const docker = (session, ...args) => session.run(['docker', ...args], {capture: true, timeoutMs: 20_000})

/** An engine may finish a step after its client has gone, so that a second look can find more. */
async function removeImages(session) {
  const filter = `label=${label}=${basename(session.folder)}`
  for (let look = 0; look < 20; look++) {
    const containers = await idsOf(session, 'container', 'ls', '--all', '--filter', filter)
    if (containers.length > 0) await session.runQuietly(['docker', 'container', 'rm', '--force', ...containers])
    const images = await idsOf(session, 'image', 'ls', '--filter', filter)
    if (images.length > 0) await session.runQuietly(['docker', 'image', 'rm', '--force', ...images])
    if (look > 0 && images.length + containers.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`docker does not remove the images with the ${filter}`)
}

async function idsOf(session, ...command) {
  const {exitCode, stdout, stderr} = await session.runQuietly(['docker', ...command, '--quiet', '--no-trunc'])
  if (exitCode !== 0) throw new Error(`docker does not list what the demo has made: ${stderr}`)
  return [...new Set(stdout.split('\n').filter((id) => id !== ''))]
}
