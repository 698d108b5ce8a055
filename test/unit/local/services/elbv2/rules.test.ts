import type {CreateRuleCommandInput, RuleCondition} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import {arnOf, elasticLoadBalancing, OK, refusal} from './fixture.js'

function withListener() {
  const elb = elasticLoadBalancing()
  const LoadBalancerArn = arnOf.loadBalancer(elb)
  const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})
  const rule = (Priority: number, input: Partial<CreateRuleCommandInput> = {}) =>
    arnOf.rule(elb, {
      ListenerArn,
      Priority,
      Conditions: [{Field: 'path-pattern', Values: ['/api/*']}],
      Actions: [OK],
      ...input,
    })
  const priorities = () => elb.call('describeRules', {ListenerArn}).Rules?.map(({Priority}) => Priority)
  return {elb, LoadBalancerArn, ListenerArn, rule, priorities}
}

describe('CreateRule', () => {
  test('lists rules by priority with the default rule last', () => {
    const {rule, priorities} = withListener()

    for (const priority of [300, 5, 50_000, 10]) rule(priority)

    expect(priorities()).toEqual(['5', '10', '300', '50000', 'default'])
  })

  test('describes old and new ways of naming paths and hosts alike', () => {
    const {elb, ListenerArn, rule} = withListener()
    rule(1, {Conditions: [{Field: 'path-pattern', Values: ['/a']}]})
    rule(2, {Conditions: [{Field: 'host-header', HostHeaderConfig: {Values: ['a.test']}}]})

    const [path, host] = elb.call('describeRules', {ListenerArn}).Rules ?? []

    expect(path).toEqual({
      RuleArn: expect.stringMatching(
        new RegExp(`^${ListenerArn.replace(':listener/', ':listener-rule/')}/[0-9a-f]{16}$`),
      ),
      Priority: '1',
      Conditions: [{Field: 'path-pattern', Values: ['/a'], PathPatternConfig: {Values: ['/a']}}],
      Actions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '200', MessageBody: 'ok'}}],
      IsDefault: false,
    })
    expect(host?.Conditions).toEqual([
      {Field: 'host-header', Values: ['a.test'], HostHeaderConfig: {Values: ['a.test']}},
    ])
  })

  test('refuses a priority that is taken', () => {
    const {rule} = withListener()
    rule(7)

    expect(refusal(() => rule(7))).toEqual({code: 'PriorityInUse', message: "Priority '7' is currently in use"})
  })

  test.each([
    [
      0,
      "1 validation error detected: Value '0' at 'priority' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      50_001,
      "1 validation error detected: Value '50001' at 'priority' failed to satisfy constraint: Member must have value less than or equal to 50000",
    ],
  ])('refuses priority %d', (priority, message) => {
    const {rule} = withListener()

    expect(refusal(() => rule(priority))).toEqual({code: 'ValidationError', message})
  })

  test('takes 100 rules per load balancer and no more', () => {
    const {elb, LoadBalancerArn, rule} = withListener()
    const other = arnOf.listener(elb, {LoadBalancerArn, Port: 81, DefaultActions: [OK]})
    for (let priority = 1; priority <= 99; priority++) rule(priority)
    rule(1, {ListenerArn: other})

    expect(refusal(() => rule(100)).code).toBe('TooManyRules')
  })

  const values = (count: number, text = '/p') => Array.from({length: count}, (_, index) => `${text}${index}`)
  const method = (value: string): RuleCondition => ({
    Field: 'http-request-method',
    HttpRequestMethodConfig: {Values: [value]},
  })
  test.each<[string, RuleCondition[], string]>([
    ['no condition', [], 'A condition must be specified'],
    [
      'an unknown field',
      [{Field: 'weather', Values: ['fine']}],
      "Condition field 'weather' must be one of '[path-pattern, host-header, http-header, query-string, http-request-method, source-ip]'",
    ],
    [
      'six values',
      [{Field: 'path-pattern', PathPatternConfig: {Values: values(6)}}],
      "A rule can only have '5' condition values",
    ],
    [
      'six values in two conditions',
      [
        {Field: 'path-pattern', Values: values(3)},
        {Field: 'host-header', Values: values(3, 'h')},
      ],
      "A rule can only have '5' condition values",
    ],
    [
      'seven wildcards',
      [{Field: 'path-pattern', Values: ['/*?*?*?*']}],
      "A rule can only have '6' condition wildcards",
    ],
    ['no value', [{Field: 'path-pattern', Values: []}], 'A condition value must be specified'],
    ['no configuration', [{Field: 'source-ip'}], "A 'SourceIpConfig' must be specified with 'source-ip'"],
    [
      'values of a method',
      [{Field: 'http-request-method', Values: ['GET']}],
      "The 'Values' field is not compatible with 'http-request-method'",
    ],
    [
      'both forms',
      [{Field: 'host-header', Values: ['a'], HostHeaderConfig: {Values: ['a']}}],
      "You cannot provide both Values and 'HostHeaderConfig' for a condition of type 'host-header'",
    ],
    [
      'two paths',
      [
        {Field: 'path-pattern', Values: ['/a']},
        {Field: 'path-pattern', Values: ['/b']},
      ],
      "A rule can only have one 'path-pattern' condition",
    ],
    [
      'a long path',
      [{Field: 'path-pattern', Values: ['/'.repeat(129)]}],
      "The 'path-pattern' value is too long; the limit is '128'",
    ],
    [
      'a lower-case method',
      [method('get')],
      "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore",
    ],
    [
      'an address without a prefix',
      [{Field: 'source-ip', SourceIpConfig: {Values: ['10.0.0.1']}}],
      "The 'source-ip' value '10.0.0.1' is not a valid CIDR block",
    ],
    [
      'a header without a name',
      [{Field: 'http-header', HttpHeaderConfig: {Values: ['x']}}],
      "A 'HttpHeaderName' must be specified with 'http-header'",
    ],
    [
      'a query key without a value',
      [{Field: 'query-string', QueryStringConfig: {Values: [{Key: 'a'}]}}],
      "A 'Value' must be specified in 'QueryStringKeyValuePair'",
    ],
  ])('refuses %s', (_, Conditions, message) => {
    const {rule} = withListener()

    expect(refusal(() => rule(1, {Conditions}))).toEqual({code: 'ValidationError', message})
  })
})

describe('ModifyRule and DeleteRule', () => {
  test('ModifyRule replaces conditions or actions', () => {
    const {elb, rule} = withListener()
    const RuleArn = rule(1)

    elb.call('modifyRule', {RuleArn, Conditions: [{Field: 'path-pattern', Values: ['/v2']}]})

    expect(elb.call('describeRules', {RuleArns: [RuleArn]}).Rules).toMatchObject([
      {Priority: '1', Conditions: [{Values: ['/v2']}], Actions: [{Type: 'fixed-response'}]},
    ])
  })

  test('the default rule can be neither modified nor deleted', () => {
    const {elb, ListenerArn} = withListener()
    const RuleArn = elb.call('describeRules', {ListenerArn}).Rules?.[0]?.RuleArn

    expect(refusal(() => elb.call('deleteRule', {RuleArn}))).toEqual({
      code: 'OperationNotPermitted',
      message: `Default rule '${RuleArn}' cannot be deleted`,
    })
    expect(refusal(() => elb.call('modifyRule', {RuleArn, Actions: [OK]}))).toEqual({
      code: 'OperationNotPermitted',
      message: `Default rule '${RuleArn}' cannot be modified`,
    })
  })

  test('a deleted rule is gone, and deleting it again is refused', () => {
    const {elb, rule, priorities} = withListener()
    const RuleArn = rule(1)

    elb.call('deleteRule', {RuleArn})

    expect(priorities()).toEqual(['default'])
    expect(refusal(() => elb.call('deleteRule', {RuleArn})).code).toBe('RuleNotFound')
  })
})

describe('SetRulePriorities', () => {
  test('swaps two rules', () => {
    const {elb, rule} = withListener()
    const [first, second] = [rule(1), rule(2)]

    elb.call('setRulePriorities', {
      RulePriorities: [
        {RuleArn: first, Priority: 2},
        {RuleArn: second, Priority: 1},
      ],
    })

    expect(elb.call('describeRules', {RuleArns: [first, second]}).Rules?.map(({Priority}) => Priority)).toEqual([
      '2',
      '1',
    ])
  })

  test('changes nothing when one priority is taken', () => {
    const {elb, rule, priorities} = withListener()
    const [first, second] = [rule(1), rule(2)]
    rule(3)

    const refused = refusal(() =>
      elb.call('setRulePriorities', {
        RulePriorities: [
          {RuleArn: first, Priority: 9},
          {RuleArn: second, Priority: 3},
        ],
      }),
    )

    expect(refused).toEqual({code: 'PriorityInUse', message: "Priority '3' is currently in use"})
    expect(priorities()).toEqual(['1', '2', '3', 'default'])
  })

  test('refuses one priority for two rules', () => {
    const {elb, rule} = withListener()
    const RulePriorities = [rule(1), rule(2)].map((RuleArn) => ({RuleArn, Priority: 5}))

    expect(refusal(() => elb.call('setRulePriorities', {RulePriorities})).message).toBe(
      "Priority '5' was provided multiple times",
    )
  })
})

describe('tags', () => {
  test('are kept for every kind of resource and leave with it', () => {
    const {elb, LoadBalancerArn, ListenerArn, rule} = withListener()
    const arns = [LoadBalancerArn, ListenerArn, rule(1), arnOf.targetGroup(elb)]

    elb.call('addTags', {
      ResourceArns: arns,
      Tags: [
        {Key: 'a', Value: '1'},
        {Key: 'b', Value: '2'},
      ],
    })
    elb.call('removeTags', {ResourceArns: arns, TagKeys: ['b']})

    expect(elb.call('describeTags', {ResourceArns: arns}).TagDescriptions).toEqual(
      arns.map((ResourceArn) => ({ResourceArn, Tags: [{Key: 'a', Value: '1'}]})),
    )
    elb.call('deleteListener', {ListenerArn})
    expect(refusal(() => elb.call('describeTags', {ResourceArns: [ListenerArn]})).code).toBe('ListenerNotFound')
  })

  test('come with creation', () => {
    const elb = elasticLoadBalancing()
    const arn = arnOf.targetGroup(elb, {Tags: [{Key: 'fargate:managed', Value: 'true'}]})

    expect(elb.call('describeTags', {ResourceArns: [arn]}).TagDescriptions).toEqual([
      {ResourceArn: arn, Tags: [{Key: 'fargate:managed', Value: 'true'}]},
    ])
  })

  test.each([
    ['21 resources', Array.from({length: 21}, () => 'x'), 'Cannot have more than 20 resources described'],
    ['something that is no ARN', ['web'], "'web' is not a valid load balancer, target group, listener or rule ARN"],
  ])('refuse %s', (_, ResourceArns, message) => {
    expect(refusal(() => elasticLoadBalancing().call('describeTags', {ResourceArns}))).toEqual({
      code: 'ValidationError',
      message,
    })
  })

  test('end at 50', () => {
    const elb = elasticLoadBalancing()
    const arn = arnOf.targetGroup(elb)
    const Tags = Array.from({length: 50}, (_, index) => ({Key: `k${index}`}))
    elb.call('addTags', {ResourceArns: [arn], Tags})

    expect(refusal(() => elb.call('addTags', {ResourceArns: [arn], Tags: [{Key: 'more'}]})).code).toBe('TooManyTags')
    expect(elb.call('addTags', {ResourceArns: [arn], Tags: [{Key: 'k0', Value: 'new'}]})).toEqual({})
  })
})
