import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CreateRepositoryCommand, DescribeImagesCommand, GetAuthorizationTokenCommand} from '@aws-sdk/client-ecr'
import {execa} from 'execa'
import {expect, onTestFinished, test} from 'vitest'
import {dockerAvailable} from '../helpers/docker-available.js'
import {startLocalServer} from '../helpers/local-account.js'

const mebibyte = 1024 * 1024
const unavailable = await dockerAvailable()

/** The most memory that a process has had since it was asked to forget, in bytes. Linux only, as is the engine. */
async function peakMemory(pid: number): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5')

test.skipIf(unavailable !== undefined)('an image of 100 MiB goes in and out without the memory for it', async () => {
  const server = await startLocalServer()
  onTestFinished(() => server.stop())
  const folder = await mkdtemp(join(tmpdir(), 'registry-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  const {pid} = JSON.parse(await readFile(join(server.stateFolder, 'server.json'), 'utf8')) as {pid: number}
  const ecr = server.account().sdk.ecr
  const {repository} = await ecr.send(new CreateRepositoryCommand({repositoryName: 'large'}))
  const image = `${repository?.repositoryUri}:v1`
  const env = {DOCKER_CONFIG: join(folder, 'config'), DOCKER_BUILDKIT: '0'}
  const docker = (args: readonly string[], input = '') => execa('docker', args, {env, input})
  onTestFinished(async () => {
    await execa('docker', ['image', 'rm', '--force', image], {env, reject: false})
  })
  await execa('dd', ['if=/dev/urandom', `of=${join(folder, 'content')}`, 'bs=1M', 'count=100'])
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY content /content\nCMD ["/content"]\n')
  await docker(['build', '--tag', image, folder])
  const {authorizationData} = await ecr.send(new GetAuthorizationTokenCommand({}))
  const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString()
  await docker(['login', '--username', 'AWS', '--password-stdin', server.url], token.slice('AWS:'.length))
  await forgetPeak(pid)
  const before = await peakMemory(pid)

  await docker(['push', image])
  await docker(['image', 'rm', image])
  await docker(['pull', image])

  // Chunks that wait for the garbage collector take some tens of MiB, however large the image is.
  expect((await peakMemory(pid)) - before).toBeLessThan(100 * mebibyte)
  const {imageDetails} = await ecr.send(new DescribeImagesCommand({repositoryName: 'large'}))
  expect(imageDetails?.[0]?.imageSizeInBytes).toBeGreaterThan(100 * mebibyte)
})
