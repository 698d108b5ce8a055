import {CreateLogGroup$, DescribeLogStreams$, PutLogEvents$} from '@aws-sdk/client-cloudwatch-logs'
import {BatchGetImage$} from '@aws-sdk/client-ecr'
import {PutParameter$, RemoveTagsFromResource$} from '@aws-sdk/client-ssm'
import type {StaticOperationSchema} from '@smithy/types'
import {describe, expect, test} from 'vitest'
import {inputCheck} from '../../../../src/local/constraints/input-check.js'
import type {LimitedShape} from '../../../../src/local/constraints/model.js'
import {validationMessage} from '../../../../src/local/constraints/violation.js'

/** What AWS would say of an input if the model had these shapes; the input's own is called `Input`. */
function said(schema: StaticOperationSchema, shapes: Record<string, LimitedShape>, input: unknown): string | undefined {
  const model = {version: '1', operations: {[schema[2]]: 'Input'}, shapes}
  const violations = inputCheck(schema, {model})(input)
  return violations.length === 0 ? undefined : validationMessage(violations)
}

const nameLimits = (limits: Partial<LimitedShape>) => ({
  Input: {type: 'structure', members: {logGroupName: 'Name'}},
  Name: {type: 'string', ...limits},
})

describe('a text', () => {
  test.each<[string, Partial<LimitedShape>, string, string]>([
    [
      'too long',
      {max: 2},
      'abc',
      "Value 'abc' at 'logGroupName' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      'too short',
      {min: 1},
      '',
      "Value '' at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'with a foreign letter',
      {pattern: '[a-z]+'},
      'a b',
      "Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      'with a sign that only Java lets one escape',
      {pattern: '[a-z\\=\\!]+'},
      'a?',
      "Value 'a?' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z\\=\\!]+",
    ],
    [
      'that is none of the words',
      {enum: ['a', 'b']},
      'x',
      "Value 'x' at 'logGroupName' failed to satisfy constraint: Member must satisfy enum value set: [a, b]",
    ],
  ])('%s', (_case, limits, logGroupName, text) => {
    expect(said(CreateLogGroup$, nameLimits(limits), {logGroupName})).toBe(`1 validation error detected: ${text}`)
  })

  test.each([
    [{max: 2}, 'ab'],
    [{min: 1}, 'a'],
    [{pattern: '^[a-z\\-]+|0$'}, 'a-b'],
    [{pattern: '[a-z\\=\\!]+'}, 'a=!'],
    [{enum: ['a', 'b']}, 'b'],
  ])('within %j is good', (limits, logGroupName) => {
    expect(said(CreateLogGroup$, nameLimits(limits), {logGroupName})).toBeUndefined()
  })

  test('that is sensitive is not quoted', () => {
    const shapes = {
      Input: {type: 'structure', members: {Value: 'Value'}},
      Value: {type: 'string', max: 2},
    }

    expect(said(PutParameter$, shapes, {Name: 'a', Value: 'secret'})).toBe(
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length less than or equal to 2",
    )
  })
})

test.each([
  [0, 'Member must have value greater than or equal to 1'],
  [51, 'Member must have value less than or equal to 50'],
])('the number %d', (limit, rule) => {
  const shapes = {
    Input: {type: 'structure', members: {limit: 'Limit'}},
    Limit: {type: 'integer', min: 1, max: 50},
  }

  expect(said(DescribeLogStreams$, shapes, {limit})).toBe(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: ${rule}`,
  )
})

describe('a list', () => {
  const shapes = {
    Input: {type: 'structure', members: {TagKeys: 'Keys'}},
    Keys: {type: 'list', max: 2, item: 'Key'},
    Key: {type: 'string', min: 1, max: 3, pattern: '[a-z]*'},
  }
  const said1 = (TagKeys: unknown) =>
    said(RemoveTagsFromResource$, shapes, {ResourceType: 'a', ResourceId: 'b', TagKeys})

  test('of texts is told of once, with every rule for its items', () => {
    expect(said1(['', 'four'])).toBe(
      "1 validation error detected: Value '[, four]' at 'tagKeys' failed to satisfy constraint: Member must satisfy" +
        ' constraint: [Member must have length less than or equal to 3, Member must have length greater than or equal' +
        ' to 1, Member must satisfy regular expression pattern: [a-z]*]',
    )
  })

  test('with too many items', () => {
    expect(said1(['a', 'b', 'c'])).toBe(
      "1 validation error detected: Value '[a, b, c]' at 'tagKeys' failed to satisfy constraint: Member must have" +
        ' length less than or equal to 2',
    )
  })

  test('with a hole', () => {
    expect(said1(['a', null])).toBe(
      "1 validation error detected: Value null at 'tagKeys.2.member' failed to satisfy constraint: Member must not be null",
    )
  })

  test('of structures is told of item by item, and is not quoted as a whole', () => {
    const events = {
      Input: {type: 'structure', members: {logEvents: 'Events'}},
      Events: {type: 'list', max: 2, item: 'Event'},
      Event: {type: 'structure', members: {message: 'Message'}},
      Message: {type: 'string', min: 1},
    }
    const logEvents = [{timestamp: 1, message: ''}, {timestamp: 1, message: 'a'}, {message: ''}]

    expect(said(PutLogEvents$, events, {logGroupName: 'a', logStreamName: 'b', logEvents})).toBe(
      "4 validation errors detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less" +
        " than or equal to 2; Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have" +
        " length greater than or equal to 1; Value null at 'logEvents.3.member.timestamp' failed to satisfy constraint:" +
        " Member must not be null; Value '' at 'logEvents.3.member.message' failed to satisfy constraint: Member must" +
        ' have length greater than or equal to 1',
    )
  })
})

test('a map is told of once for its keys and once for its values', () => {
  const shapes = {
    Input: {type: 'structure', members: {tags: 'Tags'}},
    Tags: {type: 'map', max: 50, key: 'Key', value: 'Value'},
    Key: {type: 'string', max: 1},
    Value: {type: 'string', max: 1},
  }

  expect(said(CreateLogGroup$, shapes, {logGroupName: 'a', tags: {ab: 'c', d: 'ef'}})).toBe(
    "2 validation errors detected: Value '{ab=c, d=ef}' at 'tags' failed to satisfy constraint: Map keys must satisfy" +
      " constraint: [Member must have length less than or equal to 1]; Value '{ab=c, d=ef}' at 'tags' failed to satisfy" +
      ' constraint: Map value must satisfy constraint: [Member must have length less than or equal to 1]',
  )
})

test('what a shape says of itself is followed as deep as the input goes', () => {
  const shapes = {
    Input: {type: 'structure', members: {imageIds: 'Ids'}},
    Ids: {type: 'list', item: 'Id'},
    Id: {type: 'structure', members: {imageTag: 'Tag'}},
    Tag: {type: 'string', max: 1},
  }

  expect(said(BatchGetImage$, shapes, {repositoryName: 'a', imageIds: [{}, {imageTag: 'ab'}]})).toContain(
    "'imageIds.2.member.imageTag'",
  )
})

test('absent members that are not required break nothing', () => {
  expect(said(DescribeLogStreams$, nameLimits({min: 1}), {logGroupName: undefined})).toBeUndefined()
})
