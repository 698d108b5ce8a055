import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {describe, expect, test} from 'vitest'
import {executionPolicy, startIam, trustOf} from './fixture.js'

describe('a role', () => {
  test('is answered with its trust policy percent-encoded, and its date in whole seconds', async () => {
    const {client, clock} = startIam()
    await clock.advance(999)
    const document = trustOf('ecs-tasks.amazonaws.com')

    const {Role: created} = await client.send(
      new CreateRoleCommand({RoleName: 'web', AssumeRolePolicyDocument: document, Description: "the web's role"}),
    )
    const {Role} = await client.send(new GetRoleCommand({RoleName: 'web'}))

    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::000000000000:role/web',
      Path: '/',
      CreateDate: new Date('2026-01-01T00:00:00Z'),
      Description: "the web's role",
      MaxSessionDuration: 3600,
    })
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/)
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22/)
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(document)
    // AWS's answer to CreateRole is shorter than that to GetRole.
    expect(created).toMatchObject({Arn: Role?.Arn, RoleId: Role?.RoleId})
    expect(created).not.toHaveProperty('Description')
    expect(created).not.toHaveProperty('MaxSessionDuration')
  })

  test.each([
    ['us-east-1', 'arn:aws:iam::123456789012:role/app/web'],
    ['cn-north-1', 'arn:aws-cn:iam::123456789012:role/app/web'],
  ])('of a region like %s has an ARN of its partition', async (region, arn) => {
    const {createRole} = startIam({region, accessKeyId: '123456789012'})

    const {Role} = await createRole('web', {Path: '/app/'})

    expect(Role?.Arn).toBe(arn)
  })

  test('has a name of its own, whatever the case', async () => {
    const {client, createRole} = startIam()
    await createRole('web')

    await expect(createRole('WEB')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name WEB already exists.',
      $metadata: {httpStatusCode: 409},
    })
    await expect(client.send(new GetRoleCommand({RoleName: 'WEB'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name WEB cannot be found.',
      $metadata: {httpStatusCode: 404},
    })
  })

  test.each([
    [{RoleName: 'n'.repeat(65)}, "Value at 'roleName' failed to satisfy constraint: Member must have length less than"],
    [
      {RoleName: 'my role'},
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [{RoleName: 'web', Path: 'app'}, "Value at 'path' failed to satisfy constraint: Member must satisfy regular"],
    [{RoleName: 'web', MaxSessionDuration: 60}, "Value at 'maxSessionDuration' failed to satisfy constraint"],
  ])('is refused with %j', async (input, message) => {
    const {client} = startIam()

    const command = new CreateRoleCommand({AssumeRolePolicyDocument: trustOf('ecs-tasks.amazonaws.com'), ...input})

    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    })
  })

  test('goes only after its policies', async () => {
    const {client, createRole} = startIam()
    await createRole('web')
    const RoleName = 'web'
    const PolicyDocument = JSON.stringify({Statement: {Effect: 'Allow', Action: 's3:*', Resource: '*'}})
    await client.send(new AttachRolePolicyCommand({RoleName, PolicyArn: executionPolicy}))
    await client.send(new PutRolePolicyCommand({RoleName, PolicyName: 's3', PolicyDocument}))
    const failure = () => client.send(new DeleteRoleCommand({RoleName})).catch((error: Error) => error.message)

    expect(await failure()).toBe('Cannot delete entity, must detach all policies first.')
    await client.send(new DetachRolePolicyCommand({RoleName, PolicyArn: executionPolicy}))
    expect(await failure()).toBe('Cannot delete entity, must delete policies first.')
    await client.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 's3'}))
    await client.send(new DeleteRoleCommand({RoleName}))

    await expect(client.send(new GetRoleCommand({RoleName}))).rejects.toMatchObject({name: 'NoSuchEntityException'})
  })
})

describe('a trust policy', () => {
  const statement = {Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}

  // The sentences are those of AWS's answers.
  test.each<[string, string, string]>([
    ['is no JSON', '{', 'This policy contains invalid Json'],
    ['names a resource', policy({...statement, Resource: '*'}), 'Has prohibited field Resource'],
    [
      'grants something else',
      policy({...statement, Action: 's3:GetObject'}),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ['has no principal', policy({...statement, Principal: undefined}), 'Missing required field Principal'],
    [
      'names a service without its domain',
      policy({...statement, Principal: {Service: 'ecs-tasks'}}),
      'Invalid principal in policy: "SERVICE":"ecs-tasks"',
    ],
    ['has no statement', '{}', 'Syntax errors in policy.'],
  ])('that %s is malformed', async (_case, document, message) => {
    const {client, createRole} = startIam()
    await createRole('web')

    const commands = [
      new CreateRoleCommand({RoleName: 'other', AssumeRolePolicyDocument: document}),
      new UpdateAssumeRolePolicyCommand({RoleName: 'web', PolicyDocument: document}),
    ]

    for (const command of commands) {
      await expect(client.send(command as CreateRoleCommand)).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
        message,
      })
    }
  })

  function policy(content: object): string {
    return JSON.stringify({Version: '2012-10-17', Statement: [content]})
  }

  test.each<[string, unknown, string[]]>([
    ['one service', [statement], ['ecs-tasks.amazonaws.com']],
    ['a statement that is no list', statement, ['ecs-tasks.amazonaws.com']],
    [
      'several services and actions',
      [{...statement, Principal: {Service: ['ecs.amazonaws.com', 'ec2.amazonaws.com']}, Action: ['sts:AssumeRole']}],
      ['ecs.amazonaws.com', 'ec2.amazonaws.com'],
    ],
    ['an account', [{...statement, Principal: {AWS: '111122223333'}}], []],
    ['a denial', [{...statement, Effect: 'Deny'}], []],
    ['another way of assuming it', [{...statement, Action: 'sts:AssumeRoleWithWebIdentity'}], []],
  ])('with %s says which services other parts may trust', async (_case, Statement, services) => {
    const {client, roles, scope, clock} = startIam()
    const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement})
    const {Role} = await client.send(new CreateRoleCommand({RoleName: 'web', AssumeRolePolicyDocument}))
    await clock.advance(1000)

    expect(roles.findRole(scope, Role?.Arn ?? '')).toEqual({
      roleArn: 'arn:aws:iam::000000000000:role/web',
      trustedServices: services,
      createdAt: Date.UTC(2026, 0, 1),
    })
  })
})

test('other services find roles from any region of the partition, in the same account', async () => {
  const {roles, createRole, scope} = startIam()
  const {Role} = await createRole('web', {Path: '/app/'})
  const arn = Role?.Arn ?? ''

  expect(roles.findRole({...scope, region: 'eu-west-1'}, arn)?.roleArn).toBe(arn)
  expect(roles.findRole(scope, 'arn:aws:iam::000000000000:role/web')).toBeUndefined()
  expect(roles.findRole({...scope, account: '123456789012'}, arn)).toBeUndefined()
  expect(roles.findRole({...scope, region: 'cn-north-1'}, arn)).toBeUndefined()
})

test('roles are listed by path and name, in pages', async () => {
  const {client, createRole} = startIam()
  for (const name of ['c', 'a', 'b']) await createRole(name, {Path: '/app/'})
  await createRole('other')
  const page = (Marker?: string) => client.send(new ListRolesCommand({PathPrefix: '/app/', MaxItems: 2, Marker}))

  const first = await page()
  await client.send(new DeleteRoleCommand({RoleName: 'b'}))
  const second = await page(first.Marker)

  expect(first.Roles?.map(({RoleName}) => RoleName)).toEqual(['a', 'b'])
  expect(first.IsTruncated).toBe(true)
  expect(second.Roles?.map(({RoleName}) => RoleName)).toEqual(['c'])
  expect(second.IsTruncated).toBe(false)
  expect(second.Marker).toBeUndefined()
  await expect(page('no-marker')).rejects.toMatchObject({name: 'ValidationError', message: 'Invalid Marker.'})
})

describe('role tags', () => {
  test('are added, replaced and taken away', async () => {
    const {client, createRole} = startIam()
    await createRole('web')
    const tag = (...Tags: {Key: string; Value: string}[]) => client.send(new TagRoleCommand({RoleName: 'web', Tags}))
    const list = async () => (await client.send(new ListRoleTagsCommand({RoleName: 'web'}))).Tags

    await tag({Key: 'team', Value: 'shop'}, {Key: 'stage', Value: ''})
    await tag({Key: 'team', Value: 'web'})
    expect(await list()).toEqual([
      {Key: 'stage', Value: ''},
      {Key: 'team', Value: 'web'},
    ])
    await client.send(new UntagRoleCommand({RoleName: 'web', TagKeys: ['stage']}))
    expect(await list()).toEqual([{Key: 'team', Value: 'web'}])
  })

  test.each([
    [
      'a key twice',
      [
        {Key: 'team', Value: 'a'},
        {Key: 'Team', Value: 'b'},
      ],
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'more than 50',
      Array.from({length: 51}, (_, index) => ({Key: `k${index}`, Value: ''})),
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    ],
    [
      'a key over 128 characters',
      [{Key: 'k'.repeat(129), Value: ''}],
      "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
    ],
    [
      'a foreign character',
      [{Key: 'a?', Value: ''}],
      "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
    ],
  ])('are refused with %s', async (_case, Tags, message) => {
    const {client, createRole} = startIam()
    await createRole('web')

    await expect(client.send(new TagRoleCommand({RoleName: 'web', Tags}))).rejects.toMatchObject({message})
  })
})

describe('a service-linked role', () => {
  test.each([
    ['ecs.amazonaws.com', 'AWSServiceRoleForECS'],
    ['elasticloadbalancing.amazonaws.com', 'AWSServiceRoleForElasticLoadBalancing'],
  ])('of %s is made once', async (AWSServiceName, name) => {
    const {client, roles, scope} = startIam()
    const create = () => client.send(new CreateServiceLinkedRoleCommand({AWSServiceName}))
    expect(roles.hasServiceLinkedRole(scope, AWSServiceName)).toBe(false)

    const {Role} = await create()

    expect(Role?.Arn).toBe(`arn:aws:iam::000000000000:role/aws-service-role/${AWSServiceName}/${name}`)
    expect(roles.hasServiceLinkedRole(scope, AWSServiceName)).toBe(true)
    expect(roles.findRole(scope, Role?.Arn ?? '')?.trustedServices).toEqual([AWSServiceName])
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: `Service role name ${name} has been taken in this account, please try a different suffix.`,
    })
  })

  test('changes through its service only', async () => {
    const {client} = startIam()
    await client.send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'ecs.amazonaws.com'}))

    await expect(client.send(new DeleteRoleCommand({RoleName: 'AWSServiceRoleForECS'}))).rejects.toMatchObject({
      name: 'UnmodifiableEntityException',
      message:
        "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS",
    })
  })

  test('of an unknown service is refused', async () => {
    const {client} = startIam()

    await expect(
      client.send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'ecs-tasks.amazonaws.com'})),
    ).rejects.toMatchObject({name: 'InvalidInputException'})
  })
})
