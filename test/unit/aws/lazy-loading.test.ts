import {expect, test, vi} from 'vitest'
import {createAwsClients} from '../../../src/aws/clients.js'

const loaded = vi.hoisted(() => ({names: [] as string[]}))
vi.mock('@aws-sdk/client-ecs', (original) => {
  loaded.names.push('ecs')
  return original()
})
vi.mock('@aws-sdk/client-iam', (original) => {
  loaded.names.push('iam')
  return original()
})

test('loads the SDK of a service at its first call, and of no other', async () => {
  const refusing = {handle: () => Promise.reject(new Error('no network in this test'))}
  const aws = createAwsClients({
    region: 'us-east-1',
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-key'},
    maxAttempts: 1,
    requestHandler: {
      ...refusing,
      metadata: {},
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    },
    userAgent: {name: 'fargate', version: '0.0.0'},
    now: () => 0,
    debug: () => undefined,
  })
  expect(loaded.names).toEqual([])

  await expect(aws.ecs('DescribeClusters', {})).rejects.toThrow('no network')
  await expect(aws.ecs('DescribeClusters', {})).rejects.toThrow('no network')
  expect(loaded.names).toEqual(['ecs'])
})
