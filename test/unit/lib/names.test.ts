import {describe, expect, test} from 'vitest'
import {
  clusterNameProblem,
  loadBalancerNameProblem,
  serviceNameProblem,
  taskNameProblem,
} from '../../../src/lib/names.js'

describe.for([
  ['service name', serviceNameProblem, 247],
  ['task name', taskNameProblem, 120],
  ['cluster name', clusterNameProblem, 255],
] as const)('a %s', ([what, problemOf, longest]) => {
  test.for(['web', 'Web', 'web_2', 'a', '1', 'a-', 'a'.repeat(longest)])('may be %s', (name) => {
    expect(problemOf(name)).toBeUndefined()
  })

  test.for([
    ['', '""'],
    ['-web', '-web'],
    ['_web', '_web'],
    ['my web', '"my web"'],
    ['web.1', 'web.1'],
    ['wéb', 'wéb'],
    ['web/1', 'web/1'],
    ['web\n', '"web\\n"'],
    ['arn:aws:ecs:us-east-1:123456789012:cluster/x', 'arn:aws:ecs:us-east-1:123456789012:cluster/x'],
  ] as const)('may not be %j', ([name, shown]) => {
    expect(problemOf(name)).toBe(
      `${what} ${shown} is not valid: use letters, digits, hyphens and underscores, with a letter or digit first`,
    )
  })

  test('may not be longer', () => {
    const name = 'a'.repeat(longest + 1)
    expect(problemOf(name)).toBe(`${what} ${name} has ${longest + 1} characters: use at most ${longest}`)
  })
})

describe('a load balancer name', () => {
  test.for(['web', 'Web-1', 'a', 'internal', 'a'.repeat(32)])('may be %s', (name) => {
    expect(loadBalancerNameProblem(name)).toBeUndefined()
  })

  const rule = 'use letters, digits and hyphens, with a letter or digit first and last'
  test.for([
    ['', `load balancer name "" is not valid: ${rule}`],
    ['-web', `load balancer name -web is not valid: ${rule}`],
    ['web-', `load balancer name web- is not valid: ${rule}`],
    ['my_web', `load balancer name my_web is not valid: ${rule}`],
    [
      'internal-web',
      'load balancer name internal-web starts with internal-, which AWS keeps for itself: use another start',
    ],
    ['a'.repeat(33), `load balancer name ${'a'.repeat(33)} has 33 characters: use at most 32`],
  ] as const)('may not be %j', ([name, problem]) => {
    expect(loadBalancerNameProblem(name)).toBe(problem)
  })
})
