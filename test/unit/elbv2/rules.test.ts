import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import type {Rule} from '../../../src/elbv2/rules.js'
import {
  conditionOf,
  conditionValues,
  createForwardRule,
  deleteRule,
  describeRules,
  hasOnlyCondition,
  nextPriority,
} from '../../../src/elbv2/rules.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ElasticLoadBalancingV2Client)
const {elbv2} = mockedAws

const rule = (priority: number, conditions: Rule['conditions'] = []): Rule => ({
  arn: `rule-${priority}`,
  isDefault: priority === 0,
  priority,
  conditions,
  actions: [],
})

describe('describeRules', () => {
  test('joins all pages by priority, the default rule last', async () => {
    mock
      .on(DescribeRulesCommand, {ListenerArn: 'listener'})
      .resolves({
        Rules: [
          {RuleArn: 'd', Priority: 'default', IsDefault: true},
          {RuleArn: 'b', Priority: '20'},
        ],
        NextMarker: 'more',
      })
      .on(DescribeRulesCommand, {ListenerArn: 'listener', Marker: 'more'})
      .resolves({Rules: [{RuleArn: 'a', Priority: '3'}]})
    const rules = await describeRules(elbv2, 'listener')

    expect(rules.map(({arn, priority}) => [arn, priority])).toEqual([
      ['a', 3],
      ['b', 20],
      ['d', 0],
    ])
  })

  test('answers none for a listener that does not exist', async () => {
    mock.on(DescribeRulesCommand).rejects(refusal('ListenerNotFoundException'))

    expect(await describeRules(elbv2, 'listener')).toEqual([])
  })
})

describe('nextPriority', () => {
  test.each([
    ['of no rules', [], 10],
    ['of the default rule alone', [0], 10],
    ['behind all others', [0, 10, 25], 35],
    ['up to the last', [49_990], 50_000],
    ['before a rule at the very end', [10, 50_000], 49_999],
    ['the last free one before several', [49_998, 49_999, 50_000], 49_997],
  ])('%s', (_what, priorities, next) => {
    expect(nextPriority(priorities.map((priority) => rule(priority)))).toBe(next)
  })
})

describe('createForwardRule', () => {
  const forward = {
    listenerArn: 'listener',
    condition: {field: 'path-pattern' as const, value: '/api/*'},
    targetGroupArn: 'group',
    tags: [{Key: 'a', Value: 'b'}],
  }

  test('creates the rule behind those that are there', async () => {
    mock.on(DescribeRulesCommand).resolves({Rules: [{RuleArn: 'a', Priority: '10'}]})
    mock.on(CreateRuleCommand).resolves({})
    await createForwardRule(elbv2, forward)

    expect(mock).toHaveReceivedCommandExactlyOnceWith(CreateRuleCommand, {
      ListenerArn: 'listener',
      Priority: 20,
      Conditions: [{Field: 'path-pattern', Values: ['/api/*']}],
      Actions: [{Type: 'forward', TargetGroupArn: 'group'}],
      Tags: forward.tags,
    })
  })

  test('tries the next priority when another command took it', async () => {
    mock
      .on(DescribeRulesCommand)
      .resolvesOnce({Rules: []})
      .resolves({Rules: [{RuleArn: 'a', Priority: '10'}]})
    mock.on(CreateRuleCommand, {Priority: 10}).rejects(refusal('PriorityInUseException'))
    mock.on(CreateRuleCommand, {Priority: 20}).resolves({})
    await createForwardRule(elbv2, forward)

    expect(mock).toHaveReceivedCommandTimes(CreateRuleCommand, 2)
  })

  test('leaves it to another command that makes the same rule at the same time', async () => {
    const same = {
      RuleArn: 'a',
      Priority: '10',
      Conditions: [{Field: 'path-pattern', Values: ['/api/*']}],
      Actions: [{Type: 'forward' as const, TargetGroupArn: 'group'}],
    }
    mock
      .on(DescribeRulesCommand)
      .resolvesOnce({Rules: []})
      .resolves({Rules: [same]})
    mock.on(CreateRuleCommand).rejects(refusal('PriorityInUseException'))
    await createForwardRule(elbv2, forward)

    expect(mock).toHaveReceivedCommandTimes(CreateRuleCommand, 1)
  })

  test('gives up after five', async () => {
    mock.on(DescribeRulesCommand).resolves({Rules: []})
    mock.on(CreateRuleCommand).rejects(refusal('PriorityInUseException'))

    await expect(createForwardRule(elbv2, forward)).rejects.toMatchObject({code: 'PRIORITY_IN_USE'})
    expect(mock).toHaveReceivedCommandTimes(CreateRuleCommand, 5)
  })
})

describe('conditions', () => {
  test.each([
    [{Field: 'host-header', HostHeaderConfig: {Values: ['a.com']}, Values: ['a.com']}, ['a.com']],
    [{Field: 'path-pattern', Values: ['/x']}, ['/x']],
    [{Field: 'http-header', HttpHeaderConfig: {HttpHeaderName: 'X', Values: ['1']}}, ['1']],
    [{Field: 'http-request-method', HttpRequestMethodConfig: {Values: ['GET']}}, ['GET']],
    [{Field: 'source-ip', SourceIpConfig: {Values: ['10.0.0.0/8']}}, ['10.0.0.0/8']],
    [{Field: 'query-string', QueryStringConfig: {Values: [{Key: 'v', Value: '2'}, {Value: 'x'}]}}, ['v=2', 'x']],
    [{Field: 'later'}, []],
  ])('values of %j', (condition, values) => {
    expect(conditionValues(condition)).toEqual(values)
  })

  test.each([
    ['the same path', [{Field: 'path-pattern', Values: ['/api']}], {type: 'path', value: '/api'}, true],
    ['a path in other case', [{Field: 'path-pattern', Values: ['/API']}], {type: 'path', value: '/api'}, false],
    ['a host in other case', [{Field: 'host-header', Values: ['A.com']}], {type: 'host', value: 'a.COM'}, true],
    ['one of two values', [{Field: 'path-pattern', Values: ['/api', '/b']}], {type: 'path', value: '/api'}, false],
    ['another field', [{Field: 'host-header', Values: ['/api']}], {type: 'path', value: '/api'}, false],
    ['no condition', [], {type: 'path', value: '/api'}, false],
    [
      'one of two conditions',
      [
        {Field: 'path-pattern', Values: ['/api']},
        {Field: 'host-header', Values: ['a.com']},
      ],
      {type: 'path', value: '/api'},
      false,
    ],
  ] as const)('%s', (_what, conditions, expression, has) => {
    const described = rule(
      10,
      conditions.map((each) => ({...each, Values: [...each.Values]})),
    )
    expect(hasOnlyCondition(described, conditionOf(expression))).toBe(has)
  })
})

test('deleteRule takes an absent one for deleted', async () => {
  mock.on(DeleteRuleCommand).rejects(refusal('RuleNotFoundException'))

  await expect(deleteRule(elbv2, 'rule')).resolves.toBeUndefined()
})
