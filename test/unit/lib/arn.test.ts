import {expect, test} from 'vitest'
import {formatArn, lastNameOf, looksLikeArn, parseArn} from '../../../src/lib/arn.js'

test.for([
  ['arn:aws:ecs:us-east-1:123456789012:cluster/fargate', 'aws', 'ecs', 'us-east-1', '123456789012', 'cluster/fargate'],
  ['arn:aws-cn:iam::123456789012:role/x/y', 'aws-cn', 'iam', '', '123456789012', 'role/x/y'],
  ['arn:aws-us-gov:iam::aws:policy/A', 'aws-us-gov', 'iam', '', 'aws', 'policy/A'],
  ['arn:aws:s3:::bucket', 'aws', 's3', '', '', 'bucket'],
  ['arn:aws:logs:eu-west-1:123456789012:log-group:/a:*', 'aws', 'logs', 'eu-west-1', '123456789012', 'log-group:/a:*'],
] as const)('reads %s', ([text, partition, service, region, account, resource]) => {
  const arn = {partition, service, region, account, resource}
  expect(parseArn(text)).toEqual({ok: true, value: arn})
  expect(formatArn(arn)).toBe(text)
})

test.for([
  '',
  'arn',
  'arn:aws:ecs:us-east-1:123456789012',
  'arn:aws:ecs:us-east-1:123456789012:',
  'arn:x:s3:::b',
  'Arn:aws:s3:::b',
  'arn:aws:s3::12:b',
  ' arn:aws:s3:::b',
  'arn:aws:s3:::b c',
])('refuses %j', (text) => {
  const shown = /^\S+$/.test(text) ? text : JSON.stringify(text)
  expect(parseArn(text)).toEqual({
    ok: false,
    problem: `ARN ${shown} is not valid: use arn:partition:service:region:account:resource`,
  })
})

test('finds the name at the end of an ARN', () => {
  expect(lastNameOf('arn:aws:ecs:us-east-1:123456789012:service/fargate/web')).toBe('web')
  expect(lastNameOf('web')).toBe('web')
  expect(looksLikeArn('arn:whatever')).toBe(true)
  expect(looksLikeArn('arnold')).toBe(false)
})
