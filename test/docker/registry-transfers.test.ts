import {randomBytes} from 'node:crypto'
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {request as httpRequest} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {digestOf} from '../../src/local/registry/digest.js'
import type {RegistryEndpoint} from '../helpers/registry-endpoint.js'
import {startRegistryEndpoint} from '../helpers/registry-endpoint.js'
import type {Skopeo} from '../helpers/skopeo.js'
import {skopeoAt, skopeoMissing} from '../helpers/skopeo.js'

const scope = {account: '000000000000', region: 'us-east-1'}
const repositoryName = 'web'
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
const chunk = randomBytes(5 * 1024 * 1024)
const missing = await skopeoMissing()

let folder: string
let endpoint: RegistryEndpoint
let skopeo: Skopeo
let authorization: string

beforeEach(async ({skip}) => {
  if (missing !== undefined) skip(missing)
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  endpoint = await startRegistryEndpoint(join(folder, 'blobs'))
  onTestFinished(() => endpoint.close())
  skopeo = await skopeoAt(endpoint, folder)
  authorization = `Basic ${Buffer.from(`AWS:${await endpoint.password()}`).toString('base64')}`
  endpoint.registry.store.repositories.create(scope, repositoryName, 0)
})

/** A request of docker's protocol at the repository. */
const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://${endpoint.host}/v2/000000000000/us-east-1/web${path}`, {
    ...init,
    headers: {authorization, ...(init.headers as Record<string, string>)},
  })

async function push(content: Buffer, mediaType: string): Promise<{mediaType: string; digest: string; size: number}> {
  const digest = digestOf(content)
  const {status} = await ask(`/blobs/uploads/?digest=${digest}`, {method: 'POST', body: new Uint8Array(content)})
  expect(status).toBe(201)
  return {mediaType, digest, size: content.length}
}

/** Puts an image of one layer, whose bytes are in the registry already, under a tag. */
async function putImage(layer: {digest: string; size: number}, imageTag: string): Promise<string> {
  const config = {os: 'linux', architecture: 'amd64', rootfs: {type: 'layers', diff_ids: [layer.digest]}}
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: dockerManifest,
    config: await push(Buffer.from(JSON.stringify(config)), 'application/vnd.docker.container.image.v1+json'),
    layers: [{...layer, mediaType: 'application/vnd.docker.image.rootfs.diff.tar'}],
  })
  const {image} = await endpoint.ecr.send(new PutImageCommand({repositoryName, imageManifest, imageTag}))
  return image?.imageId?.imageDigest ?? ''
}

/** Sends the beginning of a chunk and then breaks the connection. */
async function breakOff(path: string, range: string, part: Buffer, length: number): Promise<void> {
  const [host, port] = endpoint.host.split(':')
  const request = httpRequest({
    ...{host, port, method: 'PATCH', path: `/v2/000000000000/us-east-1/web${path}`},
    headers: {authorization, 'content-length': length, 'content-range': range},
  })
  const id = path.split('/').at(-1) ?? ''
  const repository = endpoint.registry.store.repositories.get(scope, repositoryName)
  const upload = endpoint.registry.store.uploads.find(repository, id)
  const closed = new Promise<void>((resolve) => request.on('close', resolve).on('error', () => resolve()))
  request.write(part)
  await expect.poll(() => upload?.receiving).toBe(true)
  request.destroy()
  await closed
  await expect.poll(() => upload?.receiving).toBe(false)
}

test('an upload that breaks off goes on from its last whole chunk, and the image is pulled', async () => {
  const content = Buffer.concat([chunk, randomBytes(5 * 1024 * 1024), randomBytes(1000)])
  const [size, end] = [chunk.length, 2 * chunk.length]
  const begun = await ask('/blobs/uploads/', {method: 'POST'})
  const path = begun.headers.get('location')?.split('/us-east-1/web')[1] ?? ''
  const send = (from: number, to: number) =>
    ask(path, {
      method: 'PATCH',
      body: new Uint8Array(content.subarray(from, to)),
      headers: {'content-range': `${from}-${to - 1}`},
    })
  await send(0, size)

  await breakOff(path, `${size}-${end - 1}`, content.subarray(size, size + 200_000), size)
  const status = await ask(path)
  const early = await send(size + 200_000, end)
  const resumed = [await send(size, end), await send(end, content.length)]
  const digest = digestOf(content)
  const completed = await ask(`${path}?digest=${digest}`, {method: 'PUT'})
  await putImage({digest, size: content.length}, 'v1')

  expect([status.status, status.headers.get('range')]).toEqual([204, `0-${size - 1}`])
  expect(early.status).toBe(416)
  expect(resumed.map((response) => response.status)).toEqual([202, 202])
  expect(completed.status).toBe(201)
  await skopeo.copied(skopeo.at('web:v1'), `dir:${join(folder, 'copy')}`)
  expect(await readdir(join(folder, 'copy'))).toContain(digest.slice('sha256:'.length))
})

test('a pull goes on when its image is deleted, as its layers are there', async () => {
  const layer = await push(chunk, 'layer')
  const imageDigest = await putImage(layer, 'v1')
  endpoint.onRequest = async (request) => {
    if (!request.includes(`GET /v2/000000000000/us-east-1/web/blobs/${layer.digest}`)) return
    await endpoint.ecr.send(new BatchDeleteImageCommand({repositoryName, imageIds: [{imageDigest}]}))
  }

  await skopeo.copied(skopeo.at('web:v1'), `dir:${join(folder, 'copy')}`)

  const {imageDetails} = await endpoint.ecr.send(new DescribeImagesCommand({repositoryName}))
  expect(imageDetails).toEqual([])
  const {stderr} = await skopeo.copy(skopeo.at('web:v1'), `dir:${join(folder, 'again')}`)
  expect(stderr).toContain('manifest unknown')
})

test('a pull ends with an error when its repository is deleted before a layer', async () => {
  const layer = await push(chunk, 'layer')
  await putImage(layer, 'v1')
  endpoint.onRequest = async (request) => {
    if (!request.includes(`/blobs/${layer.digest}`)) return
    endpoint.onRequest = () => Promise.resolve()
    await endpoint.ecr.send(new DeleteRepositoryCommand({repositoryName, force: true}))
  }

  const {exitCode, stderr} = await skopeo.copy(skopeo.at('web:v1'), `dir:${join(folder, 'copy')}`)

  expect(exitCode).not.toBe(0)
  expect(stderr).toMatch(new RegExp(`reading blob ${layer.digest}: .*404`))
})

test('a layer that is on its way arrives whole although its repository is deleted', async () => {
  const {digest} = await push(Buffer.concat([chunk, chunk, chunk, chunk]), 'layer')
  const response = await ask(`/blobs/${digest}`)

  await endpoint.ecr.send(new DeleteRepositoryCommand({repositoryName, force: true}))

  expect(digestOf(new Uint8Array(await response.arrayBuffer()))).toBe(digest)
  expect(await readdir(join(folder, 'blobs', 'sha256'))).toEqual([])
  expect((await ask(`/blobs/${digest}`)).status).toBe(404)
})

test('an index of two platforms that exists on disk only comes back as it was', async () => {
  const layout = join(folder, 'layout')
  const index = await writeLayout(layout)

  await skopeo.copied('--all', `oci:${layout}:v1`, skopeo.at('web:v1'))
  await skopeo.copied('--all', skopeo.at('web:v1'), `oci:${join(folder, 'back')}:v1`)

  const imageIds = [{imageTag: 'v1'}]
  const {images} = await endpoint.ecr.send(new BatchGetImageCommand({repositoryName, imageIds}))
  expect(images).toMatchObject([{imageManifest: index, imageId: {imageDigest: digestOf(index)}}])
  const blobs = async (path: string) => (await readdir(join(path, 'blobs', 'sha256'))).sort()
  expect(await blobs(join(folder, 'back'))).toEqual(await blobs(layout))
  const image = `${endpoint.host}/000000000000/us-east-1/web:v1`
  for (const architecture of ['amd64', 'arm64']) {
    expect(endpoint.registry.images.pull(scope, image, {os: 'linux', architecture})).toMatchObject({
      outcome: 'pulled',
      config: {cmd: [`/${architecture}`]},
    })
  }
})

/** Writes an OCI image layout with images for two platforms and answers the text of its index. */
async function writeLayout(layout: string): Promise<string> {
  await mkdir(join(layout, 'blobs', 'sha256'), {recursive: true})
  const write = async (content: string | Buffer, mediaType: string) => {
    const digest = digestOf(content)
    await writeFile(join(layout, 'blobs', digest.replace(':', '/')), content)
    return {mediaType, digest, size: content.length}
  }
  const manifests = await Promise.all(
    ['amd64', 'arm64'].map(async (architecture) => {
      const tar = '\0'.repeat(1024)
      const rootfs = {type: 'layers', diff_ids: [digestOf(tar)]}
      const config = JSON.stringify({os: 'linux', architecture, config: {Cmd: [`/${architecture}`]}, rootfs})
      const manifest = {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: await write(config, 'application/vnd.oci.image.config.v1+json'),
        layers: [await write(gzipSync(tar), 'application/vnd.oci.image.layer.v1.tar+gzip')],
      }
      return {...(await write(JSON.stringify(manifest), manifest.mediaType)), platform: {os: 'linux', architecture}}
    }),
  )
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const index = JSON.stringify({schemaVersion: 2, mediaType, manifests})
  const annotations = {'org.opencontainers.image.ref.name': 'v1'}
  const top = {schemaVersion: 2, manifests: [{...(await write(index, mediaType)), annotations}]}
  await writeFile(join(layout, 'index.json'), JSON.stringify(top))
  await writeFile(join(layout, 'oci-layout'), JSON.stringify({imageLayoutVersion: '1.0.0'}))
  return index
}
