import {createHash} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import {execa} from 'execa'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import type {RegistryEndpoint} from '../helpers/registry-endpoint.js'
import {startRegistryEndpoint} from '../helpers/registry-endpoint.js'

const scope = {account: '000000000000', region: 'us-east-1'}
const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
const ociIndex = 'application/vnd.oci.image.index.v1+json'
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
const installed = (await execa('skopeo', ['--version'], {reject: false})).exitCode === 0
if (!installed && process.env.CI) throw new Error('skopeo is not installed')

let folder: string
let endpoint: RegistryEndpoint
let password: string

beforeEach(async ({skip}) => {
  if (!installed) skip('skopeo is not installed')
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  endpoint = await startRegistryEndpoint(join(folder, 'blobs'))
  onTestFinished(() => endpoint.close())
  password = await endpoint.password()
})

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const at = (name: string): string => `docker://${endpoint.host}/000000000000/us-east-1/${name}`

/** Runs skopeo with a login; a failure is an answer too. */
const skopeo = (...args: string[]): Promise<{exitCode?: number; stdout: string; stderr: string}> =>
  execa('skopeo', ['--insecure-policy', ...args], {reject: false, env: {XDG_RUNTIME_DIR: folder}})

async function succeed(...args: string[]): Promise<string> {
  const {exitCode, stdout, stderr} = await skopeo(...args)
  expect(exitCode, stderr).toBe(0)
  return stdout
}

const ask = (...args: string[]): Promise<string> => succeed(...args, '--tls-verify=false', `--creds=AWS:${password}`)

const copy = (...args: string[]) =>
  skopeo(
    'copy',
    ...['--src-tls-verify=false', '--dest-tls-verify=false'],
    ...[`--src-creds=AWS:${password}`, `--dest-creds=AWS:${password}`],
    ...args,
  )

async function copied(...args: string[]): Promise<void> {
  const {exitCode, stderr} = await copy(...args)
  expect(exitCode, stderr).toBe(0)
}

const createRepository = (repositoryName: string, immutable = false) =>
  endpoint.ecr.send(
    new CreateRepositoryCommand({repositoryName, ...(immutable && {imageTagMutability: 'IMMUTABLE' as const})}),
  )

/** Two images of one program, for two architectures, under one index. */
async function seedIndex(repositoryName: string, tag: string): Promise<{index: string; digests: string[]}> {
  const digests: string[] = []
  for (const architecture of ['amd64', 'arm64']) {
    const {digest} = await endpoint.registry.seed(scope, repositoryName, architecture, {architecture})
    digests.push(digest)
  }
  const {images = []} = await endpoint.ecr.send(
    new BatchGetImageCommand({repositoryName, imageIds: digests.map((imageDigest) => ({imageDigest}))}),
  )
  const manifests = images.map(({imageManifest = '', imageId}, index) => ({
    mediaType: dockerManifest,
    digest: imageId?.imageDigest,
    size: imageManifest.length,
    platform: {os: 'linux', architecture: ['amd64', 'arm64'][index]},
  }))
  const imageManifest = JSON.stringify({schemaVersion: 2, mediaType: ociIndex, manifests})
  await endpoint.ecr.send(new PutImageCommand({repositoryName, imageManifest, imageTag: tag}))
  return {index: imageManifest, digests}
}

test('an index goes with all of its images, byte for byte, and mounts what is there', async () => {
  const {index, digests} = await seedIndex('source', 'v1')
  await createRepository('target')

  await copied('--all', at('source:v1'), at('target:v1'))

  expect(await ask('inspect', '--raw', at('target:v1'))).toBe(index)
  const {imageDetails = []} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName: 'target'}))
  expect(imageDetails.map(({imageDigest}) => imageDigest).sort()).toEqual([digestOf(index), ...digests].sort())
  const platform = {os: 'linux', architecture: 'arm64'}
  const reference = at('target:v1').slice('docker://'.length)
  expect(endpoint.registry.images.pull(scope, reference, platform)).toMatchObject({
    outcome: 'pulled',
    digest: digestOf(index),
  })
  await copied(`--override-arch=arm64`, at('target:v1'), `oci:${join(folder, 'layout')}:v1`)
})

test('an image comes as OCI and as docker has it, by tag and by digest', async () => {
  const {digest} = await endpoint.registry.seed(scope, 'web', 'v1')
  await copied('--format=oci', at('web:v1'), at('web:oci'))
  await copied('--format=v2s2', at(`web@${digest}`), `dir:${join(folder, 'copy')}`)
  await copied('--format=v2s2', `dir:${join(folder, 'copy')}`, at('web:back'))

  const {imageIds = []} = await endpoint.ecr.send(new ListImagesCommand({repositoryName: 'web'}))
  const digestByTag = new Map(imageIds.map(({imageTag, imageDigest}) => [imageTag, imageDigest]))
  expect([...digestByTag.keys()].sort()).toEqual(['back', 'oci', 'v1'])
  expect(digestByTag.get('back')).toBe(digest)
  expect(digestByTag.get('oci')).not.toBe(digest)
  expect(JSON.parse(await ask('inspect', '--raw', at('web:oci')))).toMatchObject({mediaType: ociManifest})
  expect(JSON.parse(await ask('inspect', at(`web@${digest}`)))).toMatchObject({Digest: digest, Architecture: 'amd64'})
})

test('tags are listed, and those that ECR removes are gone', async () => {
  for (const tag of ['v1', 'v2', 'v3']) await endpoint.registry.seed(scope, 'web', tag, {config: {cmd: [tag]}})
  const tags = async () => JSON.parse(await ask('list-tags', at('web'))).Tags as string[]
  expect(await tags()).toEqual(['v1', 'v2', 'v3'])

  await endpoint.ecr.send(new BatchDeleteImageCommand({repositoryName: 'web', imageIds: [{imageTag: 'v2'}]}))

  expect(await tags()).toEqual(['v1', 'v3'])
  const {stderr} = await skopeo('inspect', '--tls-verify=false', `--creds=AWS:${password}`, at('web:v2'))
  expect(stderr).toContain('manifest unknown')
})

test('skopeo deletes what ECR then does not have', async () => {
  await endpoint.registry.seed(scope, 'web', 'v1')
  await ask('delete', at('web:v1'))
  const {imageDetails} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName: 'web'}))
  expect(imageDetails).toEqual([])
})

test('an immutable tag is written once', async () => {
  await endpoint.registry.seed(scope, 'source', 'v1')
  await endpoint.registry.seed(scope, 'source', 'v2', {config: {cmd: ['other']}})
  await createRepository('target', true)
  await copied(at('source:v1'), at('target:v1'))
  const {exitCode, stderr} = await copy(at('source:v2'), at('target:v1'))
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain("The image tag 'v1' already exists in the 'target' repository")
})

test('an image whose layers were uploaded through the API of ECR is pulled, and its layers have URLs', async () => {
  const repositoryName = 'api'
  await createRepository(repositoryName)
  const upload = async (content: string) => {
    const {uploadId} = await endpoint.ecr.send(new InitiateLayerUploadCommand({repositoryName}))
    const part = {partFirstByte: 0, partLastByte: content.length - 1, layerPartBlob: Buffer.from(content)}
    await endpoint.ecr.send(new UploadLayerPartCommand({repositoryName, uploadId, ...part}))
    const layerDigests = [digestOf(content)]
    await endpoint.ecr.send(new CompleteLayerUploadCommand({repositoryName, uploadId, layerDigests}))
    return {digest: digestOf(content), size: content.length}
  }
  const tar = '\0'.repeat(1024)
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: {type: 'layers', diff_ids: [digestOf(tar)]},
  })
  const layer = await upload(tar)
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: ociManifest,
    config: {mediaType: 'application/vnd.oci.image.config.v1+json', ...(await upload(config))},
    layers: [{mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer}],
  })
  await endpoint.ecr.send(new PutImageCommand({repositoryName, imageManifest, imageTag: 'v1'}))

  await copied(at('api:v1'), `oci:${join(folder, 'layout')}:v1`)
  const {downloadUrl = ''} = await endpoint.ecr.send(
    new GetDownloadUrlForLayerCommand({repositoryName, layerDigest: layer.digest}),
  )
  expect(await (await fetch(downloadUrl)).text()).toBe(tar)
})

test('who has no login is sent to get one, and a repository that is not there says so', async () => {
  await endpoint.registry.seed(scope, 'web', 'v1')
  const anonymous = await skopeo('inspect', '--tls-verify=false', '--no-creds', at('web:v1'))
  expect(anonymous.stderr).toContain('unauthorized')
  const {stderr} = await copy(at('web:v1'), at('absent:v1'))
  expect(stderr).toContain("The repository with name 'absent' does not exist")
})
