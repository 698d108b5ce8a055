import type {Filter} from '@aws-sdk/client-ec2'
import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupsCommand,
  DescribeTagsCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {startEc2} from './fixture.js'

async function startWithGroups() {
  const {client} = startEc2()
  const create = async (GroupName: string, Description: string, tags: Record<string, string>) => {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
    const {GroupId = ''} = await client.send(
      new CreateSecurityGroupCommand({
        GroupName,
        Description,
        TagSpecifications: [{ResourceType: 'security-group', Tags}],
      }),
    )
    return GroupId
  }
  const web = await create('web', 'service web', {team: 'shop', stage: 'prod'})
  const api = await create('api', 'service api (a*b)', {team: 'shop'})
  return {client, web, api}
}

describe('filters', () => {
  test.each<[string, Filter[], string[]]>([
    ['no filter', [], ['api', 'default', 'web']],
    ['a value', [{Name: 'group-name', Values: ['web']}], ['web']],
    ['one of several values', [{Name: 'group-name', Values: ['web', 'api', 'no']}], ['api', 'web']],
    ['values in another case', [{Name: 'group-name', Values: ['Web']}], []],
    ['no value', [{Name: 'group-name', Values: []}], []],
    ['any text', [{Name: 'description', Values: ['service *']}], ['api', 'web']],
    ['any character', [{Name: 'group-name', Values: ['w?b']}], ['web']],
    ['an escaped wildcard', [{Name: 'description', Values: ['*a\\*b*']}], ['api']],
    ['a tag', [{Name: 'tag:team', Values: ['shop']}], ['api', 'web']],
    ['a tag key', [{Name: 'tag-key', Values: ['stage']}], ['web']],
    [
      'all of several filters',
      [
        {Name: 'tag:team', Values: ['shop']},
        {Name: 'tag:stage', Values: ['prod']},
      ],
      ['web'],
    ],
    ['what rules allow', [{Name: 'egress.ip-permission.cidr', Values: ['0.0.0.0/0']}], ['api', 'default', 'web']],
    ['what rules do not allow', [{Name: 'ip-permission.cidr', Values: ['0.0.0.0/0']}], []],
  ])('by %s', async (_case, Filters, names) => {
    const {client} = await startWithGroups()

    const {SecurityGroups = []} = await client.send(new DescribeSecurityGroupsCommand({Filters}))

    expect(SecurityGroups.map(({GroupName}) => GroupName).toSorted()).toEqual(names)
  })

  test('that the operation does not have are refused', async () => {
    const {client} = startEc2()

    await expect(
      client.send(new DescribeSecurityGroupsCommand({Filters: [{Name: 'groupname', Values: ['web']}]})),
    ).rejects.toMatchObject({name: 'InvalidParameterValue', message: "The filter 'groupname' is invalid"})
  })

  test('take 200 values at most', async () => {
    const {client} = startEc2()
    const Values = Array.from({length: 201}, (_, index) => `name-${index}`)

    await expect(
      client.send(new DescribeSecurityGroupsCommand({Filters: [{Name: 'group-name', Values}]})),
    ).rejects.toMatchObject({name: 'FilterLimitExceeded'})
  })
})

describe('tags', () => {
  test('are added, replaced and listed', async () => {
    const {client, web} = await startWithGroups()

    await client.send(
      new CreateTagsCommand({
        Resources: [web],
        Tags: [
          {Key: 'stage', Value: 'test'},
          {Key: 'empty', Value: ''},
        ],
      }),
    )
    const {Tags = []} = await client.send(new DescribeTagsCommand({Filters: [{Name: 'resource-id', Values: [web]}]}))

    expect(Tags.map(({Key, Value, ResourceType}) => [Key, Value, ResourceType])).toEqual([
      ['empty', '', 'security-group'],
      ['stage', 'test', 'security-group'],
      ['team', 'shop', 'security-group'],
    ])
  })

  test('are found by key and value', async () => {
    const {client, web, api} = await startWithGroups()

    const {Tags = []} = await client.send(new DescribeTagsCommand({Filters: [{Name: 'tag:team', Values: ['shop']}]}))

    expect(Tags.map(({ResourceId}) => ResourceId).toSorted()).toEqual([web, api].toSorted())
    expect(new Set(Tags.map(({Key}) => Key))).toEqual(new Set(['team']))
  })

  test.each([
    ['a key', [{Key: 'stage'}], ['team']],
    ['a key with its value', [{Key: 'stage', Value: 'prod'}], ['team']],
    ['a key with another value', [{Key: 'stage', Value: 'test'}], ['stage', 'team']],
    ['nothing in particular', undefined, []],
  ])('are deleted by %s', async (_case, Tags, left) => {
    const {client, web} = await startWithGroups()

    await client.send(new DeleteTagsCommand({Resources: [web], Tags}))

    const {SecurityGroups} = await client.send(new DescribeSecurityGroupsCommand({GroupIds: [web]}))
    expect((SecurityGroups?.[0]?.Tags ?? []).map(({Key}) => Key).toSorted()).toEqual(left)
  })

  test.each([
    ['a resource that does not exist', ['sg-0123'], [{Key: 'a'}], 'InvalidGroup.NotFound'],
    ['an id of no kind', ['web-0123'], [{Key: 'a'}], 'InvalidID'],
    ['a key that AWS keeps', undefined, [{Key: 'aws:name', Value: 'x'}], 'InvalidParameterValue'],
    [
      'more than 50 tags',
      undefined,
      Array.from({length: 49}, (_, index) => ({Key: `k${index}`, Value: 'v'})),
      'TagLimitExceeded',
    ],
  ])('are refused for %s', async (_case, resources, Tags, code) => {
    const {client, web} = await startWithGroups()

    await expect(client.send(new CreateTagsCommand({Resources: resources ?? [web], Tags}))).rejects.toMatchObject({
      name: code,
    })
  })

  test('of another kind of resource are refused when a group is made', async () => {
    const {client} = startEc2()

    await expect(
      client.send(
        new CreateSecurityGroupCommand({
          GroupName: 'web',
          Description: 'web',
          TagSpecifications: [{ResourceType: 'vpc', Tags: [{Key: 'a', Value: 'b'}]}],
        }),
      ),
    ).rejects.toMatchObject({name: 'InvalidParameterValue'})
  })
})
