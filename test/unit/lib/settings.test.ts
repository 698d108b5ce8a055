import {describe, expect, test} from 'vitest'
import {checkHealthCheck, healthCheckCodesProblem, healthCheckPathProblem} from '../../../src/lib/health-check.js'
import {parseLogRetention} from '../../../src/lib/log-retention.js'
import {parseSeconds, secondsProblem} from '../../../src/lib/time-settings.js'

describe('log retention', () => {
  test.for([
    ['1', 1],
    ['30', 30],
    ['1096', 1096],
    ['3653', 3653],
    ['never', 'never'],
    ['Never', 'never'],
  ] as const)('%s is kept', ([text, value]) => {
    expect(parseLogRetention(text)).toEqual({ok: true, value})
  })

  test.for([
    ['10', 'log retention 10 is not valid: CloudWatch Logs takes 7 or 14 days, or never'],
    ['0', 'log retention 0 is not valid: CloudWatch Logs takes 1 days, or never'],
    ['9999', 'log retention 9999 is not valid: CloudWatch Logs takes 3653 days, or never'],
    [
      '30d',
      'log retention 30d is not valid: use a number of days or never; days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, ' +
        '180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
    ],
  ] as const)('%s is refused', ([text, problem]) => {
    expect(parseLogRetention(text)).toEqual({ok: false, problem})
  })
})

describe('a health check', () => {
  test('is taken at both ends of its ranges', () => {
    const least = {path: '/', intervalSeconds: 5, timeoutSeconds: 2, healthyCount: 2, unhealthyCount: 2, codes: '200'}
    const most = {intervalSeconds: 300, timeoutSeconds: 120, healthyCount: 10, unhealthyCount: 10, codes: '200-499'}
    expect(checkHealthCheck(least, 'application')).toEqual({ok: true, value: least})
    expect(checkHealthCheck(most, 'application')).toEqual({ok: true, value: most})
    expect(checkHealthCheck({}, 'network')).toEqual({ok: true, value: {}})
  })

  test.for([
    [{path: 'health'}, 'health check path health does not start with /: use e.g. /health'],
    [{intervalSeconds: 4}, 'health check interval 4 is not valid: use a number from 5 to 300 seconds'],
    [{intervalSeconds: 301}, 'health check interval 301 is not valid: use a number from 5 to 300 seconds'],
    [{timeoutSeconds: 1}, 'health check timeout 1 is not valid: use a number from 2 to 120 seconds'],
    [{timeoutSeconds: 121}, 'health check timeout 121 is not valid: use a number from 2 to 120 seconds'],
    [
      {timeoutSeconds: 10, intervalSeconds: 10},
      'health check timeout 10 is not shorter than the interval 10: use a shorter timeout',
    ],
    [{healthyCount: 1}, 'healthy threshold 1 is not valid: use a number from 2 to 10'],
    [{unhealthyCount: 11}, 'unhealthy threshold 11 is not valid: use a number from 2 to 10'],
    [{codes: '500'}, 'health check code 500 is not valid: use codes from 200 to 499, e.g. 200-299,302'],
  ])('is refused with %j', ([health, problem]) => {
    expect(checkHealthCheck(health as object, 'application')).toEqual({ok: false, problem})
  })

  test('has all its problems told', () => {
    expect(checkHealthCheck({path: '', healthyCount: 0}, 'network')).toEqual({
      ok: false,
      problem:
        'health check path "" does not start with /: use e.g. /health; ' +
        'healthy threshold 0 is not valid: use a number from 2 to 10',
    })
  })

  test('may ask for a path with a query, in ASCII', () => {
    expect(healthCheckPathProblem('/health?deep=1')).toBeUndefined()
    expect(healthCheckPathProblem(`/${'a'.repeat(1023)}`)).toBeUndefined()
    expect(healthCheckPathProblem('/a b')).toBe(
      'health check path "/a b" has a space or a character outside ASCII: write it percent-encoded',
    )
    expect(healthCheckPathProblem(`/${'a'.repeat(1024)}`)).toMatch(/has 1025 characters: use at most 1024$/)
  })

  test.for(['200', '200,302', '200-299', '200-299,302,400-499', '200-200'])('takes the codes %s', (codes) => {
    expect(healthCheckCodesProblem(codes, 'application')).toBeUndefined()
  })

  test.for(['', '199', '299-200', '200-', '-200', '200-299-300', '2xx', '200, 201', '200,'])(
    'refuses the codes %j',
    (codes) => {
      expect(healthCheckCodesProblem(codes, 'application')).toMatch(
        /^health check code \S.* is not valid: use codes from 200 to 499, e\.g\. 200-299,302$/,
      )
    },
  )

  test('takes codes up to 599 behind a network load balancer', () => {
    expect(healthCheckCodesProblem('200-599', 'network')).toBeUndefined()
    expect(healthCheckCodesProblem('500', 'application')).toMatch(/from 200 to 499/)
    expect(healthCheckCodesProblem('600', 'network')).toMatch(/from 200 to 599/)
  })
})

describe('a setting in seconds', () => {
  test.for([
    ['deregistrationDelay', '0', 0],
    ['deregistrationDelay', '1h', 3600],
    ['healthCheckGracePeriod', '2m', 120],
    ['stopTimeout', '2', 2],
    ['stopTimeout', '120s', 120],
  ] as const)('%s is read from %s', ([setting, text, seconds]) => {
    expect(parseSeconds(setting, text)).toEqual({ok: true, value: seconds})
  })

  test.for([
    ['deregistrationDelay', '3601', 'deregistration delay 3601 is not valid: use a number from 0 to 3600 seconds'],
    ['deregistrationDelay', '2h', 'deregistration delay 2h is not valid: use a number from 0 to 3600 seconds'],
    ['stopTimeout', '1', 'stop timeout 1 is not valid: use a number from 2 to 120 seconds'],
    ['stopTimeout', '121', 'stop timeout 121 is not valid: use a number from 2 to 120 seconds'],
    ['stopTimeout', '2500ms', 'stop timeout 2500ms is not valid: use a number from 2 to 120 seconds'],
    ['stopTimeout', '-5', 'stop timeout -5 is not valid: use a number from 2 to 120 seconds'],
    [
      'healthCheckGracePeriod',
      '2147483648',
      'health check grace period 2147483648 is not valid: use a number from 0 to 2147483647 seconds',
    ],
  ] as const)('%s is refused with %s', ([setting, text, problem]) => {
    expect(parseSeconds(setting, text)).toEqual({ok: false, problem})
  })

  test('is checked as a number, too', () => {
    expect(secondsProblem('stopTimeout', 30)).toBeUndefined()
    expect(secondsProblem('stopTimeout', 121)).toBe('stop timeout 121 is not valid: use a number from 2 to 120 seconds')
  })
})
