import {stringMatching, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  defaultTargetGroupName,
  loadBalancerSecurityGroupName,
  logGroupName,
  logStreamName,
  repositoryName,
  secretPolicyName,
  targetGroupName,
  taskDefinitionFamily,
  taskGroupMarker,
  taskGroupOf,
  workloadSecurityGroupName,
} from '../../../src/lib/resource-names.js'
import {holdsFor} from './property.js'

const names = stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$/)

test('keeps the names that the Go CLI gave', () => {
  expect(taskDefinitionFamily('service', 'web')).toBe('service_web')
  expect(taskDefinitionFamily('task', 'job')).toBe('task_job')
  expect(logGroupName('service', 'web')).toBe('/fargate/service/web')
  expect(logGroupName('task', 'job')).toBe('/fargate/task/job')
  expect(logStreamName('web', '0123')).toBe('fargate/web/0123')
  expect(taskGroupMarker('job')).toBe('fargate:job')
  expect(repositoryName('web')).toBe('web')
  expect(targetGroupName('fargate', 'web')).toBe('fargate-web')
  expect(defaultTargetGroupName('edge')).toBe('edge-default')
})

describe('the group of a task', () => {
  test('is read from the marker, whatever the name', () => {
    holdsFor(names, (name) => {
      expect(taskGroupOf(taskGroupMarker(name))).toBe(name)
    })
  })

  test.for(['x/fargate:job', 'fargate', 'fargate:', 'ecs-svc/123', 'Fargate:job', ''])(
    'is none for %j',
    (startedBy) => {
      expect(taskGroupOf(startedBy)).toBeUndefined()
    },
  )

  test('is none for a task that nothing marks', () => {
    expect(taskGroupOf(undefined)).toBeUndefined()
  })
})

describe('the target group of a service', () => {
  test.for([
    [
      'a cluster and service of 32 characters together',
      'production',
      'a-service-with-21-chr',
      'production-a-service-with-21-chr',
    ],
    ['longer ones', 'production', 'my-long-web-service-name', 'production-my-long-web-s-0pdy94h'],
    ['an underscore', 'fargate', 'my_service', 'fargate-my-service-1ib3o80'],
    ['a hyphen at the end', 'fargate', '-', 'fargate-0tgz9j9'],
    ['nothing but a hyphen to cut', 'a', '_'.repeat(40), 'a-1k7voq9'],
  ] as const)('is, with %s, %s and %s, valid', ([, cluster, service, expected]) => {
    expect(targetGroupName(cluster, service)).toBe(expected)
  })

  test('is always one that AWS takes', () => {
    holdsFor(tuple(names, names), ([cluster, service]) => {
      expect(targetGroupName(cluster, service)).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/)
    })
  })

  test('differs between names that look alike once mended', () => {
    expect(targetGroupName('fargate', 'my_web')).not.toBe(targetGroupName('fargate', 'my__web'))
    expect(targetGroupName('fargate', 'my_web')).not.toBe(targetGroupName('fargate', 'my-web'))
    expect(targetGroupName('a_b', 'c')).not.toBe(targetGroupName('a', 'b_c'))
  })
})

test('the default target group of a load balancer with a long name is shortened', () => {
  expect(defaultTargetGroupName('a-very-long-load-balancer-name-x')).toBe('a-very-long-load-balance-0mcate1')
})

describe('a repository', () => {
  test.for([
    ['Web', 'web'],
    ['my_web', 'my_web'],
    ['my__web', 'my__web'],
    ['my--web', 'my--web'],
    ['a', 'a-1r9wi7g'],
    ['web_', 'web-1hrh9ai'],
    ['a-_b', 'a-b-1ydzc4y'],
  ] as const)('of %s is %s', ([name, expected]) => {
    expect(repositoryName(name)).toBe(expected)
  })

  test('is always one that ECR takes', () => {
    holdsFor(names, (name) => {
      expect(repositoryName(name)).toMatch(/^(?=.{2,256}$)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/)
    })
  })
})

describe('a security group', () => {
  test('belongs to one service, task group or load balancer', () => {
    expect(workloadSecurityGroupName('service', 'fargate', 'web')).toBe('fargate/service/fargate/web')
    expect(workloadSecurityGroupName('task', 'fargate', 'web')).toBe('fargate/task/fargate/web')
    expect(loadBalancerSecurityGroupName('edge')).toBe('fargate/lb/edge')
    expect(workloadSecurityGroupName('service', 'a-b', 'c')).not.toBe(workloadSecurityGroupName('service', 'a', 'b-c'))
  })

  test('stays apart from one whose name differs in case, which EC2 ignores', () => {
    expect(workloadSecurityGroupName('service', 'fargate', 'Web')).toBe('fargate/service/fargate/Web-0jvw5zt')
    expect(loadBalancerSecurityGroupName('Edge').toLowerCase()).not.toBe(loadBalancerSecurityGroupName('edge'))
  })

  test('has at most 255 characters', () => {
    for (const cluster of ['c'.repeat(255), 'C'.repeat(255), 'C'.repeat(228)]) {
      const name = workloadSecurityGroupName('service', cluster, 'web')
      expect(name.length).toBeLessThanOrEqual(255)
      expect(name).not.toBe(workloadSecurityGroupName('service', cluster, 'api'))
    }
  })
})

describe('the policy for the secrets of a service', () => {
  test('belongs to that service alone', () => {
    expect(secretPolicyName('service', 'fargate', 'web')).toBe('fargate.fargate.web.secrets')
    expect(secretPolicyName('service', 'a-b', 'c')).not.toBe(secretPolicyName('service', 'a', 'b-c'))
    expect(secretPolicyName('service', 'fargate', 'Web').toLowerCase()).not.toBe(
      secretPolicyName('service', 'fargate', 'web'),
    )
  })

  test('has a name that IAM takes', () => {
    holdsFor(tuple(names, names), ([cluster, service]) => {
      expect(secretPolicyName('service', cluster, service)).toMatch(/^[\w+=,.@-]{1,128}$/)
    })
    expect(secretPolicyName('service', 'c'.repeat(255), 'web')).toHaveLength(128)
  })
})
