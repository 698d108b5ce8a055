import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {describe, expect, test} from 'vitest'
import {executionPolicy, startIam} from './fixture.js'

const RoleName = 'web'

async function startWithRole(region = 'us-east-1') {
  const {client, createRole} = startIam({region})
  await createRole(RoleName)
  const attach = (PolicyArn: string) => client.send(new AttachRolePolicyCommand({RoleName, PolicyArn}))
  return {client, attach}
}

describe('managed policies', () => {
  test('are attached once however often it is asked for, and detached', async () => {
    const {client, attach} = await startWithRole()
    const list = async () => (await client.send(new ListAttachedRolePoliciesCommand({RoleName}))).AttachedPolicies ?? []
    const detach = () => client.send(new DetachRolePolicyCommand({RoleName, PolicyArn: executionPolicy}))

    await attach(executionPolicy)
    await attach(executionPolicy)

    expect(await list()).toEqual([{PolicyName: 'AmazonECSTaskExecutionRolePolicy', PolicyArn: executionPolicy}])
    expect((await client.send(new GetPolicyCommand({PolicyArn: executionPolicy}))).Policy).toMatchObject({
      PolicyName: 'AmazonECSTaskExecutionRolePolicy',
      Path: '/service-role/',
      AttachmentCount: 1,
      IsAttachable: true,
    })
    await detach()
    expect(await list()).toEqual([])
    await expect(detach()).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${executionPolicy} was not found.`,
    })
  })

  test.each([
    [
      'a known policy under another path',
      'arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy',
      'NoSuchEntityException',
      'Policy arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy does not exist or is not attachable.',
    ],
    [
      'a policy of the account',
      'arn:aws:iam::000000000000:policy/mine',
      'NoSuchEntityException',
      'Policy arn:aws:iam::000000000000:policy/mine does not exist or is not attachable.',
    ],
    ['what is no ARN', 'longpolicynamebutnoarn', 'ValidationError', 'ARN longpolicynamebutnoarn is not valid.'],
    [
      'a policy of another partition',
      'arn:aws-cn:iam::aws:policy/ReadOnlyAccess',
      'InvalidInputException',
      'ARN arn:aws-cn:iam::aws:policy/ReadOnlyAccess is not valid.',
    ],
    [
      'a policy for services only',
      'arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy',
      'PolicyNotAttachableException',
      'Cannot attach a Service Role Policy to a Customer Role.',
    ],
  ])('are refused for %s', async (_case, arn, name, message) => {
    const {attach} = await startWithRole()

    await expect(attach(arn)).rejects.toMatchObject({name, message})
  })

  test('of AWS that are not listed are attached all the same', async () => {
    const {attach} = await startWithRole()

    await expect(attach('arn:aws:iam::aws:policy/AmazonKinesisFullAccess')).resolves.toBeDefined()
  })

  test('are ten at most', async () => {
    const {attach} = await startWithRole()
    for (let index = 0; index < 10; index++) await attach(`arn:aws:iam::aws:policy/Policy${index}`)

    await expect(attach(executionPolicy)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    })
  })
})

describe('inline policies', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*'}],
  })
  const put = (PolicyName: string, PolicyDocument = document) =>
    new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument})

  test('are put, read, listed and deleted', async () => {
    const {client} = await startWithRole()
    await client.send(put('b'))
    await client.send(put('a'))

    const read = await client.send(new GetRolePolicyCommand({RoleName, PolicyName: 'a'}))
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(document)
    expect(read.PolicyDocument).toContain('%2A')
    expect((await client.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames).toEqual(['a', 'b'])

    await client.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'a'}))
    await expect(client.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'a'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name a cannot be found.',
    })
  })

  test.each([
    ['no JSON', '{', 'Syntax errors in policy.'],
    ['no resource', '{"Statement": {"Effect": "Allow", "Action": "s3:*"}}', 'Policy statement must contain resources.'],
    ['no action', '{"Statement": {"Effect": "Allow", "Resource": "*"}}', 'Policy statement must contain actions.'],
    [
      'a principal',
      '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}}',
      'Policy document should not specify a principal.',
    ],
  ])('are refused with %s', async (_case, text, message) => {
    const {client} = await startWithRole()

    await expect(client.send(put('a', text))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message,
    })
  })

  test('hold 10240 characters together', async () => {
    const {client} = await startWithRole()
    const large = document.replace('bucket', 'b'.repeat(6000))
    await client.send(put('a', large))

    await expect(client.send(put('b', large))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 10240 bytes exceeded for role web',
    })
    await client.send(put('a', large))
  })
})
