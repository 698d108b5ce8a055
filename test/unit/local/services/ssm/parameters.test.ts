import type {PutParameterCommandInput} from '@aws-sdk/client-ssm'
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  ParameterNotFound,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {createSsm} from '../../../../../src/local/services/ssm/index.js'
import {asJson} from '../../../../helpers/as-json.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'

const scope = {account: '000000000000', region: 'us-east-1'}

function createScene() {
  const clock = new VirtualClock()
  const {service, parameters, state} = createSsm({clock})
  const client = inProcessClient(SSMClient, service)
  const put = (Name: string, Value = 'v', more: Partial<PutParameterCommandInput> = {}) =>
    client.send(new PutParameterCommand({Name, Value, Type: 'String', ...more}))
  return {clock, client, service, parameters, state, put}
}

const BAD_NAME =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths' +
  ' divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

describe('PutParameter', () => {
  test('answers version and tier, and a later one only overwrites where it says so', async () => {
    const {put, client} = createScene()
    expect(await put('/app/token', 'one')).toMatchObject({Version: 1, Tier: 'Standard'})
    await expect(put('/app/token', 'two')).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
      message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    })
    const again = new PutParameterCommand({Name: '/app/token', Value: 'two', Overwrite: true})
    expect(await client.send(again)).toMatchObject({Version: 2})
    const {Parameter} = await client.send(new GetParameterCommand({Name: '/app/token'}))
    expect(Parameter).toMatchObject({
      Name: '/app/token',
      Type: 'String',
      Value: 'two',
      Version: 2,
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/app/token',
      DataType: 'text',
    })
  })

  test.each<[string, Partial<PutParameterCommandInput>, string, string]>([
    [
      'a name with a slash, but not in front',
      {Name: 'a/b'},
      'ValidationException',
      'Parameter name must be a fully qualified name',
    ],
    ['a name of AWS', {Name: '/AWS/x'}, 'AccessDeniedException', 'No access to reserved parameter name: /AWS/x.'],
    ['a name that begins with ssm', {Name: 'ssm-x'}, 'ValidationException', BAD_NAME],
    ['letters that names do not have', {Name: '/a b'}, 'ValidationException', BAD_NAME],
    ['no type', {Type: undefined}, 'ValidationException', 'A parameter type is required when you create a parameter.'],
    [
      'a reference to another parameter',
      {Value: '{{ssm:x}}'},
      'ValidationException',
      'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
    ],
    [
      'a value against its pattern',
      {Value: 'x', AllowedPattern: '^\\d+$'},
      'ParameterPatternMismatchException',
      'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    ],
    [
      'a pattern that is none',
      {AllowedPattern: '('},
      'InvalidAllowedPatternException',
      'The following pattern is not valid: (.',
    ],
    [
      'tags while it overwrites',
      {Overwrite: true, Tags: [{Key: 'a', Value: 'b'}]},
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove" +
        ' overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or' +
        ' RemoveTagsFromResource.',
    ],
  ])('refuses %s', async (_, input, name, message) => {
    const {client} = createScene()
    const command = new PutParameterCommand({Name: '/app/x', Value: 'v', Type: 'String', ...input})
    await expect(client.send(command)).rejects.toMatchObject({name, message})
  })

  test('takes 4096 characters in the standard tier, and more in the advanced one, from which none goes back', async () => {
    const {put} = createScene()
    await put('fits', 'x'.repeat(4096))
    await expect(put('long', 'x'.repeat(4097))).rejects.toThrow(
      'Standard tier parameters support a maximum parameter value of 4096 characters.',
    )
    expect(await put('long', 'x'.repeat(4097), {Tier: 'Intelligent-Tiering'})).toMatchObject({Tier: 'Advanced'})
    await expect(put('long', 'x', {Tier: 'Standard', Overwrite: true})).rejects.toThrow("You can't downgrade")
    await expect(put('longer', 'x'.repeat(8193), {Tier: 'Advanced'})).rejects.toThrow(
      'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    )
  })

  test('a hierarchy has 15 levels', async () => {
    const {put} = createScene()
    await put('/a'.repeat(15))
    await expect(put('/a'.repeat(16))).rejects.toMatchObject({name: 'HierarchyLevelLimitExceededException'})
  })
})

describe('reading parameters', () => {
  test('a SecureString is cipher text unless it is asked for decrypted', async () => {
    const {client, put} = createScene()
    await put('/secret', 'hunter2', {Type: 'SecureString'})
    const {Parameter: hidden} = await client.send(new GetParameterCommand({Name: '/secret'}))
    expect(hidden?.Value).toMatch(/^AQICAH/)
    expect(hidden?.Value).not.toContain('hunter2')
    const shown = await client.send(new GetParameterCommand({Name: '/secret', WithDecryption: true}))
    expect(shown.Parameter?.Value).toBe('hunter2')
    const {Parameters = []} = await client.send(new DescribeParametersCommand({}))
    expect(Parameters[0]).toMatchObject({KeyId: 'alias/aws/ssm'})
    expect(JSON.stringify(Parameters)).not.toContain('hunter2')
  })

  test('a version is asked for behind a colon, and an ARN stands for a name', async () => {
    const {client, put} = createScene()
    await put('/x', 'one')
    await put('/x', 'two', {Overwrite: true})
    const first = await client.send(new GetParameterCommand({Name: '/x:1'}))
    expect(first.Parameter).toMatchObject({Value: 'one', Selector: ':1'})
    const Name = 'arn:aws:ssm:us-east-1:000000000000:parameter/x'
    expect((await client.send(new GetParameterCommand({Name}))).Parameter).toMatchObject({Name: '/x', Value: 'two'})
    await expect(client.send(new GetParameterCommand({Name: '/x:9'}))).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
      message: 'Systems Manager could not find version 9 of /x. Verify the version and try again.',
    })
  })

  test('what is missing fails without a word, and several report it', async () => {
    const {client, put} = createScene()
    await put('/there')
    await expect(client.send(new GetParameterCommand({Name: '/gone'}))).rejects.toBeInstanceOf(ParameterNotFound)
    const answer = await client.send(new GetParametersCommand({Names: ['/gone', '/there', '/there:7']}))
    expect(answer.Parameters?.map(({Name}) => Name)).toEqual(['/there'])
    expect(answer.InvalidParameters).toEqual(['/gone', '/there:7'])
  })

  test('by path are those one level below, or all, ten to a page', async () => {
    const {client, put} = createScene()
    for (let index = 10; index < 22; index++) await put(`/app/p${index}`)
    await put('/app/deep/x')
    await put('/application')
    const names = async (more: object) => {
      const {Parameters = [], NextToken} = await client.send(new GetParametersByPathCommand({Path: '/app', ...more}))
      return {names: Parameters.map(({Name}) => Name), NextToken}
    }
    const first = await names({})
    expect(first.names).toHaveLength(10)
    const {NextToken} = first
    expect(await names({NextToken})).toEqual({names: ['/app/p20', '/app/p21'], NextToken: undefined})
    expect((await names({Recursive: true})).names).toContain('/app/deep/x')
    expect((await names({Path: '/'})).names).toEqual(['/application'])
    await expect(names({Path: 'app'})).rejects.toThrow("The parameter doesn't meet the parameter name requirements.")
    await expect(names({NextToken: 'x'})).rejects.toMatchObject({name: 'InvalidNextToken'})
  })

  test('the history has every version, and 100 at most', async () => {
    const {client, put} = createScene()
    await put('/x', 'v1')
    for (let version = 2; version <= 101; version++) await put('/x', `v${version}`, {Overwrite: true})
    const first = await client.send(new GetParameterHistoryCommand({Name: '/x'}))
    expect(first.Parameters).toHaveLength(50)
    expect(first.Parameters?.[0]).toMatchObject({Version: 2, Value: 'v2', Labels: []})
    const second = await client.send(new GetParameterHistoryCommand({Name: '/x', NextToken: first.NextToken}))
    expect(second.Parameters?.at(-1)).toMatchObject({Version: 101})
  })

  test.each([
    [{Key: 'Name', Values: ['/app/a']}, ['/app/a']],
    [{Key: 'Name', Option: 'Contains', Values: ['pp/']}, ['/app/a', '/app/deep/b']],
    [{Key: 'Name', Option: 'BeginsWith', Values: ['pl']}, ['plain']],
    [{Key: 'Type', Values: ['SecureString']}, ['plain']],
    [{Key: 'Path', Values: ['/app']}, ['/app/a']],
    [{Key: 'Path', Option: 'Recursive', Values: ['/app']}, ['/app/a', '/app/deep/b']],
    [{Key: 'tag:team', Values: ['web']}, ['/app/a']],
    [{Key: 'tag:team'}, ['/app/a']],
  ])('DescribeParameters takes the filter %j', async (filter, names) => {
    const {client, put} = createScene()
    await put('/app/a', 'v', {Tags: [{Key: 'team', Value: 'web'}]})
    await put('/app/deep/b')
    await put('plain', 'v', {Type: 'SecureString'})
    const {Parameters = []} = await client.send(new DescribeParametersCommand({ParameterFilters: [filter]}))
    expect(Parameters.map(({Name}) => Name)).toEqual(names)
  })

  test.each([
    [
      {Key: 'Label', Values: ['x']},
      'InvalidFilterKey',
      'The following filter key is not valid: Label. Valid filter keys include: [Path, Name, Type, KeyId, Tier, DataType].',
    ],
    [
      {Key: 'Path', Option: 'Equals', Values: ['/x']},
      'InvalidFilterOption',
      'The following filter option is not valid: Equals. Valid options include: [Recursive, OneLevel].',
    ],
    [
      {Key: 'Type', Values: ['x']},
      'InvalidFilterValue',
      'The following filter value is not valid: x. Valid values include: [String, StringList, SecureString].',
    ],
    [{Key: 'Name'}, 'ValidationException', 'The following filter values are missing : null for filter key Name.'],
  ])('DescribeParameters refuses the filter %j', async (filter, name, message) => {
    const {client} = createScene()
    const command = new DescribeParametersCommand({ParameterFilters: [filter]})
    await expect(client.send(command)).rejects.toMatchObject({name, message})
  })
})

describe('deleting parameters', () => {
  test('one that is missing fails, of several it is reported', async () => {
    const {client, put} = createScene()
    await put('/x')
    await put('/y')
    await client.send(new DeleteParameterCommand({Name: '/x'}))
    await expect(client.send(new DeleteParameterCommand({Name: '/x'}))).rejects.toBeInstanceOf(ParameterNotFound)
    expect(await client.send(new DeleteParametersCommand({Names: ['/x', '/y']}))).toMatchObject({
      DeletedParameters: ['/y'],
      InvalidParameters: ['/x'],
    })
  })
})

describe('tags of parameters', () => {
  test('are added, replaced, listed and removed', async () => {
    const {client, put} = createScene()
    const resource = {ResourceType: 'Parameter', ResourceId: '/x'} as const
    await put('/x', 'v', {Tags: [{Key: 'a', Value: '1'}]})
    const added = [
      {Key: 'a', Value: '2'},
      {Key: 'b', Value: '3'},
    ]
    await client.send(new AddTagsToResourceCommand({...resource, Tags: added}))
    await client.send(new RemoveTagsFromResourceCommand({...resource, TagKeys: ['b', 'c']}))
    const {TagList} = await client.send(new ListTagsForResourceCommand(resource))
    expect(TagList).toEqual([{Key: 'a', Value: '2'}])
    const missing = new ListTagsForResourceCommand({...resource, ResourceId: '/gone'})
    await expect(client.send(missing)).rejects.toMatchObject({name: 'InvalidResourceId'})
  })
})

describe('parameters for tasks', () => {
  test('come decrypted, and stay apart between accounts and regions', async () => {
    const {put, parameters} = createScene()
    await put('/x', 'hunter2', {Type: 'SecureString'})
    expect(parameters.findValue(scope, '/x')).toBe('hunter2')
    expect(parameters.findValue({...scope, region: 'eu-west-1'}, '/x')).toBeUndefined()
    expect(parameters.findValue({...scope, account: '111111111111'}, '/x')).toBeUndefined()
    expect(parameters.findValue(scope, 'no such name')).toBeUndefined()
  })
})

describe('parameters that are restored', () => {
  test('have their versions and tags', async () => {
    const {state, put} = createScene()
    await put('/x', 'one', {Tags: [{Key: 'a', Value: '1'}]})
    await put('/x', 'two', {Overwrite: true})
    const {client, state: restored} = createScene()
    restored.restore(asJson(state.snapshot()))
    const {Parameter} = await client.send(new GetParameterCommand({Name: '/x:1'}))
    expect(Parameter?.Value).toBe('one')
    const tags = new ListTagsForResourceCommand({ResourceType: 'Parameter', ResourceId: '/x'})
    expect((await client.send(tags)).TagList).toEqual([{Key: 'a', Value: '1'}])
  })
})
