import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  InvalidLayerPartException,
  RepositoryNotFoundException,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import {expect, test} from 'vitest'
import {digestOf} from '../../../../../src/local/registry/digest.js'
import {createEcrService} from '../../../../../src/local/services/ecr/service.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {ecrCaller, scope} from './ecr-caller.js'

test('answers the SDK’s own client in the account and region of its signature', async () => {
  const {registry} = ecrCaller()
  const service = createEcrService(registry.store)
  const here = inProcessClient(ECRClient, service)
  const elsewhere = inProcessClient(ECRClient, service, {region: 'eu-west-1', accessKeyId: '111122223333'})

  await here.send(new CreateRepositoryCommand({repositoryName: 'web'}))
  const {repository} = await elsewhere.send(new CreateRepositoryCommand({repositoryName: 'web'}))
  const {repositories} = await here.send(new DescribeRepositoriesCommand({}))

  expect(repository?.repositoryUri).toBe('127.0.0.1:4566/111122223333/eu-west-1/web')
  expect(repositories?.map(({repositoryUri}) => repositoryUri)).toEqual(['127.0.0.1:4566/000000000000/us-east-1/web'])
})

test('carries dates and errors to the SDK’s types', async () => {
  const {registry, clock} = ecrCaller()
  const ecr = inProcessClient(ECRClient, createEcrService(registry.store))
  await registry.seed(scope, 'web', 'v1')

  const {imageDetails} = await ecr.send(new DescribeImagesCommand({repositoryName: 'web'}))

  expect(imageDetails?.[0]?.imagePushedAt).toEqual(new Date(clock.now()))
  await expect(ecr.send(new DescribeImagesCommand({repositoryName: 'nothing'}))).rejects.toBeInstanceOf(
    RepositoryNotFoundException,
  )
})

test('carries bytes as they are, and with an error the members that it has', async () => {
  const {registry} = ecrCaller()
  const ecr = inProcessClient(ECRClient, createEcrService(registry.store))
  const repositoryName = 'web'
  await ecr.send(new CreateRepositoryCommand({repositoryName}))
  const {uploadId} = await ecr.send(new InitiateLayerUploadCommand({repositoryName}))
  const layerPartBlob = Uint8Array.from({length: 256}, (_, byte) => byte)
  const part = new UploadLayerPartCommand({
    ...{repositoryName, uploadId, layerPartBlob},
    ...{partFirstByte: 0, partLastByte: 255},
  })

  await ecr.send(part)
  const error = await ecr.send(part).catch((refusal: unknown) => refusal)

  expect(error).toBeInstanceOf(InvalidLayerPartException)
  expect(error).toMatchObject({registryId: '000000000000', repositoryName, uploadId, lastValidByteReceived: 255})
  const upload = registry.store.uploads.find(registry.store.repositories.get(scope, repositoryName), uploadId ?? '')
  expect(upload?.digest()).toBe(digestOf(layerPartBlob))
})
