import {describe, expect, test} from 'vitest'
import {digestOf} from '../../../../../src/local/registry/digest.js'
import type {EcrCaller} from './ecr-caller.js'
import {ecrCaller} from './ecr-caller.js'

const repositoryName = 'web'
const mebibyte = 1024 * 1024

async function withRepository(): Promise<EcrCaller> {
  const caller = ecrCaller()
  await caller.call('CreateRepository', {repositoryName})
  return caller
}

const begin = async ({call}: EcrCaller): Promise<string> =>
  (await call('InitiateLayerUpload', {repositoryName})).uploadId ?? ''

const upload = ({call}: EcrCaller, uploadId: string, part: Uint8Array, at = 0) =>
  call('UploadLayerPart', {
    repositoryName,
    uploadId,
    partFirstByte: at,
    partLastByte: at + part.length - 1,
    layerPartBlob: part,
  })

const complete = ({call}: EcrCaller, uploadId: string, ...layerDigests: string[]) =>
  call('CompleteLayerUpload', {repositoryName, uploadId, layerDigests})

/** Uploads bytes as one layer. */
async function push(caller: EcrCaller, content: string): Promise<{digest: string; size: number}> {
  const uploadId = await begin(caller)
  const digest = digestOf(content)
  await upload(caller, uploadId, Buffer.from(content))
  await complete(caller, uploadId, digest)
  return {digest, size: content.length}
}

describe('a layer is uploaded', () => {
  test('in parts of 5 MiB and more, the last of any size', async () => {
    const caller = await withRepository()
    const parts = [Buffer.alloc(5 * mebibyte, 'a'), Buffer.alloc(3, 'b')] as const
    const uploadId = await begin(caller)

    const first = await upload(caller, uploadId, parts[0])
    const second = await upload(caller, uploadId, parts[1], parts[0].length)
    const layerDigest = digestOf(Buffer.concat(parts).toString())
    const whole = await complete(caller, uploadId, layerDigest)

    expect([first.lastByteReceived, second.lastByteReceived]).toEqual([5 * mebibyte - 1, 5 * mebibyte + 2])
    expect(whole).toEqual({registryId: '000000000000', repositoryName, uploadId, layerDigest})
    expect(caller.stored(repositoryName).layers).toEqual([{digest: layerDigest, size: 5 * mebibyte + 3}])
  })

  test('and named by an image that PutImage puts', async () => {
    const caller = await withRepository()
    const config = {...(await push(caller, '{}')), mediaType: 'application/vnd.oci.image.config.v1+json'}
    const layer = {...(await push(caller, 'layer')), mediaType: 'application/vnd.oci.image.layer.v1.tar'}
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const imageManifest = JSON.stringify({schemaVersion: 2, mediaType, config, layers: [layer]})

    await caller.call('PutImage', {repositoryName, imageManifest, imageTag: 'v1'})

    const {imageDetails} = await caller.call('DescribeImages', {repositoryName})
    expect(imageDetails).toMatchObject([{imageTags: ['v1'], imageManifestMediaType: mediaType, imageSizeInBytes: 7}])
    const availability = await caller.call('BatchCheckLayerAvailability', {
      repositoryName,
      layerDigests: [layer.digest, digestOf('other')],
    })
    expect(availability.layers).toMatchObject([
      {layerAvailability: 'AVAILABLE', layerSize: 5, mediaType: layer.mediaType},
      {layerAvailability: 'UNAVAILABLE'},
    ])
  })
})

describe('an upload is refused', () => {
  test('where a part does not follow the last one, and goes on from there', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    await upload(caller, uploadId, Buffer.from('abc'))

    await expect(upload(caller, uploadId, Buffer.from('e'), 4)).rejects.toMatchObject({
      code: 'InvalidLayerPartException',
      members: {repositoryName, uploadId, lastValidByteReceived: 2},
    })

    expect(await upload(caller, uploadId, Buffer.from('d'), 3)).toMatchObject({lastByteReceived: 3})
  })

  test('where the length of a part is not that of its range', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    const part = {repositoryName, uploadId, partFirstByte: 0, partLastByte: 9, layerPartBlob: Buffer.from('abc')}
    await expect(caller.call('UploadLayerPart', part)).rejects.toMatchObject({code: 'InvalidLayerPartException'})
  })

  test('where a part that is not the last is smaller than 5 MiB', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    await upload(caller, uploadId, Buffer.from('a'))
    await upload(caller, uploadId, Buffer.from('b'), 1)
    await expect(complete(caller, uploadId, digestOf('ab'))).rejects.toMatchObject({
      code: 'LayerPartTooSmallException',
      message: 'All layer parts except the last part should be at least 5MB',
    })
  })

  test('where nothing was uploaded, or something else', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    await expect(complete(caller, uploadId, digestOf(''))).rejects.toMatchObject({
      code: 'EmptyUploadException',
      message: expect.stringContaining('cannot be completed because it does not have any parts'),
    })
    await upload(caller, uploadId, Buffer.from('a'))
    await expect(complete(caller, uploadId, digestOf('b'))).rejects.toMatchObject({code: 'InvalidLayerException'})
    expect(await complete(caller, uploadId, digestOf('b'), digestOf('a'))).toMatchObject({layerDigest: digestOf('a')})
  })

  test('while a part comes in, and another part too', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    const first = Buffer.alloc(5 * mebibyte, 'a')
    await upload(caller, uploadId, first)

    const coming = upload(caller, uploadId, Buffer.from('b'), first.length)
    const refused = await Promise.allSettled([
      upload(caller, uploadId, Buffer.from('c'), first.length),
      complete(caller, uploadId, digestOf(first)),
    ])

    expect(refused).toMatchObject([
      {reason: {code: 'InvalidLayerPartException', members: {lastValidByteReceived: first.length - 1}}},
      {reason: {code: 'InvalidLayerException'}},
    ])
    expect(await coming).toMatchObject({lastByteReceived: first.length})
    const whole = digestOf(Buffer.concat([first, Buffer.from('b')]))
    expect(await complete(caller, uploadId, whole)).toMatchObject({layerDigest: whole})
  })

  test('where the layer is there, and where the upload is not', async () => {
    const caller = await withRepository()
    await push(caller, 'layer')
    await expect(push(caller, 'layer')).rejects.toMatchObject({code: 'LayerAlreadyExistsException'})
    await expect(complete(caller, '00000000-0000-4000-8000-000000000000', digestOf('a'))).rejects.toMatchObject({
      code: 'UploadNotFoundException',
    })
    await expect(upload(caller, '00000000-0000-4000-8000-000000000000', Buffer.from('a'))).rejects.toMatchObject({
      code: 'UploadNotFoundException',
    })
  })

  test('after an hour of silence', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    await caller.clock.advance(60 * 60 * 1000)
    await expect(upload(caller, uploadId, Buffer.from('a'))).rejects.toMatchObject({code: 'UploadNotFoundException'})
  })
})

describe('an upload that docker’s protocol and the API share', () => {
  test('counts the chunks of both as parts', async () => {
    const caller = await withRepository()
    const uploadId = await begin(caller)
    const begun = caller.registry.store.uploads.find(caller.stored(repositoryName), uploadId)
    await begun?.append(new Blob(['a']).stream())
    await upload(caller, uploadId, Buffer.from('b'), 1)

    await expect(complete(caller, uploadId, digestOf('ab'))).rejects.toMatchObject({code: 'LayerPartTooSmallException'})
  })
})

test('a layer that is not there has no download URL', async () => {
  const caller = await withRepository()
  const layerDigest = digestOf('nothing')
  await expect(caller.call('GetDownloadUrlForLayer', {repositoryName, layerDigest})).rejects.toMatchObject({
    code: 'LayersNotFoundException',
    message: expect.stringContaining(layerDigest),
  })
})
