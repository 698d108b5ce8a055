import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

const tests = new URL('../../../', import.meta.url)
const services = readdirSync(new URL('../src/local/services/', tests)).sort()

/** What the tests with the AWS CLI call: the words at the beginning of a text that name a service and a command. */
function commands(): {readonly service: string; readonly command: string}[] {
  const files = readdirSync(new URL('e2e/', tests)).filter((file) => file.startsWith('aws-cli-'))
  const sources = [...files.map((file) => `e2e/${file}`), 'helpers/cli-account.ts'].map((file) =>
    readFileSync(new URL(file, tests), 'utf8'),
  )
  const start = new RegExp(`['\`](${services.join('|')}) ((?:wait )?[a-z]+(?:-[a-z0-9]+)+)`, 'g')
  return sources.flatMap((source) =>
    [...source.matchAll(start)].map(([, service = '', command = '']) => ({service, command})),
  )
}

test('the AWS CLI makes at least 100 different calls, some to every service', () => {
  const called = commands()
  const different = new Set(called.map(({service, command}) => `${service} ${command}`))
  expect(different.size).toBeGreaterThanOrEqual(100)
  expect([...new Set(called.map(({service}) => service))].sort()).toEqual(services)
})

test('the waiters of the AWS CLI are used for each service that has one of use here', () => {
  const waiters = commands().filter(({command}) => command.startsWith('wait '))
  const names = new Set(waiters.map(({service, command}) => `${service} ${command.slice('wait '.length)}`))
  expect([...names].sort()).toEqual([
    'acm certificate-validated',
    'ec2 security-group-exists',
    'ec2 subnet-available',
    'ec2 vpc-available',
    'ecs services-inactive',
    'ecs services-stable',
    'ecs tasks-running',
    'ecs tasks-stopped',
    'elbv2 load-balancer-available',
    'elbv2 load-balancer-exists',
    'elbv2 load-balancers-deleted',
    'elbv2 target-deregistered',
    'elbv2 target-in-service',
    'iam role-exists',
    'route53 resource-record-sets-changed',
  ])
})
