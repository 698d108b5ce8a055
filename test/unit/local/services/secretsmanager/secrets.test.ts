import type {CreateSecretCommandInput} from '@aws-sdk/client-secrets-manager'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {seededRandom} from '../../../../../src/local/random.js'
import {createSecretsManager} from '../../../../../src/local/services/secretsmanager/index.js'
import {asJson} from '../../../../helpers/as-json.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'

const DAY_MS = 24 * 60 * 60 * 1000
const scope = {account: '000000000000', region: 'us-east-1'}
const token = (letter: string) => letter.repeat(32)

function createScene() {
  const clock = new VirtualClock()
  const {service, secretValues, state} = createSecretsManager({clock, random: seededRandom(1)})
  const client = inProcessClient(SecretsManagerClient, service)
  const create = (Name: string, more: Partial<CreateSecretCommandInput> = {}) =>
    client.send(new CreateSecretCommand({Name, SecretString: 'one', ...more}))
  const put = (SecretId: string, SecretString: string, more: object = {}) =>
    client.send(new PutSecretValueCommand({SecretId, SecretString, ...more}))
  const get = (SecretId: string, more: object = {}) => client.send(new GetSecretValueCommand({SecretId, ...more}))
  const names = async (more: object = {}) =>
    (await client.send(new ListSecretsCommand(more))).SecretList?.map(({Name}) => Name)
  return {clock, client, secretValues, state, create, put, get, names}
}

describe('CreateSecret', () => {
  test('answers an ARN with six letters at its end, which is a name of the secret as well', async () => {
    const {create, get} = createScene()
    const {ARN = ''} = await create('prod/db')
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:prod\/db-[A-Za-z0-9]{6}$/)
    for (const id of ['prod/db', ARN, ARN.slice(0, -7)]) expect((await get(id)).SecretString).toBe('one')
  })

  test('a repeated request answers as the first, one with another value fails', async () => {
    const {create} = createScene()
    const first = await create('db', {ClientRequestToken: token('a')})
    const again = await create('db', {ClientRequestToken: token('a')})
    expect(again).toMatchObject({ARN: first.ARN, VersionId: token('a')})
    const other = create('db', {ClientRequestToken: token('a'), SecretString: 'two'})
    await expect(other).rejects.toBeInstanceOf(ResourceExistsException)
    await expect(create('db')).rejects.toThrow('The operation failed because the secret db already exists.')
  })

  test.each<[string, Partial<CreateSecretCommandInput>, string, string]>([
    [
      'a name with other letters',
      {Name: 'a b'},
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    ],
    [
      'two values',
      {SecretBinary: new Uint8Array([1])},
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    ],
  ])('refuses %s', async (_, input, name, message) => {
    await expect(createScene().create('db', input)).rejects.toMatchObject({name, message})
  })
})

describe('versions of a secret', () => {
  test('a new value is current, the one before it previous, and the others are deprecated', async () => {
    const {client, create, put, get} = createScene()
    const {ARN} = await create('db', {ClientRequestToken: token('a')})
    expect(await put('db', 'two', {ClientRequestToken: token('b')})).toMatchObject({
      VersionId: token('b'),
      VersionStages: ['AWSCURRENT'],
    })
    await client.send(new UpdateSecretCommand({SecretId: 'db', SecretString: 'three', ClientRequestToken: token('c')}))
    expect(await get('db')).toMatchObject({SecretString: 'three', VersionStages: ['AWSCURRENT']})
    expect(await get('db', {VersionStage: 'AWSPREVIOUS'})).toMatchObject({SecretString: 'two'})
    expect(await get('db', {VersionId: token('a')})).toMatchObject({SecretString: 'one', VersionStages: []})
    const described = await client.send(new DescribeSecretCommand({SecretId: 'db'}))
    expect(described).toMatchObject({
      ARN,
      VersionIdsToStages: {[token('b')]: ['AWSPREVIOUS'], [token('c')]: ['AWSCURRENT']},
    })
    const listed = await client.send(new ListSecretVersionIdsCommand({SecretId: 'db'}))
    expect(listed.Versions?.map(({VersionId}) => VersionId)).toEqual([token('b'), token('c')])
    const all = await client.send(new ListSecretVersionIdsCommand({SecretId: 'db', IncludeDeprecated: true}))
    expect(all.Versions?.map(({VersionStages}) => VersionStages)).toEqual([[], ['AWSPREVIOUS'], ['AWSCURRENT']])
  })

  test('a label of its own leaves the current version alone', async () => {
    const {create, put, get} = createScene()
    await create('db')
    await put('db', 'next', {VersionStages: ['AWSPENDING']})
    expect((await get('db')).SecretString).toBe('one')
    expect((await get('db', {VersionStage: 'AWSPENDING'})).SecretString).toBe('next')
  })

  test('a token stands for one value', async () => {
    const {create, put} = createScene()
    await create('db')
    await put('db', 'two', {ClientRequestToken: token('b')})
    await put('db', 'two', {ClientRequestToken: token('b')})
    await expect(put('db', 'three', {ClientRequestToken: token('b')})).rejects.toThrow(
      'A resource with the ID you requested already exists.',
    )
  })

  test('bytes come back as they were', async () => {
    const {create, get} = createScene()
    await create('db', {SecretString: undefined, SecretBinary: new Uint8Array([0, 255, 7])})
    const answer = await get('db')
    expect([...(answer.SecretBinary ?? [])]).toEqual([0, 255, 7])
    expect(answer.SecretString).toBeUndefined()
  })

  test.each([
    ['an unknown secret', {SecretId: 'gone'}, "Secrets Manager can't find the specified secret."],
    [
      'an unknown label',
      {VersionStage: 'X'},
      "Secrets Manager can't find the specified secret value for staging label: X",
    ],
    [
      'an unknown version',
      {VersionId: token('f')},
      `Secrets Manager can't find the specified secret value for VersionId: ${token('f')}`,
    ],
  ])('GetSecretValue does not find %s', async (_, input, message) => {
    const {create, get} = createScene()
    await create('db')
    const failed = get('db', input)
    await expect(failed).rejects.toBeInstanceOf(ResourceNotFoundException)
    await expect(failed).rejects.toMatchObject({message})
  })

  test('a secret without a value has no current version', async () => {
    const {create, get} = createScene()
    await create('db', {SecretString: undefined})
    await expect(get('db')).rejects.toThrow(
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    )
  })
})

describe('deleting a secret', () => {
  test('leaves it out of reach until the window is over, and then its name is free', async () => {
    const {clock, client, create, get, names} = createScene()
    await create('db')
    const {DeletionDate} = await client.send(new DeleteSecretCommand({SecretId: 'db', RecoveryWindowInDays: 7}))
    expect(DeletionDate).toEqual(new Date(clock.now() + 7 * DAY_MS))
    await expect(get('db')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: "You can't perform this operation on the secret because it was marked for deletion.",
    })
    await expect(create('db')).rejects.toThrow(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    )
    expect([await names(), await names({IncludePlannedDeletion: true})]).toEqual([[], ['db']])
    await clock.advance(7 * DAY_MS)
    expect(await names({IncludePlannedDeletion: true})).toEqual([])
    await create('db')
  })

  test('is taken back by RestoreSecret', async () => {
    const {client, create, get} = createScene()
    await create('db')
    await client.send(new DeleteSecretCommand({SecretId: 'db'}))
    await client.send(new RestoreSecretCommand({SecretId: 'db'}))
    expect((await get('db')).SecretString).toBe('one')
  })

  test('by force is at once, and no error where there is nothing', async () => {
    const {client, create, get} = createScene()
    await create('db')
    const force = new DeleteSecretCommand({SecretId: 'db', ForceDeleteWithoutRecovery: true})
    await client.send(force)
    await client.send(force)
    await expect(get('db')).rejects.toBeInstanceOf(ResourceNotFoundException)
  })

  test.each([
    [{RecoveryWindowInDays: 6}, 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'],
    [{RecoveryWindowInDays: 31}, 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'],
    [
      {RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true},
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    ],
  ])('refuses %j', async (input, message) => {
    const {client, create} = createScene()
    await create('db')
    const refused = client.send(new DeleteSecretCommand({SecretId: 'db', ...input}))
    await expect(refused).rejects.toMatchObject({name: 'InvalidParameterException', message})
  })
})

describe('ListSecrets', () => {
  test.each([
    [[{Key: 'name', Values: ['prod/']}], ['prod/web', 'prod/db']],
    [[{Key: 'name', Values: ['!prod/']}], ['test']],
    [[{Key: 'description', Values: ['DATA']}], ['prod/db']],
    [
      [
        {Key: 'tag-key', Values: ['team']},
        {Key: 'tag-value', Values: ['web']},
      ],
      ['prod/web'],
    ],
    [[{Key: 'all', Values: ['database']}], ['prod/db']],
  ] as const)('takes the filters %j', async (Filters, expected) => {
    const {clock, create, names} = createScene()
    await create('prod/db', {Description: 'The database'})
    await clock.advance(1000)
    await create('prod/web', {Tags: [{Key: 'team', Value: 'web'}]})
    await clock.advance(1000)
    await create('test', {Tags: [{Key: 'team', Value: 'other'}]})
    expect(await names({Filters})).toEqual(expected)
  })

  test('comes in pages', async () => {
    const {client, create, names} = createScene()
    for (const name of ['c', 'a', 'b']) await create(name)
    const first = await client.send(new ListSecretsCommand({MaxResults: 2, SortBy: 'name', SortOrder: 'asc'}))
    expect(first.SecretList?.map(({Name}) => Name)).toEqual(['a', 'b'])
    expect(await names({SortBy: 'name', SortOrder: 'asc', NextToken: first.NextToken})).toEqual(['c'])
    await expect(names({NextToken: 'x'})).rejects.toMatchObject({name: 'InvalidNextTokenException'})
  })

  test('shows no value', async () => {
    const {client, create} = createScene()
    await create('db', {SecretString: 'hunter2'})
    const shown = [
      await client.send(new ListSecretsCommand({})),
      await client.send(new DescribeSecretCommand({SecretId: 'db'})),
    ]
    expect(JSON.stringify(shown)).not.toContain('hunter2')
  })
})

describe('tags of secrets', () => {
  test('are added, replaced and removed', async () => {
    const {client, create} = createScene()
    await create('db', {
      Tags: [
        {Key: 'a', Value: '1'},
        {Key: 'b', Value: '2'},
      ],
    })
    await client.send(new TagResourceCommand({SecretId: 'db', Tags: [{Key: 'a', Value: '3'}]}))
    await client.send(new UntagResourceCommand({SecretId: 'db', TagKeys: ['b']}))
    const {Tags} = await client.send(new DescribeSecretCommand({SecretId: 'db'}))
    expect(Tags).toEqual([{Key: 'a', Value: '3'}])
  })
})

describe('secrets for tasks', () => {
  test('come by ARN, with the words of GetSecretValue where there is none', async () => {
    const {create, put, secretValues} = createScene()
    const {ARN = ''} = await create('db')
    await put('db', 'two')
    expect(secretValues.findValue(scope, ARN, {})).toEqual({outcome: 'found', text: 'two'})
    expect(secretValues.findValue(scope, ARN, {stage: 'AWSPREVIOUS'})).toEqual({outcome: 'found', text: 'one'})
    expect(secretValues.findValue(scope, `${ARN}x`, {})).toEqual({
      outcome: 'failed',
      fault: "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    })
  })
})

describe('secrets that are restored', () => {
  test('have their versions, and bytes as they were', async () => {
    const {create, put, state} = createScene()
    const {ARN = ''} = await create('db')
    await put('db', 'two')
    await create('key', {SecretString: undefined, SecretBinary: new Uint8Array([1, 2])})
    const {get, state: restored} = createScene()
    restored.restore(asJson(state.snapshot()))
    expect((await get(ARN, {VersionStage: 'AWSPREVIOUS'})).SecretString).toBe('one')
    expect([...((await get('key')).SecretBinary ?? [])]).toEqual([1, 2])
  })
})
