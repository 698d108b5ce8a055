import {randomBytes} from 'node:crypto'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {ECRClient} from '@aws-sdk/client-ecr'
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import {execa} from 'execa'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {digestOf} from '../../src/local/registry/digest.js'
import type {Registry} from '../../src/local/registry/registry.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import type {RegistryEndpoint} from '../helpers/registry-endpoint.js'
import {startRegistryEndpoint} from '../helpers/registry-endpoint.js'

const unavailable = await dockerAvailable()
const scope = {account: '000000000000', region: 'us-east-1'}
const platform = {os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64'}

let folder: string
let endpoint: RegistryEndpoint
let registry: Registry
let ecr: ECRClient
let host: string
let password: () => Promise<string>

beforeEach(async ({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  endpoint = await startRegistryEndpoint(join(folder, 'blobs'))
  onTestFinished(() => endpoint.close())
  ;({registry, ecr, host, password} = endpoint)
})

/** Runs docker with a configuration of its own; a failure is an answer too. */
const docker = (args: readonly string[], input = ''): Promise<{exitCode?: number; stdout: string; stderr: string}> =>
  execa('docker', args, {
    input,
    reject: false,
    env: {DOCKER_CONFIG: join(folder, 'config'), DOCKER_BUILDKIT: '0'},
  })

async function succeed(args: readonly string[], input?: string): Promise<string> {
  const {exitCode, stdout, stderr} = await docker(args, input)
  expect(exitCode, stderr).toBe(0)
  return stdout
}

const login = async (): Promise<string> =>
  succeed(['login', '--username', 'AWS', '--password-stdin', `http://${host}`], await password())

async function createRepository(repositoryName: string): Promise<string> {
  const {repository} = await ecr.send(new CreateRepositoryCommand({repositoryName}))
  return repository?.repositoryUri ?? ''
}

/** Builds an image that exists nowhere else, and removes it from the engine afterwards. */
async function build(image: string, layerBytes = 1000): Promise<void> {
  await writeFile(join(folder, 'content'), randomBytes(layerBytes))
  const dockerfile = 'FROM scratch\nCOPY content /content\nENV GREETING=hello\nLABEL team=x\nENTRYPOINT ["/content"]\n'
  await writeFile(join(folder, 'Dockerfile'), dockerfile)
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', image])
  })
  await succeed(['build', '--tag', image, folder])
}

test('docker pushes an image and pulls it back, which ECR describes and ECS can run', async () => {
  const image = `${await createRepository('team/web')}:v1`
  await build(image, 3_000_000)
  const id = await succeed(['image', 'inspect', '--format', '{{.Id}}', image])

  expect(await login()).toContain('Login Succeeded')
  const pushed = await succeed(['push', image])
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(pushed)?.[1]
  await succeed(['image', 'rm', image])
  await succeed(['pull', image])

  expect(await succeed(['image', 'inspect', '--format', '{{.Id}}', image])).toBe(id)
  const {imageDetails} = await ecr.send(new DescribeImagesCommand({repositoryName: 'team/web'}))
  expect(imageDetails).toMatchObject([{imageDigest: digest, imageTags: ['v1']}])
  expect(imageDetails?.[0]?.imageSizeInBytes).toBeGreaterThan(3_000_000)
  expect(registry.images.pull(scope, image, platform)).toMatchObject({
    outcome: 'pulled',
    digest,
    config: {entrypoint: ['/content'], env: expect.arrayContaining(['GREETING=hello']), labels: {team: 'x'}},
  })
  expect(await readdir(join(folder, 'blobs', 'uploads'))).toEqual([])
})

test('docker pulls a seeded image', async () => {
  const {reference, digest} = await registry.seed(scope, 'seeded', 'v1', platform)
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', reference])
  })
  await login()

  expect(await succeed(['pull', reference])).toContain(digest)
})

test('docker shares a layer between two repositories without a second upload', async () => {
  const [first, second] = [await createRepository('first'), await createRepository('second')]
  await build(`${first}:v1`)
  await login()
  await succeed(['push', `${first}:v1`])
  await succeed(['tag', `${first}:v1`, `${second}:v1`])
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', `${second}:v1`])
  })

  expect(await succeed(['push', `${second}:v1`])).toContain('Mounted from 000000000000/us-east-1/first')
})

test('docker is told why a push is refused', async () => {
  const uri = await createRepository('web')
  const image = `${uri}:v1`
  await build(image)

  expect((await docker(['push', image])).stderr).toContain('no basic auth credentials')
  const wrong = await docker(['login', '--username', 'AWS', '--password-stdin', `http://${host}`], 'wrong')
  expect(wrong.exitCode).not.toBe(0)
  await login()
  await succeed(['push', image])
  await ecr.send(new PutImageTagMutabilityCommand({repositoryName: 'web', imageTagMutability: 'IMMUTABLE'}))
  expect((await docker(['push', image])).stderr).toContain(
    "tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.",
  )
  expect((await docker(['pull', `${uri}:v2`])).stderr).toContain('manifest unknown: Requested image not found')
  await ecr.send(new DeleteRepositoryCommand({repositoryName: 'web', force: true}))
  expect((await docker(['push', image])).stderr).toContain(
    "name unknown: The repository with name 'web' does not exist in the registry with id '000000000000'",
  )
  expect(await readdir(join(folder, 'blobs', 'sha256'))).toEqual([])
})

test('docker pulls by digest, and what ECR deletes is gone', async () => {
  const uri = await createRepository('web')
  await build(`${uri}:v1`)
  await login()
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(await succeed(['push', `${uri}:v1`]))?.[1] ?? ''
  await succeed(['image', 'rm', `${uri}:v1`])
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', `${uri}@${digest}`])
  })

  expect(await succeed(['pull', `${uri}@${digest}`])).toContain(digest)
  await ecr.send(new BatchDeleteImageCommand({repositoryName: 'web', imageIds: [{imageTag: 'v1'}]}))

  // The engine may still have the manifest by its digest and not ask for it, but a tag is always asked for.
  expect((await docker(['pull', `${uri}:v1`])).stderr).toContain('manifest unknown: Requested image not found')
  const authorization = `Basic ${Buffer.from(`AWS:${await password()}`).toString('base64')}`
  const url = `http://${host}/v2/000000000000/us-east-1/web/manifests/${digest}`
  expect((await fetch(url, {headers: {authorization}})).status).toBe(404)
})

test('what docker pushes has its manifest and its layers in the API of ECR', async () => {
  const repositoryName = 'web'
  const image = `${await createRepository(repositoryName)}:v1`
  await build(image, 100_000)
  await login()
  await succeed(['push', image])

  const {images} = await ecr.send(new BatchGetImageCommand({repositoryName, imageIds: [{imageTag: 'v1'}]}))
  const {config, layers} = JSON.parse(images?.[0]?.imageManifest ?? '{}')

  expect(layers).toHaveLength(1)
  for (const {digest: layerDigest, size} of [config, ...layers]) {
    const answer = await ecr.send(new GetDownloadUrlForLayerCommand({repositoryName, layerDigest}))
    const bytes = new Uint8Array(await (await fetch(answer.downloadUrl ?? '')).arrayBuffer())
    expect([bytes.length, digestOf(bytes)]).toEqual([size, layerDigest])
  }
})

/** Uploads a layer through the API of ECR, in parts of 5 MiB. */
async function uploadLayer(repositoryName: string, content: Buffer): Promise<{digest: string; size: number}> {
  const {uploadId} = await ecr.send(new InitiateLayerUploadCommand({repositoryName}))
  for (let partFirstByte = 0; partFirstByte < content.length; partFirstByte += 5 * 1024 * 1024) {
    const layerPartBlob = content.subarray(partFirstByte, partFirstByte + 5 * 1024 * 1024)
    const partLastByte = partFirstByte + layerPartBlob.length - 1
    const part = {repositoryName, uploadId, partFirstByte, partLastByte, layerPartBlob}
    await ecr.send(new UploadLayerPartCommand(part))
  }
  const digest = digestOf(content)
  await ecr.send(new CompleteLayerUploadCommand({repositoryName, uploadId, layerDigests: [digest]}))
  return {digest, size: content.length}
}

test('docker pulls what was pushed through the API of ECR', async () => {
  const repositoryName = 'web'
  const image = `${await createRepository(repositoryName)}:v1`
  const content = randomBytes(6_000_000)
  await writeFile(join(folder, 'content'), content)
  await execa('tar', ['--create', '--file', join(folder, 'layer.tar'), '--directory', folder, 'content'])
  const layer = await uploadLayer(repositoryName, await readFile(join(folder, 'layer.tar')))
  const rootfs = {type: 'layers', diff_ids: [layer.digest]}
  const config = JSON.stringify({...platform, config: {Cmd: ['/content']}, rootfs})
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      ...(await uploadLayer(repositoryName, Buffer.from(config))),
    },
    layers: [{mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer}],
  })
  await ecr.send(new PutImageCommand({repositoryName, imageManifest, imageTag: 'v1'}))
  await login()
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', image])
  })

  await succeed(['pull', image])

  const container = await succeed(['create', image])
  onTestFinished(async () => {
    await docker(['rm', '--force', container])
  })
  await succeed(['cp', `${container}:/content`, join(folder, 'pulled')])
  expect((await readFile(join(folder, 'pulled'))).equals(content)).toBe(true)
})

test('docker sends nothing again that is there', async () => {
  const image = `${await createRepository('web')}:v1`
  await build(image)
  await login()
  await succeed(['push', image])
  const before = endpoint.requests.length

  expect(await succeed(['push', image])).toContain('Layer already exists')

  const requests = endpoint.requests.slice(before)
  expect(requests.filter((request) => request.includes('/blobs/uploads/'))).toEqual([])
  expect(requests.some((request) => request.startsWith('HEAD /v2/000000000000/us-east-1/web/blobs/sha256:'))).toBe(true)
})

test('two pushes at once leave both images, and a tag that both put on one of them', async () => {
  const uri = await createRepository('web')
  const digests: string[] = []
  for (const name of ['first', 'second']) await build(`${uri}:${name}`, 2_000_000)
  await login()

  await Promise.all(
    ['first', 'second'].map(async (name) => {
      digests.push(/digest: (sha256:[0-9a-f]{64})/.exec(await succeed(['push', `${uri}:${name}`]))?.[1] ?? '')
      const imageIds = [{imageTag: name}]
      const {images} = await ecr.send(new BatchGetImageCommand({repositoryName: 'web', imageIds}))
      const imageManifest = images?.[0]?.imageManifest
      await ecr.send(new PutImageCommand({repositoryName: 'web', imageManifest, imageTag: 'latest'}))
    }),
  )

  const {imageDetails = []} = await ecr.send(new DescribeImagesCommand({repositoryName: 'web'}))
  expect(imageDetails.map(({imageDigest}) => imageDigest).sort()).toEqual(digests.sort())
  expect(imageDetails.flatMap(({imageTags}) => imageTags).sort()).toEqual(['first', 'latest', 'second'])
  expect(await readdir(join(folder, 'blobs', 'uploads'))).toEqual([])
})
