import {describe, expect, test} from 'vitest'
import {
  parseClusterReference,
  parseRole,
  parseSecurityGroupIds,
  parseSubnetIds,
  regionProblem,
} from '../../../src/lib/aws-identifiers.js'

describe('subnet and security group ids', () => {
  const subnet = 'subnet-0123456789abcdef0'

  test('come in lists and once each', () => {
    expect(parseSubnetIds([`${subnet}, subnet-12345678`, subnet])).toEqual({
      ok: true,
      value: [subnet, 'subnet-12345678'],
    })
    expect(parseSecurityGroupIds(['sg-12345678,sg-0123456789abcdef0'])).toEqual({
      ok: true,
      value: ['sg-12345678', 'sg-0123456789abcdef0'],
    })
  })

  test.for(['', 'subnet-', 'subnet-123', 'subnet-1234567g', 'subnet-123456789', 'sg-12345678', 'Subnet-12345678'])(
    '%j is no subnet',
    (text) => {
      expect(parseSubnetIds([text])).toEqual({
        ok: false,
        problem: `subnet id ${text === '' ? '""' : text} is not valid: use subnet- and 8 or 17 hexadecimal digits`,
      })
    },
  )

  test('are as many as ECS takes', () => {
    const ids = (prefix: string, count: number) =>
      Array.from({length: count}, (_, index) => `${prefix}-1234567${index.toString(16)}`)
    const sixteen = ids('subnet', 16)

    expect(parseSubnetIds(sixteen).ok).toBe(true)
    expect(parseSubnetIds([...sixteen, subnet])).toEqual({
      ok: false,
      problem: '17 subnets are too many: use at most 16',
    })
    expect(parseSecurityGroupIds(ids('sg', 5)).ok).toBe(true)
    expect(parseSecurityGroupIds(ids('sg', 6))).toEqual({
      ok: false,
      problem: '6 security groups are too many: use at most 5',
    })
  })
})

test.for([
  'us-east-1',
  'ap-southeast-7',
  'us-gov-west-1',
  'cn-north-1',
  'us-isob-east-1',
  'eusc-de-east-1',
  'mx-central-1',
])('%s looks like a region', (region) => {
  expect(regionProblem(region)).toBeUndefined()
})

test.for(['', 'us-east', 'us-east-1a', 'US-EAST-1', 'us_east_1', 'https://x', 'us-east-1 ', 'east-1'])(
  '%j looks like no region',
  (region) => {
    const shown = /^\S+$/.test(region) ? region : JSON.stringify(region)
    expect(regionProblem(region)).toBe(`region ${shown} is not valid: use a name such as us-east-1`)
  },
)

describe('a role', () => {
  test.for([
    ['ecsTaskExecutionRole', {kind: 'name', name: 'ecsTaskExecutionRole'}],
    ['a+=,.@-_1', {kind: 'name', name: 'a+=,.@-_1'}],
    [
      'arn:aws-cn:iam::123456789012:role/team/web',
      {kind: 'arn', arn: 'arn:aws-cn:iam::123456789012:role/team/web', name: 'web'},
    ],
    ['arn:aws:iam::123456789012:role/web', {kind: 'arn', arn: 'arn:aws:iam::123456789012:role/web', name: 'web'}],
  ] as const)('is read from %s', ([text, role]) => {
    expect(parseRole(text)).toEqual({ok: true, value: role})
  })

  const nameRule = 'use the name of a role, up to 64 letters, digits and +=,.@_-'
  const arnRule = 'is the ARN of something else: use arn:aws:iam::<account>:role/<name>'
  test.for([
    ['', `role "" is not valid: ${nameRule}`],
    ['my role', `role "my role" is not valid: ${nameRule}`],
    ['team/web', `role team/web is not valid: ${nameRule}`],
    ['a'.repeat(65), `role ${'a'.repeat(65)} is not valid: ${nameRule}`],
    ['arn:aws:iam::1', 'role ARN arn:aws:iam::1 is not valid: use arn:partition:service:region:account:resource'],
    ['arn:aws:iam::123456789012:user/web', `role arn:aws:iam::123456789012:user/web ${arnRule}`],
    ['arn:aws:iam::123456789012:role/', `role arn:aws:iam::123456789012:role/ ${arnRule}`],
    ['arn:aws:sts::123456789012:role/web', `role arn:aws:sts::123456789012:role/web ${arnRule}`],
  ] as const)('is not read from %j', ([text, problem]) => {
    expect(parseRole(text)).toEqual({ok: false, problem})
  })
})

test('a cluster is named by its name or its ARN', () => {
  expect(parseClusterReference('fargate')).toEqual({ok: true, value: 'fargate'})
  expect(parseClusterReference('arn:aws:ecs:us-east-1:123456789012:cluster/prod')).toEqual({ok: true, value: 'prod'})
  expect(parseClusterReference('arn:aws:ecs:us-east-1:123456789012:service/prod/web')).toEqual({
    ok: false,
    problem:
      'cluster arn:aws:ecs:us-east-1:123456789012:service/prod/web is the ARN of something else: ' +
      'use the name of a cluster',
  })
  expect(parseClusterReference('arn:x').ok).toBe(false)
})
