import {AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient} from '@aws-sdk/client-sts'
import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {createSts} from '../../../../../src/local/services/sts/index.js'
import {createWire} from '../../../../../src/local/wire/wire.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {seededRandom} from '../../../../helpers/schema-arbitrary.js'

function startSts() {
  const {service} = createSts({clock: new VirtualClock(), random: seededRandom(1)})
  const clientOf = (accessKeyId: string, region = 'us-east-1') =>
    inProcessClient(STSClient, service, {accessKeyId, region})
  return {service, clientOf}
}

test.each([
  ['123456789012', 'us-east-1', '123456789012', 'arn:aws:iam::123456789012:user/local'],
  ['AKIAIOSFODNN7EXAMPLE', 'us-east-1', '000000000000', 'arn:aws:iam::000000000000:user/local'],
  ['123456789012', 'cn-north-1', '123456789012', 'arn:aws-cn:iam::123456789012:user/local'],
])('the key %s in %s is of account %s', async (key, region, account, arn) => {
  const client = startSts().clientOf(key, region)

  const identity = await client.send(new GetCallerIdentityCommand({}))

  expect(identity).toMatchObject({Account: account, Arn: arn})
  expect(identity.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/)
})

test('the credentials of an assumed role belong to its account', async () => {
  const {clientOf} = startSts()

  const {Credentials, AssumedRoleUser} = await clientOf('000000000000').send(
    new AssumeRoleCommand({RoleArn: 'arn:aws:iam::123456789012:role/ci/deploy', RoleSessionName: 'release-7'}),
  )
  const identity = await clientOf(Credentials?.AccessKeyId ?? '').send(new GetCallerIdentityCommand({}))

  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/release-7')
  expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:release-7$/)
  expect(Credentials?.Expiration).toEqual(new Date('2026-01-01T01:00:00Z'))
  expect(Credentials?.SecretAccessKey).toHaveLength(40)
  expect(identity.Account).toBe('123456789012')
})

test('a session token keeps the account of the caller', async () => {
  const client = startSts().clientOf('123456789012')

  const {Credentials} = await client.send(new GetSessionTokenCommand({DurationSeconds: 900}))

  expect(Credentials).toMatchObject({AccessKeyId: '123456789012', Expiration: new Date('2026-01-01T00:15:00Z')})
})

const RoleArn = 'arn:aws:iam::123456789012:role/deploy'

test.each([
  [{RoleArn: 'arn:aws:iam::123456789012:user/deploy', RoleSessionName: 'ci'}, 'user/deploy is invalid'],
  [{RoleArn: 'arn:aws-cn:iam::123456789012:role/deploy', RoleSessionName: 'ci'}, 'role/deploy is invalid'],
  [{RoleArn: 'deploy', RoleSessionName: 'ci'}, "Value 'deploy' at 'roleArn' failed to satisfy constraint"],
  [{RoleArn, RoleSessionName: 'my session'}, "at 'roleSessionName' failed to satisfy constraint: Member must satisfy"],
  [{RoleArn, RoleSessionName: 'ci', DurationSeconds: 60}, "Value '60' at 'durationSeconds' failed to satisfy"],
])('refuses to assume %j', async (input, message) => {
  const client = startSts().clientOf('000000000000')

  await expect(client.send(new AssumeRoleCommand(input))).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining(message),
  })
})

test('an unsigned request is refused', async () => {
  const wire = createWire({services: [startSts().service]})

  const answer = await wire.handle({
    method: 'POST',
    path: '/',
    query: {},
    headers: {host: 'sts.amazonaws.com', 'content-type': 'application/x-www-form-urlencoded'},
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  })

  expect(answer.status).toBe(403)
  expect(String(answer.body)).toContain('<Code>MissingAuthenticationToken</Code>')
})
