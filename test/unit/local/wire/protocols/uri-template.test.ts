import type {StaticOperationSchema} from '@smithy/types'
import {describe, expect, it} from 'vitest'
import type {WireRequest} from '../../../../../src/local/wire/http-message.js'
import {matchOperation, matchTemplate} from '../../../../../src/local/wire/protocols/uri-template.js'

const get = (path: string, query: WireRequest['query'] = {}): WireRequest => ({
  method: 'GET',
  path,
  query,
  headers: {},
  body: '',
})

const matches: readonly {template: string; request: WireRequest; labels: object | undefined}[] = [
  {template: '/2013-04-01/hostedzone', request: get('/2013-04-01/hostedzone'), labels: {}},
  {template: '/2013-04-01/hostedzone', request: get('/2013-04-01/hostedzonesbyname'), labels: undefined},
  {template: '/hostedzone/{Id}', request: get('/hostedzone/Z1'), labels: {Id: 'Z1'}},
  {template: '/hostedzone/{Id}', request: get('/hostedzone/Z1/rrset'), labels: undefined},
  {template: '/hostedzone/{Id}/rrset/', request: get('/hostedzone/Z1/rrset'), labels: {Id: 'Z1'}},
  {template: '/tags/{Arn}', request: get('/tags/arn%3Aaws%2Fb%20c'), labels: {Arn: 'arn:aws/b c'}},
  {template: '/tags/{Arn}', request: get('/tags/100%'), labels: {Arn: '100%'}},
  {template: '/{Bucket}/{Key+}', request: get('/b/a/b%2Fc'), labels: {Bucket: 'b', Key: 'a/b/c'}},
  {template: '/a.b', request: get('/axb'), labels: undefined},
  {template: '/x?list', request: get('/x', {list: ''}), labels: {}},
  {template: '/x?list', request: get('/x'), labels: undefined},
  {template: '/x?type=2', request: get('/x', {type: ['1']}), labels: undefined},
]

it.each(matches)('$template against $request.path', ({template, request, labels}) => {
  expect(matchTemplate(template, request)).toEqual(labels)
})

describe('of several templates', () => {
  const operation = (name: string, method: string, template: string): StaticOperationSchema => [
    9,
    'test',
    name,
    {http: [method, template, 200]},
    'unit',
    'unit',
  ]
  const operations = [
    operation('GetOne', 'GET', '/things/{Id}'),
    operation('GetCount', 'GET', '/things/count'),
    operation('DeleteOne', 'DELETE', '/things/{Id}'),
    operation('ListVersions', 'GET', '/things/{Id}?versions'),
  ]

  it.each([
    [get('/things/1'), 'GetOne'],
    [get('/things/count'), 'GetCount'],
    [get('/things/1', {versions: ''}), 'ListVersions'],
    [{...get('/things/1'), method: 'DELETE'}, 'DeleteOne'],
    [{...get('/things/1'), method: 'PUT'}, undefined],
  ])('%o names %s', (request, name) => {
    expect(matchOperation(request, operations)?.[2]).toBe(name)
  })
})
