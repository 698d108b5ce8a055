import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {describe, expect, test} from 'vitest'
import {deleteRolePolicy, findRolePolicy, putRolePolicy} from '../../../src/iam/role-policies.js'
import {
  attachedPolicies,
  attachPolicy,
  createServiceLinkedRole,
  createServiceRole,
  findRole,
} from '../../../src/iam/roles.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(IAMClient)
const {iam} = mockedAws
/** The SDK's name of the error, and the one on the wire. */
const absent = ['NoSuchEntityException', 'NoSuchEntity']
const role = {Role: {Arn: 'arn:role', RoleName: 'r', Path: '/', RoleId: 'i', CreateDate: new Date(0)}}

describe('findRole', () => {
  test('answers the ARN', async () => {
    mock.on(GetRoleCommand, {RoleName: 'r'}).resolves(role)

    expect(await findRole(iam, 'r')).toBe('arn:role')
  })

  test.each(absent)('answers undefined on %s', async (name) => {
    mock.on(GetRoleCommand).rejects(refusal(name))

    expect(await findRole(iam, 'r')).toBeUndefined()
  })

  test('throws where it may not look, instead of taking the role for absent', async () => {
    mock.on(GetRoleCommand).rejects(refusal('AccessDenied'))

    await expect(findRole(iam, 'r')).rejects.toMatchObject({code: 'ACCESS_DENIED', exitCode: 4})
  })
})

describe('attachedPolicies', () => {
  test('joins all pages; a marker without truncation is the end', async () => {
    mock
      .on(ListAttachedRolePoliciesCommand, {RoleName: 'r'})
      .resolves({AttachedPolicies: [{PolicyArn: 'arn:a'}, {}], IsTruncated: true, Marker: 'more'})
      .on(ListAttachedRolePoliciesCommand, {RoleName: 'r', Marker: 'more'})
      .resolves({AttachedPolicies: [{PolicyArn: 'arn:b'}], IsTruncated: false, Marker: 'end'})

    expect(await attachedPolicies(iam, 'r')).toEqual(['arn:a', 'arn:b'])
  })

  test.each(absent)('answers none on %s', async (name) => {
    mock.on(ListAttachedRolePoliciesCommand).rejects(refusal(name))

    expect(await attachedPolicies(iam, 'r')).toEqual([])
  })
})

describe('createServiceRole', () => {
  const wanted = {name: 'r', principal: 'ecs-tasks.amazonaws.com', description: 'd', tags: [{Key: 'a', Value: 'b'}]}

  test('trusts the service alone', async () => {
    mock.on(CreateRoleCommand).resolves(role)
    expect(await createServiceRole(iam, wanted)).toBe('arn:role')

    const {AssumeRolePolicyDocument = '', ...rest} = mock.commandCalls(CreateRoleCommand)[0]?.args[0].input ?? {}
    expect(rest).toEqual({RoleName: 'r', Description: 'd', Tags: wanted.tags})
    expect(JSON.parse(AssumeRolePolicyDocument)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {Sid: '', Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'},
      ],
    })
  })

  test.each(['EntityAlreadyExistsException', 'EntityAlreadyExists'])(
    'takes the one that is there on %s',
    async (name) => {
      mock.on(CreateRoleCommand).rejects(refusal(name))
      mock.on(GetRoleCommand).resolves(role)

      expect(await createServiceRole(iam, wanted)).toBe('arn:role')
    },
  )

  test('throws other errors', async () => {
    mock.on(CreateRoleCommand).rejects(refusal('LimitExceeded'))

    await expect(createServiceRole(iam, wanted)).rejects.toMatchObject({code: 'LIMIT_EXCEEDED'})
  })
})

test('attachPolicy names role and policy', async () => {
  mock.on(AttachRolePolicyCommand, {RoleName: 'r', PolicyArn: 'arn:p'}).resolves({})

  await attachPolicy(iam, 'r', 'arn:p')
})

describe('createServiceLinkedRole', () => {
  test.each(['InvalidInputException', 'InvalidInput'])('one that exists (%s) is no error', async (name) => {
    const message =
      'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.'
    mock.on(CreateServiceLinkedRoleCommand, {AWSServiceName: 'ecs.amazonaws.com'}).rejects(refusal(name, message))

    await createServiceLinkedRole(iam, 'ecs.amazonaws.com')
  })

  test('other invalid input is one', async () => {
    mock.on(CreateServiceLinkedRoleCommand).rejects(refusal('InvalidInputException', 'Invalid service name'))

    await expect(createServiceLinkedRole(iam, 'x')).rejects.toMatchObject({code: 'INVALID_INPUT'})
  })
})

describe('inline policies', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Action: 'ssm:GetParameters', Resource: ['a b']}],
  }

  test('are read percent-encoded', async () => {
    mock
      .on(GetRolePolicyCommand, {RoleName: 'r', PolicyName: 'p'})
      .resolves({RoleName: 'r', PolicyName: 'p', PolicyDocument: encodeURIComponent(JSON.stringify(document))})

    expect(await findRolePolicy(iam, 'r', 'p')).toEqual(document)
  })

  test('are written as JSON', async () => {
    mock.on(PutRolePolicyCommand).resolves({})
    await putRolePolicy(iam, 'r', 'p', document)

    expect(mock).toHaveReceivedCommandExactlyOnceWith(PutRolePolicyCommand, {
      RoleName: 'r',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(document),
    })
  })

  test.each(absent)('that are absent (%s) are undefined, and deleted already', async (name) => {
    mock.on(GetRolePolicyCommand).rejects(refusal(name))
    mock.on(DeleteRolePolicyCommand).rejects(refusal(name))

    expect(await findRolePolicy(iam, 'r', 'p')).toBeUndefined()
    await deleteRolePolicy(iam, 'r', 'p')
  })
})
