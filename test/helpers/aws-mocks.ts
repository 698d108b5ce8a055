import 'aws-sdk-client-mock-vitest/extend'
import {mockClient} from 'aws-sdk-client-mock'
import {beforeEach} from 'vitest'
import {createAwsClients} from '../../src/aws/clients.js'

/** The clients of the product, with the SDK as it is; only what the mocks below catch does not reach AWS. */
export const mockedAws = createAwsClients({
  region: 'us-east-1',
  credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-key'},
  maxAttempts: 1,
  userAgent: {name: 'fargate', version: '0.0.0'},
  now: () => 0,
  debug: () => undefined,
})

/** Catches all commands of one SDK client. Before each test it is new, and refuses what the test does not name. */
export const mockSdk = ((client: never) => {
  const mock = mockClient(client)
  beforeEach(() => {
    mock.reset()
    mock.onAnyCommand().callsFake((input) => {
      throw new Error(`unexpected command with ${JSON.stringify(input)}`)
    })
  })
  return mock
}) as typeof mockClient

/** What a mocked command rejects with where AWS refuses. */
export const refusal = (name: string, message = name): Error =>
  Object.assign(new Error(message), {name, $fault: 'client', $metadata: {httpStatusCode: 400}})
