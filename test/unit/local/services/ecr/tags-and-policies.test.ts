import {expect, test} from 'vitest'
import {ecrCaller} from './ecr-caller.js'

const repositoryName = 'web'
const resourceArn = 'arn:aws:ecr:us-east-1:000000000000:repository/web'

test('keeps the tags of a repository', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName, tags: [{Key: 'a', Value: '1'}]})

  await call('TagResource', {
    resourceArn,
    tags: [
      {Key: 'a', Value: '2'},
      {Key: 'b', Value: ''},
      {Key: 'c', Value: '3'},
    ],
  })
  await call('UntagResource', {resourceArn, tagKeys: ['c', 'absent']})

  expect(await call('ListTagsForResource', {resourceArn})).toEqual({
    tags: [
      {Key: 'a', Value: '2'},
      {Key: 'b', Value: ''},
    ],
  })
})

test.each([
  ['aws:reserved', 'InvalidTagParameterException'],
  ['', 'InvalidTagParameterException'],
])('refuses the tag key "%s" and makes no repository', async (Key, code) => {
  const {call} = ecrCaller()

  await expect(call('CreateRepository', {repositoryName, tags: [{Key, Value: 'x'}]})).rejects.toMatchObject({code})
  expect((await call('DescribeRepositories', {})).repositories).toEqual([])
})

test('refuses a 51st tag', async () => {
  const {call} = ecrCaller()
  const tags = Array.from({length: 51}, (_, index) => ({Key: `key-${index}`, Value: ''}))
  await call('CreateRepository', {repositoryName, tags: tags.slice(1)})

  await expect(call('TagResource', {resourceArn, tags: tags.slice(0, 1)})).rejects.toMatchObject({
    code: 'TooManyTagsException',
  })
})

test.each(['web', 'arn:aws:ecs:us-east-1:000000000000:cluster/web'])('refuses %s for an ARN', async (arn) => {
  const {call} = ecrCaller()

  await expect(call('ListTagsForResource', {resourceArn: arn})).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
  })
})

test('keeps a lifecycle policy', async () => {
  const {call, clock} = ecrCaller()
  await call('CreateRepository', {repositoryName})
  const lifecyclePolicyText = JSON.stringify({rules: [{rulePriority: 1, description: 'x'.repeat(100)}]})

  const put = await call('PutLifecyclePolicy', {repositoryName, lifecyclePolicyText})
  const got = await call('GetLifecyclePolicy', {repositoryName})
  await call('DeleteLifecyclePolicy', {repositoryName})

  expect(put).toEqual({registryId: '000000000000', repositoryName, lifecyclePolicyText})
  expect(got).toEqual({...put, lastEvaluatedAt: new Date(clock.now())})
  await expect(call('GetLifecyclePolicy', {repositoryName})).rejects.toMatchObject({
    code: 'LifecyclePolicyNotFoundException',
    message:
      "Lifecycle policy does not exist for the repository with name 'web' in the registry with id '000000000000'",
  })
})

test.each(['{', '{}', '{"rules": []}', '[]'])('refuses the lifecycle policy %s', async (lifecyclePolicyText) => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName})

  const padded = lifecyclePolicyText.padEnd(100)
  await expect(call('PutLifecyclePolicy', {repositoryName, lifecyclePolicyText: padded})).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining('Lifecycle policy validation failure'),
  })
})

test('keeps a repository policy', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName})
  const policyText = '{"Version": "2012-10-17"}'

  await call('SetRepositoryPolicy', {repositoryName, policyText})
  expect(await call('GetRepositoryPolicy', {repositoryName})).toMatchObject({policyText})
  await call('DeleteRepositoryPolicy', {repositoryName})

  await expect(call('DeleteRepositoryPolicy', {repositoryName})).rejects.toMatchObject({
    code: 'RepositoryPolicyNotFoundException',
  })
})

test('refuses a repository policy that is no JSON', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName})

  await expect(call('SetRepositoryPolicy', {repositoryName, policyText: 'no'})).rejects.toMatchObject({
    message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
  })
})

test('turns scanning on', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName})

  await call('PutImageScanningConfiguration', {repositoryName, imageScanningConfiguration: {scanOnPush: true}})

  const {repositories} = await call('DescribeRepositories', {})
  expect(repositories?.[0]?.imageScanningConfiguration).toEqual({scanOnPush: true})
})
