import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr'
import {describe, expect, test} from 'vitest'
import {registryCredentials} from '../../../src/ecr/registry-credentials.js'
import {
  createRepository,
  deleteRepository,
  findRepository,
  hasImageTag,
  repositoryTags,
} from '../../../src/ecr/repositories.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ECRClient)
const {ecr} = mockedAws
const web = {arn: 'arn:web', name: 'web', uri: '1.dkr.ecr.us-east-1.amazonaws.com/web'}
const described = {repositories: [{repositoryArn: web.arn, repositoryUri: web.uri}]}

describe('findRepository', () => {
  test('answers one by name', async () => {
    mock.on(DescribeRepositoriesCommand, {repositoryNames: ['web']}).resolves(described)

    expect(await findRepository(ecr, 'web')).toEqual(web)
  })

  test('answers undefined for one that does not exist', async () => {
    mock.on(DescribeRepositoriesCommand).rejects(refusal('RepositoryNotFoundException'))

    expect(await findRepository(ecr, 'web')).toBeUndefined()
  })
})

describe('createRepository', () => {
  const tags = [{Key: 'fargate:managed', Value: 'true'}]

  test('answers the new one', async () => {
    mock
      .on(CreateRepositoryCommand, {repositoryName: 'web', tags})
      .resolves({repository: {repositoryArn: web.arn, repositoryUri: web.uri}})

    expect(await createRepository(ecr, 'web', tags)).toEqual(web)
  })

  test('takes one that was made in the meantime as it is', async () => {
    mock.on(CreateRepositoryCommand).rejects(refusal('RepositoryAlreadyExistsException'))
    mock.on(DescribeRepositoriesCommand).resolves(described)

    expect(await createRepository(ecr, 'web', tags)).toEqual(web)
  })

  test('says so where ECR contradicts itself', async () => {
    mock.on(CreateRepositoryCommand).rejects(refusal('RepositoryAlreadyExistsException'))
    mock.on(DescribeRepositoriesCommand).rejects(refusal('RepositoryNotFoundException'))

    await expect(createRepository(ecr, 'web', tags)).rejects.toMatchObject({code: 'REPOSITORY_NOT_FOUND'})
  })
})

describe('hasImageTag', () => {
  test('is true for a tag that is there', async () => {
    mock
      .on(DescribeImagesCommand, {repositoryName: 'web', imageIds: [{imageTag: 'abc1234'}]})
      .resolves({imageDetails: [{imageTags: ['abc1234']}]})

    expect(await hasImageTag(ecr, 'web', 'abc1234')).toBe(true)
  })

  test.each(['ImageNotFoundException', 'RepositoryNotFoundException'])('is false on %s', async (name) => {
    mock.on(DescribeImagesCommand).rejects(refusal(name))

    expect(await hasImageTag(ecr, 'web', 'abc1234')).toBe(false)
  })

  test('throws other errors', async () => {
    mock.on(DescribeImagesCommand).rejects(refusal('AccessDeniedException'))

    await expect(hasImageTag(ecr, 'web', 'abc1234')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

test('deleteRepository deletes the images too, and takes an absent one for deleted', async () => {
  mock.on(DeleteRepositoryCommand, {repositoryName: 'web', force: true}).resolves({})
  mock.on(DeleteRepositoryCommand, {repositoryName: 'api'}).rejects(refusal('RepositoryNotFoundException'))

  await deleteRepository(ecr, 'web')
  await deleteRepository(ecr, 'api')
})

test('repositoryTags answers tags by key', async () => {
  mock.on(ListTagsForResourceCommand, {resourceArn: 'arn:web'}).resolves({tags: [{Key: 'a', Value: 'b'}]})

  expect(await repositoryTags(ecr, 'arn:web')).toEqual({a: 'b'})
})

describe('registryCredentials', () => {
  const token = (text: string) => ({authorizationToken: Buffer.from(text).toString('base64')})

  test('reads user and password, which can have colons', async () => {
    mock.on(GetAuthorizationTokenCommand).resolves({authorizationData: [token('AWS:pass:word')]})

    expect(await registryCredentials(ecr)).toEqual({username: 'AWS', password: 'pass:word'})
  })

  test.each([
    ['no data', {}],
    ['no user', {authorizationData: [token(':password')]}],
  ])('throws for %s', async (_what, answer) => {
    mock.on(GetAuthorizationTokenCommand).resolves(answer)

    await expect(registryCredentials(ecr)).rejects.toMatchObject({code: 'NO_AUTHORIZATION_TOKEN'})
  })
})
