import {describe, expect, test} from 'vitest'
import type {RequestFacts} from '../../../../src/local/balancer/conditions.js'
import {conditionHolds} from '../../../../src/local/balancer/conditions.js'
import {acceptsStatus} from '../../../../src/local/balancer/matcher.js'
import type {Condition, RuleRecord} from '../../../../src/local/balancer/model.js'
import {locationOf, redirectTarget} from '../../../../src/local/balancer/redirect.js'
import {chooseRule} from '../../../../src/local/balancer/rules.js'

const request = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'GET',
  path: '/api/users?Page=2&flag&q=a=b',
  headers: new Map([
    ['host', ['Shop.Example.com:41234']],
    ['user-agent', ['Mozilla/5.0 Chrome']],
    ['accept', ['text/html', 'application/json']],
  ]),
  sourceIp: '10.1.2.3',
  ...change,
})

const path = (...values: string[]): Condition => ({field: 'path-pattern', values})
const host = (...values: string[]): Condition => ({field: 'host-header', values})
const method = (...values: string[]): Condition => ({field: 'http-request-method', values})
const source = (...values: string[]): Condition => ({field: 'source-ip', values})
const header = (name: string, ...values: string[]): Condition => ({field: 'http-header', name, values})
const query = (value: string, key?: string): Condition => ({
  field: 'query-string',
  pairs: [{value, ...(key !== undefined && {key})}],
})

describe('conditionHolds', () => {
  test.each<[string, Condition, boolean]>([
    ['a path without its query', path('/api/users'), true],
    ['a path in another case', path('/API/users'), false],
    ['a star across slashes', path('/*'), true],
    ['a star at the end of a longer path', path('/api*'), true],
    ['a path that only begins alike', path('/api'), false],
    ['a question mark for one character', path('/api/user?'), true],
    ['a question mark for no character', path('/api/users?'), false],
    ['a dot taken literally', path('/api.users'), false],
    ['the second of two values', path('/x', '/api/*'), true],
    ['a host in another case and with a port', host('shop.example.COM'), true],
    ['a host with a wildcard', host('*.example.com'), true],
    ['a wildcard that needs a subdomain of its own', host('*.shop.example.com'), false],
    ['another host', host('example.com'), false],
    ['a method', method('POST', 'GET'), true],
    ['a method in lower case', method('get'), false],
    ['an address block', source('10.0.0.0/8'), true],
    ['another block', source('10.2.0.0/16'), false],
    ['a block of the other family', source('::/0'), false],
    ['a header in another case', header('USER-AGENT', '*chrome*'), true],
    ['the second header of that name', header('Accept', 'application/json'), true],
    ['a header that is not there', header('x-none', '*'), false],
    ['a query pair in another case', query('2', 'page'), true],
    ['a query value under any key', query('2'), true],
    ['a query value under another key', query('2', 'q'), false],
    ['a query key without a value', query('', 'flag'), true],
    ['a query value with an equals sign', query('a=b', 'q'), true],
  ])('%s', (_, condition, expected) => {
    expect(conditionHolds(condition, request())).toBe(expected)
  })

  test('an escaped star is a star', () => {
    const star = query('\\*', 'q')

    expect(conditionHolds(star, request({path: '/?q=*'}))).toBe(true)
    expect(conditionHolds(star, request({path: '/?q=x'}))).toBe(false)
  })

  test('no query string matches no pair', () => {
    expect(conditionHolds(query('*'), request({path: '/'}))).toBe(false)
  })

  test('an IPv6 address is in its block', () => {
    expect(conditionHolds(source('2001:db8::/32'), request({sourceIp: '2001:db8::1'}))).toBe(true)
  })
})

describe('chooseRule', () => {
  const rule = (priority: RuleRecord['priority'], ...conditions: Condition[]): RuleRecord => ({
    arn: `rule-${priority}`,
    listenerArn: 'listener',
    priority,
    conditions,
    action: {type: 'fixed-response', status: 200},
  })

  test.each<[string, RuleRecord[], string]>([
    ['the first that matches', [rule(1, path('/x')), rule(2, path('/api/*')), rule(3, path('/*'))], 'rule-2'],
    ['one whose conditions all hold', [rule(1, path('/api/*'), method('POST')), rule(2, method('GET'))], 'rule-2'],
    ['the default rule when none matches', [rule(1, path('/x')), rule('default')], 'rule-default'],
  ])('picks %s', (_, rules, arn) => {
    expect(chooseRule(rules, request())?.arn).toBe(arn)
  })
})

describe('redirects', () => {
  const keep = {
    type: 'redirect',
    protocol: '#{protocol}',
    host: '#{host}',
    port: '#{port}',
    path: '/#{path}',
    query: '#{query}',
    status: 301,
  } as const
  const listener = {protocol: 'HTTP', port: 80}

  test.each([
    ['to HTTPS', {protocol: 'HTTPS', port: '443'}, 'https://Shop.Example.com:443/api/users?Page=2&flag&q=a=b'],
    ['to another host and path', {host: 'new.test', path: '/v2/#{path}', query: ''}, 'http://new.test:80/v2/api/users'],
    [
      'with the old host in the query',
      {query: 'from=#{host}&#{query}'},
      'http://Shop.Example.com:80/api/users?from=Shop.Example.com&Page=2&flag&q=a=b',
    ],
  ])('go %s', (_, change, location) => {
    expect(locationOf(redirectTarget({...keep, ...change}, request(), listener))).toBe(location)
  })
})

test.each([
  ['200', 200, true],
  ['200', 201, false],
  ['200-299', 204, true],
  ['200-299', 300, false],
  ['200-299,302', 302, true],
  ['200,202', 201, false],
])('matcher %s on status %d says %s', (matcher, status, expected) => {
  expect(acceptsStatus(matcher, status)).toBe(expected)
})
