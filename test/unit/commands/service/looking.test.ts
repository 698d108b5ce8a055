import {beforeEach, expect, test, vi} from 'vitest'
import ServiceInfo from '../../../../commands/service/info.js'
import ServiceList from '../../../../commands/service/list.js'
import ServicePs from '../../../../commands/service/ps.js'
import * as contexts from '../../../../src/cli/context.js'
import {sdkService, sdkTask, sdkTaskDefinition, serviceArn, taskArn} from '../../../helpers/aws-shapes.js'
import {awsTable} from '../../../helpers/aws-table.js'
import {contextOver} from '../../../helpers/command-context.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'
import {runCommand} from '../../../helpers/run-command.js'

vi.mock('../../../../src/cli/context.js')

const events = Array.from({length: 20}, (_, index) => ({
  id: String(index),
  createdAt: new Date(Date.UTC(2026, 10, 23, 4)),
  message: `event ${index}`,
}))

const table = () =>
  awsTable({
    ecs: {
      ListServices: () => ({serviceArns: [serviceArn('web')]}),
      DescribeServices: ({services: [name] = []}) => ({
        services: name === 'wbe' ? [] : [sdkService('web', {events})],
      }),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition),
      ListTasks: ({desiredStatus}) => ({taskArns: [taskArn(desiredStatus === 'STOPPED' ? 'old' : 'new')]}),
      DescribeTasks: ({tasks = []}) => ({
        tasks: tasks.map((arn) =>
          arn === taskArn('old') ? sdkTask('old', {lastStatus: 'STOPPED', desiredStatus: 'STOPPED'}) : sdkTask('new'),
        ),
      }),
    },
  })

let {aws, inputs} = table()

beforeEach(() => {
  ;({aws, inputs} = table())
  const clock = createInstantClock(Date.UTC(2026, 10, 23, 5))
  vi.mocked(contexts.createContext).mockImplementation(contextOver({aws, clock}))
})

test('service list prints a table, or the document', async () => {
  expect((await runCommand(ServiceList, [])).stdout).toMatch(/^NAME +IMAGE .*\nweb +web:v1 /)

  const {stdout, result} = await runCommand(ServiceList, ['--json'])
  expect(JSON.parse(stdout)).toMatchObject({cluster: 'fargate', services: [{name: 'web', image: 'web:v1'}]})
  expect(result).toMatchObject({cluster: 'fargate'})
})

test('service list looks at the cluster that is asked for', async () => {
  await runCommand(ServiceList, ['--cluster', 'production'])

  expect(inputs('ListServices')).toMatchObject([{cluster: 'production'}])
})

test('service ps prints running tasks with their time, and stopped ones with --all', async () => {
  const running = await runCommand(ServicePs, ['web'])
  const all = await runCommand(ServicePs, ['web', '--all'])

  expect(running.stdout).toMatch(/new +web:v1 +running +59m/)
  expect(running.stdout).not.toContain('old')
  expect(all.stdout).toMatch(/old +web:v1 +stopped/)
})

test('service ps writes dates as ISO 8601 into the document', async () => {
  const {stdout} = await runCommand(ServicePs, ['web', '--json'])

  expect(JSON.parse(stdout)).toMatchObject({tasks: [{id: 'new', startedAt: '2026-11-23T04:01:00.000Z'}]})
})

test.each([
  [[], 11],
  [['--verbose'], 20],
])('service info %j prints %i events', async (flags, count) => {
  const {stdout} = await runCommand(ServiceInfo, ['web', ...flags])

  expect(stdout.match(/event \d+/g)).toHaveLength(count)
})

test('service info fails for an unknown service with the nearest name', async () => {
  const {stdout, stderr, error} = await runCommand(ServiceInfo, ['wbe'])

  expect(error).toMatchObject({exitCode: 5})
  expect(stdout).toBe('')
  expect(stderr).toBe(
    'Error: service wbe does not exist in cluster fargate; did you mean web?\nTry: see what there is: fargate service list --cluster fargate\n',
  )
})
