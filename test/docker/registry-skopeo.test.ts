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
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import type {RegistryEndpoint} from '../helpers/registry-endpoint.js'
import {startRegistryEndpoint} from '../helpers/registry-endpoint.js'
import type {Skopeo} from '../helpers/skopeo.js'
import {skopeoAt, skopeoMissing} from '../helpers/skopeo.js'

const scope = {account: '000000000000', region: 'us-east-1'}
const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
const ociIndex = 'application/vnd.oci.image.index.v1+json'
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
const missing = await skopeoMissing()

let folder: string
let endpoint: RegistryEndpoint
let skopeo: Skopeo

beforeEach(async ({skip}) => {
  if (missing !== undefined) skip(missing)
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  endpoint = await startRegistryEndpoint(join(folder, 'blobs'))
  onTestFinished(() => endpoint.close())
  skopeo = await skopeoAt(endpoint, folder)
})

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

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

  await skopeo.copied('--all', skopeo.at('source:v1'), skopeo.at('target:v1'))

  expect(await skopeo.ask('inspect', '--raw', skopeo.at('target:v1'))).toBe(index)
  const {imageDetails = []} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName: 'target'}))
  expect(imageDetails.map(({imageDigest}) => imageDigest).sort()).toEqual([digestOf(index), ...digests].sort())
  const platform = {os: 'linux', architecture: 'arm64'}
  const reference = skopeo.at('target:v1').slice('docker://'.length)
  expect(endpoint.registry.images.pull(scope, reference, platform)).toMatchObject({
    outcome: 'pulled',
    digest: digestOf(index),
  })
  await skopeo.copied(`--override-arch=arm64`, skopeo.at('target:v1'), `oci:${join(folder, 'layout')}:v1`)
})

test('an image comes as OCI and as docker has it, by tag and by digest', async () => {
  const {digest} = await endpoint.registry.seed(scope, 'web', 'v1')
  await skopeo.copied('--format=oci', skopeo.at('web:v1'), skopeo.at('web:oci'))
  await skopeo.copied('--format=v2s2', skopeo.at(`web@${digest}`), `dir:${join(folder, 'copy')}`)
  await skopeo.copied('--format=v2s2', `dir:${join(folder, 'copy')}`, skopeo.at('web:back'))

  const {imageIds = []} = await endpoint.ecr.send(new ListImagesCommand({repositoryName: 'web'}))
  const digestByTag = new Map(imageIds.map(({imageTag, imageDigest}) => [imageTag, imageDigest]))
  expect([...digestByTag.keys()].sort()).toEqual(['back', 'oci', 'v1'])
  expect(digestByTag.get('back')).toBe(digest)
  expect(digestByTag.get('oci')).not.toBe(digest)
  expect(JSON.parse(await skopeo.ask('inspect', '--raw', skopeo.at('web:oci')))).toMatchObject({mediaType: ociManifest})
  expect(JSON.parse(await skopeo.ask('inspect', skopeo.at(`web@${digest}`)))).toMatchObject({
    Digest: digest,
    Architecture: 'amd64',
  })
})

test('tags are listed, and those that ECR removes are gone', async () => {
  for (const tag of ['v1', 'v2', 'v3']) await endpoint.registry.seed(scope, 'web', tag, {config: {cmd: [tag]}})
  const tags = async () => JSON.parse(await skopeo.ask('list-tags', skopeo.at('web'))).Tags as string[]
  expect(await tags()).toEqual(['v1', 'v2', 'v3'])

  await endpoint.ecr.send(new BatchDeleteImageCommand({repositoryName: 'web', imageIds: [{imageTag: 'v2'}]}))

  expect(await tags()).toEqual(['v1', 'v3'])
  const {stderr} = await skopeo.copy(skopeo.at('web:v2'), `dir:${join(folder, 'copy')}`)
  expect(stderr).toContain('manifest unknown')
})

test('more tags than a page has are listed whole', async () => {
  const {digest} = await endpoint.registry.seed(scope, 'web', 'v0')
  const repository = endpoint.registry.store.repositories.get(scope, 'web')
  const image = repository.images.find((one) => one.digest === digest)
  image?.tags.push(...Array.from({length: 1200}, (_, index) => `v${index + 1}`))

  const {Tags} = JSON.parse(await skopeo.ask('list-tags', skopeo.at('web')))

  expect(new Set(Tags).size).toBe(1201)
  expect(endpoint.requests.filter((request) => request.includes('/tags/list'))).toHaveLength(2)
})

test('skopeo deletes an image by one of its tags, as it asks for the digest', async () => {
  const {digest} = await endpoint.registry.seed(scope, 'web', 'v1')
  await skopeo.copied(skopeo.at('web:v1'), skopeo.at('web:v2'))

  await skopeo.ask('delete', skopeo.at('web:v1'))

  expect(endpoint.requests.at(-1)).toBe(`DELETE /v2/000000000000/us-east-1/web/manifests/${digest}`)
  const {imageDetails} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName: 'web'}))
  expect(imageDetails).toEqual([])
})

test('skopeo deletes an index by its digest, and only then what it names', async () => {
  const {index, digests} = await seedIndex('web', 'v1')
  const [child = ''] = digests

  const refused = await skopeo.run(
    'delete',
    '--tls-verify=false',
    `--creds=AWS:${await endpoint.password()}`,
    skopeo.at(`web@${child}`),
  )
  await skopeo.ask('delete', skopeo.at(`web@${digestOf(index)}`))
  await skopeo.ask('delete', skopeo.at(`web@${child}`))

  expect(refused.exitCode).not.toBe(0)
  expect(refused.stderr).toContain(`Requested image referenced by manifest list: [${digestOf(index)}]`)
  const {imageDetails = []} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName: 'web'}))
  expect(imageDetails.map(({imageDigest}) => imageDigest)).toEqual(digests.slice(1))
})

test('a login is tried before it is kept', async () => {
  await endpoint.registry.seed(scope, 'web', 'v1')
  const authfile = `--authfile=${join(folder, 'auth.json')}`
  const login = (password: string) =>
    skopeo.run('login', '--tls-verify=false', authfile, '--username=AWS', `--password=${password}`, endpoint.host)

  const wrong = await login('wrong')
  const right = await login(await endpoint.password())

  expect(wrong.exitCode).not.toBe(0)
  expect(wrong.stderr).toContain('invalid username/password')
  expect(right.stdout).toContain('Login Succeeded')
  const inspected = await skopeo.run('inspect', '--tls-verify=false', authfile, skopeo.at('web:v1'))
  expect(inspected.exitCode, inspected.stderr).toBe(0)
})

test('a copy of what is there sends nothing', async () => {
  await endpoint.registry.seed(scope, 'web', 'v1')
  const layout = `dir:${join(folder, 'copy')}`
  await skopeo.copied(skopeo.at('web:v1'), layout)
  const before = endpoint.requests.length

  await skopeo.copied(layout, skopeo.at('web:v2'))

  const puts = endpoint.requests.slice(before).filter((request) => !/^(GET|HEAD) /.test(request))
  expect(puts).toEqual(['PUT /v2/000000000000/us-east-1/web/manifests/v2'])
})

test('an immutable tag is written once', async () => {
  await endpoint.registry.seed(scope, 'source', 'v1')
  await endpoint.registry.seed(scope, 'source', 'v2', {config: {cmd: ['other']}})
  await createRepository('target', true)
  await skopeo.copied(skopeo.at('source:v1'), skopeo.at('target:v1'))
  const {exitCode, stderr} = await skopeo.copy(skopeo.at('source:v2'), skopeo.at('target:v1'))
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

  await skopeo.copied(skopeo.at('api:v1'), `oci:${join(folder, 'layout')}:v1`)
  const {downloadUrl = ''} = await endpoint.ecr.send(
    new GetDownloadUrlForLayerCommand({repositoryName, layerDigest: layer.digest}),
  )
  expect(await (await fetch(downloadUrl)).text()).toBe(tar)
})

test('who has no login is sent to get one, and a repository that is not there says so', async () => {
  await endpoint.registry.seed(scope, 'web', 'v1')
  const anonymous = await skopeo.run('inspect', '--tls-verify=false', '--no-creds', skopeo.at('web:v1'))
  expect(anonymous.stderr).toContain('unauthorized')
  const {stderr} = await skopeo.copy(skopeo.at('web:v1'), skopeo.at('absent:v1'))
  expect(stderr).toContain("The repository with name 'absent' does not exist")
})
