import {expect, test} from 'vitest'
import {ecrCaller} from './ecr-caller.js'

test('answers a new repository with the defaults that AWS echoes', async () => {
  const {call} = ecrCaller()

  const {repository} = await call('CreateRepository', {repositoryName: 'team/web'})

  expect(repository).toEqual({
    repositoryArn: 'arn:aws:ecr:us-east-1:000000000000:repository/team/web',
    registryId: '000000000000',
    repositoryName: 'team/web',
    repositoryUri: '127.0.0.1:4566/000000000000/us-east-1/team/web',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: {scanOnPush: false},
    encryptionConfiguration: {encryptionType: 'AES256'},
  })
})

test('keeps the settings it is given', async () => {
  const {call} = ecrCaller()
  const settings = {
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    imageTagMutabilityExclusionFilters: [{filterType: 'WILDCARD', filter: 'dev-*'}],
    imageScanningConfiguration: {scanOnPush: true},
    encryptionConfiguration: {encryptionType: 'KMS', kmsKey: 'alias/own'},
  } as const

  await call('CreateRepository', {
    repositoryName: 'web',
    ...settings,
    imageTagMutabilityExclusionFilters: [...settings.imageTagMutabilityExclusionFilters],
  })

  const {repositories} = await call('DescribeRepositories', {repositoryNames: ['web']})
  expect(repositories?.[0]).toMatchObject(settings)
})

test('names the account’s own key when KMS is asked for without a key', async () => {
  const {call} = ecrCaller()

  const encryptionConfiguration = {encryptionType: 'KMS'} as const
  const {repository} = await call('CreateRepository', {repositoryName: 'web', encryptionConfiguration})

  expect(repository?.encryptionConfiguration?.kmsKey).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/)
})

test('refuses a second repository of the same name in the same region only', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName: 'web'})

  await expect(call('CreateRepository', {repositoryName: 'web'})).rejects.toMatchObject({
    code: 'RepositoryAlreadyExistsException',
    message: "The repository with name 'web' already exists in the registry with id '000000000000'",
  })
  const elsewhere = {account: '000000000000', region: 'eu-west-1'}
  await expect(call('CreateRepository', {repositoryName: 'web'}, elsewhere)).resolves.toBeDefined()
})

test.each([
  ['a', 'Member must have length greater than or equal to 2'],
  ['a'.repeat(257), 'Member must have length less than or equal to 256'],
  ['Web', 'must satisfy regular expression'],
  ['web-', 'must satisfy regular expression'],
  ['/web', 'must satisfy regular expression'],
  ['team//web', 'must satisfy regular expression'],
  ['a...b', 'must satisfy regular expression'],
])('refuses the name %s', async (repositoryName, constraint) => {
  const {call} = ecrCaller()

  await expect(call('CreateRepository', {repositoryName})).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining(
      `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${constraint}`,
    ),
  })
})

test.each(['ab', 'a'.repeat(256), 'team/web', 'a--b', 'a__b', 'a.b', '0/1'])(
  'takes the name %s',
  async (repositoryName) => {
    const {call} = ecrCaller()

    await expect(call('CreateRepository', {repositoryName})).resolves.toMatchObject({repository: {repositoryName}})
  },
)

test.each([
  ['IMMUTABLE_WITH_EXCLUSION', undefined, "can't be null"],
  ['IMMUTABLE', [{filterType: 'WILDCARD', filter: 'x'}], 'must be null'],
] as const)('refuses %s with exclusions %j', async (imageTagMutability, filters, reason) => {
  const {call} = ecrCaller()
  const exclusions = filters && {imageTagMutabilityExclusionFilters: [...filters]}

  await expect(
    call('CreateRepository', {repositoryName: 'web', imageTagMutability, ...exclusions}),
  ).rejects.toMatchObject({code: 'InvalidParameterException', message: expect.stringContaining(reason)})
})

test('describes the repositories of one region by name, a page at a time', async () => {
  const {call} = ecrCaller()
  for (const repositoryName of ['cc', 'aa', 'bb']) await call('CreateRepository', {repositoryName})
  await call('CreateRepository', {repositoryName: 'zz'}, {account: '000000000000', region: 'eu-west-1'})

  const first = await call('DescribeRepositories', {maxResults: 2})
  await call('DeleteRepository', {repositoryName: 'bb'})
  const second = await call('DescribeRepositories', {maxResults: 2, nextToken: first.nextToken})

  expect(first.repositories?.map(({repositoryName}) => repositoryName)).toEqual(['aa', 'bb'])
  expect(second.repositories?.map(({repositoryName}) => repositoryName)).toEqual(['cc'])
  expect(second.nextToken).toBeUndefined()
})

test('describes at most 100 repositories where nothing else is asked for', async () => {
  const {call} = ecrCaller()
  for (let index = 0; index < 101; index++) await call('CreateRepository', {repositoryName: `repository-${index}`})

  const {repositories, nextToken} = await call('DescribeRepositories', {})

  expect(repositories).toHaveLength(100)
  expect(nextToken).toBeDefined()
})

test.each([
  ['DescribeRepositories', {maxResults: 0}, 'maxResults', 'Member must have value greater than or equal to 1'],
  ['DescribeRepositories', {maxResults: 1001}, 'maxResults', 'Member must have value less than or equal to 1000'],
  [
    'DescribeRepositories',
    {repositoryNames: []},
    'repositoryNames',
    'Member must have length greater than or equal to 1',
  ],
  [
    'DescribeRepositories',
    {registryId: 'me'},
    'registryId',
    'Member must satisfy regular expression pattern: [0-9]{12}',
  ],
  [
    'CreateRepository',
    {repositoryName: 'web', encryptionConfiguration: {encryptionType: 'ROT13'}},
    'encryptionConfiguration.encryptionType',
    'Member must satisfy enum value set: [AES256, KMS, KMS_DSSE]',
  ],
] as const)('%s refuses %j', async (name, input, member, rule) => {
  const {call} = ecrCaller()

  await expect(call(name, structuredClone(input) as never)).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: `Invalid parameter at '${member}' failed to satisfy constraint: '${rule}'`,
  })
})

test('refuses a token that it did not give out', async () => {
  const {call} = ecrCaller()

  await expect(call('DescribeRepositories', {nextToken: 'bogus'})).rejects.toMatchObject({
    code: 'InvalidParameterException',
  })
})

test.each([
  ['DescribeRepositories', {repositoryNames: ['web']}],
  ['DeleteRepository', {repositoryName: 'web'}],
  ['ListImages', {repositoryName: 'web'}],
  ['DescribeImages', {repositoryName: 'web'}],
  ['PutImage', {repositoryName: 'web', imageManifest: '{}'}],
  ['BatchGetImage', {repositoryName: 'web', imageIds: [{imageTag: 'v1'}]}],
  ['GetLifecyclePolicy', {repositoryName: 'web'}],
  ['ListTagsForResource', {resourceArn: 'arn:aws:ecr:us-east-1:000000000000:repository/web'}],
] as const)('%s does not find a repository that is not there', async (name, input) => {
  const {call} = ecrCaller()

  await expect(call(name, structuredClone(input) as never)).rejects.toMatchObject({
    code: 'RepositoryNotFoundException',
    message: "The repository with name 'web' does not exist in the registry with id '000000000000'",
  })
})

test('deletes a repository with images only by force', async () => {
  const {call, registry} = ecrCaller()
  await registry.seed({account: '000000000000', region: 'us-east-1'}, 'web', 'v1')

  await expect(call('DeleteRepository', {repositoryName: 'web'})).rejects.toMatchObject({
    code: 'RepositoryNotEmptyException',
    message:
      "The repository with name 'web' in registry with id '000000000000' cannot be deleted because it still contains images",
  })
  const {repository} = await call('DeleteRepository', {repositoryName: 'web', force: true})

  expect(repository?.repositoryName).toBe('web')
  expect((await call('DescribeRepositories', {})).repositories).toEqual([])
})

test('looks into the registry that a caller names', async () => {
  const {call} = ecrCaller()
  await call('CreateRepository', {repositoryName: 'web'}, {account: '111122223333', region: 'us-east-1'})

  const {repositories} = await call('DescribeRepositories', {registryId: '111122223333'})

  expect(repositories).toMatchObject([{repositoryName: 'web', registryId: '111122223333'}])
})

test('gives docker a login that lasts 12 hours', async () => {
  const {call} = ecrCaller()

  const {authorizationData} = await call('GetAuthorizationToken', {})

  expect(authorizationData).toEqual([
    {
      authorizationToken: Buffer.from('AWS:secret').toString('base64'),
      expiresAt: new Date('2026-01-01T12:00:00Z'),
      proxyEndpoint: 'http://127.0.0.1:4566',
    },
  ])
})
