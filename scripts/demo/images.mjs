import {readFileSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'

const base = 'busybox:1.37'
const platform = 'linux/amd64'
const label = 'fargate.demo'

/**
 * What the images of the story can be made from, found out before the local AWS starts: with a base that runs, tasks are
 * real. Answers the flags for `local start`, and the flags for a build; without those nothing can be built.
 */
export async function findBase(session) {
  const {exitCode} = await docker(session, 'version')
  if (exitCode === undefined) return simulated('There is no docker on this machine')
  if (exitCode !== 0) return simulated('No docker engine answers')
  await chooseEngine(session)
  session.cleanUpWith(() => removeImages(session))
  if (await hasBase(session)) return {startFlags: [], buildFlags: [], said: 'Docker builds the images.'}
  return {
    startFlags: ['--runtime', 'simulated'],
    buildFlags: ['--build-arg', 'BASE=scratch'],
    said: `Docker builds the images, from nothing, because ${base} cannot be had here: simulated tasks do not miss it.`,
  }
}

const simulated = (why) => ({
  startFlags: ['--runtime', 'simulated'],
  said: `${why}, so nothing is built: the local registry has some images from its start.`,
})

/** What simulated tasks are where docker cannot push to the local registry. */
export const withoutRegistry = () => simulated('The docker engine does not reach the local registry')

/**
 * Tells whether the engine of docker reaches the local registry. One in a virtual machine, or a remote one, may not reach
 * a port of this machine. Without a login an engine that reaches it is refused.
 */
export async function reachesRegistry(session, registry) {
  const {stderr} = await docker(session, 'pull', `${registry}/000000000000/us-east-1/fargate-examples:v1`)
  return /auth|denied/i.test(stderr)
}

/** For `v1`, `v2` and `crash` the flags that name the image, and a line on what was done for it, if anything. */
export function storyImages(session, registry, {buildFlags}) {
  if (buildFlags === undefined) {
    return (tag) => ({flags: ['--image', `${registry}/000000000000/us-east-1/fargate-examples:${tag}`]})
  }
  const hello = labelledExample(session, 'hello')
  const crash = labelledExample(session, 'crash')
  const images = {
    v1: () => ({flags: ['--context', hello, ...buildFlags]}),
    v2: () => ({flags: ['--context', hello, ...buildFlags], said: changeVersion(session)}),
    crash: () => ({flags: ['--context', crash, ...buildFlags]}),
  }
  return (tag) => images[tag]()
}

/** The local AWS takes the engine that docker uses: it looks in the home folder, and that is another one here. */
async function chooseEngine(session) {
  const {exitCode, stdout} = await docker(session, 'context', 'inspect', '--format', '{{.Endpoints.docker.Host}}')
  if (exitCode === 0 && stdout.trim() !== '') session.env.DOCKER_HOST = stdout.trim()
}

/** Whether the base is on this machine, or can be pulled within a few seconds; then it goes again at the end. */
async function hasBase(session) {
  const present = await docker(session, 'image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', base)
  if (present.exitCode === 0) return present.stdout.trim() === platform
  session.cleanUpWith(() => session.runQuietly(['docker', 'image', 'rm', base]))
  const {exitCode} = await docker(session, 'pull', '--quiet', '--platform', platform, base)
  return exitCode === 0
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

const docker = (session, ...args) => session.run(['docker', ...args], {capture: true, timeoutMs: 10_000})

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
