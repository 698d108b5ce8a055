import {expect, test} from 'vitest'
import {digestOf} from '../../../../../src/local/registry/digest.js'
import type {EcrCaller} from './ecr-caller.js'
import {ecrCaller, scope} from './ecr-caller.js'

const repositoryName = 'web'
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'

/** A repository with one image under each tag, all different. */
async function callerWith(...tags: string[]): Promise<EcrCaller & {digests: Record<string, string>}> {
  const caller = ecrCaller()
  const digests: Record<string, string> = {}
  for (const tag of tags) {
    const {digest} = await caller.registry.seed(scope, repositoryName, tag, {config: {cmd: [tag]}})
    digests[tag] = digest
  }
  return {...caller, digests}
}

async function manifestOf({call}: EcrCaller, imageTag: string): Promise<string> {
  const {images} = await call('BatchGetImage', {repositoryName, imageIds: [{imageTag}]})
  return images?.[0]?.imageManifest ?? ''
}

/** Puts an index over images that are there. */
async function putIndex({call}: EcrCaller, imageTag: string, digests: readonly string[]): Promise<string> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: digests.map((digest) => ({mediaType: dockerManifest, digest, size: 1})),
  })
  await call('PutImage', {repositoryName, imageManifest, imageTag})
  return digestOf(imageManifest)
}

test('describes an image', async () => {
  const {call, digests} = await callerWith('v1')

  const {imageDetails} = await call('DescribeImages', {repositoryName, imageIds: [{imageTag: 'v1'}]})

  const manifest = JSON.parse(await manifestOf(await callerWith('v1'), 'v1'))
  expect(imageDetails).toEqual([
    {
      registryId: '000000000000',
      repositoryName: 'web',
      imageDigest: digests.v1,
      imageTags: ['v1'],
      imageSizeInBytes: manifest.config.size + manifest.layers[0].size,
      imagePushedAt: new Date('2026-01-01T00:00:00Z'),
      imageManifestMediaType: dockerManifest,
      artifactMediaType: 'application/vnd.docker.container.image.v1+json',
      imageStatus: 'ACTIVE',
    },
  ])
})

test('counts an index as large as its largest image', async () => {
  const caller = await callerWith('v1', 'a-longer-tag')
  const details = await caller.call('DescribeImages', {repositoryName})
  const largest = Math.max(...(details.imageDetails ?? []).map(({imageSizeInBytes}) => imageSizeInBytes ?? 0))

  await putIndex(caller, 'multi', Object.values(caller.digests))

  const {imageDetails} = await caller.call('DescribeImages', {repositoryName, imageIds: [{imageTag: 'multi'}]})
  expect(imageDetails?.[0]?.imageSizeInBytes).toBe(largest)
})

test('does not describe an image that is not there', async () => {
  const {call} = await callerWith('v1')

  await expect(call('DescribeImages', {repositoryName, imageIds: [{imageTag: 'v2'}]})).rejects.toMatchObject({
    code: 'ImageNotFoundException',
    message:
      "The image with imageId {imageDigest:'null', imageTag:'v2'} does not exist within the repository with name 'web' in the registry with id '000000000000'",
  })
})

test.each([
  [undefined, 3],
  ['ANY', 3],
  ['TAGGED', 2],
  ['UNTAGGED', 1],
] as const)('filters by the tag status %s', async (tagStatus, count) => {
  const caller = await callerWith('v1', 'v2', 'old')
  await caller.call('PutImage', {repositoryName, imageManifest: await manifestOf(caller, 'v1'), imageTag: 'old'})
  const filter = tagStatus && {filter: {tagStatus}}

  const {imageDetails} = await caller.call('DescribeImages', {repositoryName, ...filter})

  expect(imageDetails).toHaveLength(count)
})

test('lists one identifier for every tag and one for an image without', async () => {
  const caller = await callerWith('v1', 'old')
  await caller.call('PutImage', {repositoryName, imageManifest: await manifestOf(caller, 'v1'), imageTag: 'old'})

  const pages = []
  let nextToken: string | undefined
  do {
    const page = await caller.call('ListImages', {repositoryName, maxResults: 1, nextToken})
    expect(page.imageIds).toHaveLength(1)
    pages.push(...(page.imageIds ?? []))
    nextToken = page.nextToken
  } while (nextToken !== undefined)

  const {v1, old} = caller.digests
  expect(pages).toHaveLength(3)
  expect(pages).toEqual(
    expect.arrayContaining([{imageDigest: v1, imageTag: 'v1'}, {imageDigest: v1, imageTag: 'old'}, {imageDigest: old}]),
  )
})

test('gets manifests and reports what it cannot get', async () => {
  const {call, digests, clock, stored} = await callerWith('v1')
  await clock.advance(1000)
  const unknown = digestOf('unknown')

  const {images, failures} = await call('BatchGetImage', {
    repositoryName,
    imageIds: [{imageTag: 'v1'}, {imageDigest: unknown}, {imageTag: 'v2'}, {}, {imageDigest: 'bogus'}],
  })

  expect(images).toMatchObject([
    {imageId: {imageDigest: digests.v1, imageTag: 'v1'}, imageManifestMediaType: dockerManifest, repositoryName},
  ])
  expect(digestOf(images?.[0]?.imageManifest ?? '')).toBe(digests.v1)
  expect(stored(repositoryName).images[0]?.lastPulledAt).toBe(clock.now())
  const reason = 'Requested image not found'
  expect(failures).toMatchObject([
    {imageId: {imageDigest: unknown}, failureCode: 'ImageNotFound', failureReason: reason},
    {imageId: {imageTag: 'v2'}, failureCode: 'ImageNotFound', failureReason: reason},
    {failureCode: 'MissingDigestAndTag'},
    {imageId: {imageDigest: 'bogus'}, failureCode: 'InvalidImageDigest'},
  ])
})

test('puts a second tag on an image, which docker sees at once', async () => {
  const caller = await callerWith('v1')
  const imageManifest = await manifestOf(caller, 'v1')

  const {image} = await caller.call('PutImage', {repositoryName, imageManifest, imageTag: 'stable'})

  expect(image?.imageId).toEqual({imageDigest: caller.digests.v1, imageTag: 'stable'})
  const platform = {os: 'linux', architecture: 'amd64'}
  const reference = '127.0.0.1:4566/000000000000/us-east-1/web:stable'
  expect(caller.registry.images.pull(scope, reference, platform)).toMatchObject({digest: caller.digests.v1})
})

test('refuses to put an image that is there under the same tag', async () => {
  const caller = await callerWith('v1')
  const imageManifest = await manifestOf(caller, 'v1')

  await expect(caller.call('PutImage', {repositoryName, imageManifest, imageTag: 'v1'})).rejects.toMatchObject({
    code: 'ImageAlreadyExistsException',
    message: `Image with digest '${caller.digests.v1}' and tag 'v1' already exists in the repository with name 'web' in registry with id '000000000000'`,
  })
})

test('refuses to put an index whose images are missing', async () => {
  const caller = await callerWith('v1')
  const missing = digestOf('missing')

  await expect(putIndex(caller, 'multi', [caller.digests.v1 ?? '', missing])).rejects.toMatchObject({
    code: 'ReferencedImagesNotFoundException',
    message: `Images with digests '[${missing}]' required for pushing image into repository with name 'web' in the registry with id '000000000000' do not exist`,
  })
})

test('refuses to put an image whose layers are missing', async () => {
  const caller = await callerWith('v1')
  const imageManifest = await manifestOf(caller, 'v1')
  await caller.call('CreateRepository', {repositoryName: 'other'})

  await expect(caller.call('PutImage', {repositoryName: 'other', imageManifest})).rejects.toMatchObject({
    code: 'LayersNotFoundException',
  })
})

test('refuses to put an image under another digest', async () => {
  const caller = await callerWith('v1')
  const imageManifest = await manifestOf(caller, 'v1')

  await expect(
    caller.call('PutImage', {repositoryName, imageManifest, imageTag: 'v2', imageDigest: digestOf('x')}),
  ).rejects.toMatchObject({code: 'ImageDigestDoesNotMatchException'})
})

test('honours a tag that became immutable', async () => {
  const caller = await callerWith('v1', 'v2')
  const answer = await caller.call('PutImageTagMutability', {repositoryName, imageTagMutability: 'IMMUTABLE'})
  expect(answer).toEqual({registryId: '000000000000', repositoryName, imageTagMutability: 'IMMUTABLE'})

  const imageManifest = await manifestOf(caller, 'v2')
  await expect(caller.call('PutImage', {repositoryName, imageManifest, imageTag: 'v1'})).rejects.toMatchObject({
    code: 'ImageTagAlreadyExistsException',
  })
})

test('deletes a tag alone, and the image with its last tag', async () => {
  const caller = await callerWith('v1')
  const imageDigest = caller.digests.v1
  await caller.call('PutImage', {repositoryName, imageManifest: await manifestOf(caller, 'v1'), imageTag: 'v2'})

  const first = await caller.call('BatchDeleteImage', {repositoryName, imageIds: [{imageTag: 'v1'}]})
  expect(first).toEqual({imageIds: [{imageDigest, imageTag: 'v1'}], failures: []})
  expect(caller.stored(repositoryName).images).toHaveLength(1)

  const second = await caller.call('BatchDeleteImage', {repositoryName, imageIds: [{imageTag: 'v2'}]})
  expect(second).toEqual({imageIds: [{imageDigest, imageTag: 'v2'}], failures: []})
  expect(caller.stored(repositoryName).images).toEqual([])
})

test('deletes an image by digest with all its tags', async () => {
  const caller = await callerWith('v1')
  const imageDigest = caller.digests.v1
  await caller.call('PutImage', {repositoryName, imageManifest: await manifestOf(caller, 'v1'), imageTag: 'v2'})

  const imageIds = [{imageDigest}, {imageDigest}]
  const answer = await caller.call('BatchDeleteImage', {repositoryName, imageIds})

  expect(answer.imageIds).toEqual([
    {imageDigest, imageTag: 'v1'},
    {imageDigest, imageTag: 'v2'},
  ])
  expect(answer.failures).toMatchObject([{failureCode: 'ImageNotFound', failureReason: 'Requested image not found'}])
})

test('does not delete an image before the index that names it', async () => {
  const caller = await callerWith('v1')
  const child = {imageDigest: caller.digests.v1}
  const index = await putIndex(caller, 'multi', [caller.digests.v1 ?? ''])

  const refused = await caller.call('BatchDeleteImage', {repositoryName, imageIds: [child]})
  const deleted = await caller.call('BatchDeleteImage', {repositoryName, imageIds: [{imageDigest: index}, child]})

  expect(refused.failures).toEqual([
    {
      imageId: child,
      failureCode: 'ImageReferencedByManifestList',
      failureReason: `Requested image referenced by manifest list: [${index}]`,
    },
  ])
  expect(deleted.failures).toEqual([])
  expect(caller.stored(repositoryName).images).toEqual([])
})

test('tells which layers are there', async () => {
  const caller = await callerWith('v1')
  const [layer] = JSON.parse(await manifestOf(caller, 'v1')).layers
  const unknown = digestOf('unknown')

  const answer = await caller.call('BatchCheckLayerAvailability', {
    repositoryName,
    layerDigests: [layer.digest, unknown, 'bogus'],
  })

  expect(answer.layers).toEqual([
    {
      layerDigest: layer.digest,
      layerAvailability: 'AVAILABLE',
      layerSize: layer.size,
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    },
    {layerDigest: unknown, layerAvailability: 'UNAVAILABLE'},
  ])
  expect(answer.failures).toMatchObject([{layerDigest: 'bogus', failureCode: 'InvalidLayerDigest'}])
})
