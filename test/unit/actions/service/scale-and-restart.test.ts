import type {Service} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {restartService} from '../../../../src/actions/service/restart-service.js'
import {scaleService} from '../../../../src/actions/service/scale-service.js'
import type {ScaleExpression} from '../../../../src/lib/scale-expression.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import {arnOf, updated, webService} from './deployed-world.js'

const options = {cluster: 'fargate', name: 'web', wait: true, timeoutMs: 600_000, dryRun: false}
const to = (count: number): ScaleExpression => ({kind: 'absolute', count})
const by = (change: number): ScaleExpression => ({kind: 'relative', change})

/** A service with two tasks; those that are wanted run five seconds after UpdateService. */
function world(overrides: Partial<Service> = {}) {
  let service: Service = {...webService, ...overrides}
  const context = fakeContext({
    ecs: {
      DescribeServices: () => ({services: [service]}),
      ListTasks: () => ({taskArns: []}),
      UpdateService: ({desiredCount = 0}) => {
        service = {...service, desiredCount}
        context.clock.at(context.clock.elapsed() + 5000, () => {
          service = {...service, runningCount: desiredCount}
        })
        return {service}
      },
    },
  })
  return context
}

describe('scale', () => {
  test.each([
    [to(5), 5],
    [to(0), 0],
    [by(3), 5],
    [by(-2), 0],
  ])('%j from two tasks', async (scale, desiredCount) => {
    const context = world()
    const result = await scaleService(context, {...options, scale})

    expect(context.aws.log.inputs('UpdateService')).toEqual([{cluster: 'fargate', service: 'web', desiredCount}])
    expect(result).toMatchObject({previousCount: 2, desiredCount, runningCount: desiredCount, changed: true})
    expect(context.clock.elapsed()).toBe(6000)
  })

  test.each([
    [by(-3), 'scale -3 from 2 tasks gives -1 tasks: take away at most 2'],
    [by(4999), 'scale +4999 from 2 tasks gives 5001 tasks: a service runs at most 5000'],
  ])('%j is refused, and nothing is changed', async (scale, message) => {
    const context = world()

    await expect(scaleService(context, {...options, scale})).rejects.toMatchObject({
      code: 'SCALE_INVALID',
      exitCode: 2,
      message,
    })
    expect(context.aws.log.changes()).toEqual([])
  })

  test('to what runs already changes nothing and waits for nothing', async () => {
    const context = world()
    const result = await scaleService(context, {...options, scale: to(2)})

    expect(result).toMatchObject({changed: false, runningCount: 2})
    expect(context.aws.log.names()).toEqual(['ecs:DescribeServices'])
  })

  test('to what is wanted already waits for the tasks that do not run yet', async () => {
    const context = world({runningCount: 1})
    const waiting = scaleService(context, {...options, scale: to(2), timeoutMs: 10_000})

    await expect(waiting).rejects.toMatchObject({code: 'WAIT_TIMED_OUT', exitCode: 7})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('without waiting answers what it last saw', async () => {
    const context = world()
    const result = await scaleService(context, {...options, scale: to(4), wait: false})

    expect(result).toMatchObject({desiredCount: 4, runningCount: 2, changed: true})
    expect(context.aws.log.names()).toEqual(['ecs:DescribeServices', 'ecs:UpdateService'])
  })

  test('in a dry run changes nothing', async () => {
    const context = world()
    const result = await scaleService(context, {...options, scale: to(4), dryRun: true})

    expect(result).toMatchObject({desiredCount: 4, changed: true, dryRun: true})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('refuses a service that was deleted', async () => {
    await expect(scaleService(world({status: 'INACTIVE'}), {...options, scale: to(1)})).rejects.toMatchObject({
      code: 'SERVICE_NOT_FOUND',
    })
  })
})

describe('restart', () => {
  const restarting = () => {
    let service: Service = webService
    const context = fakeContext({
      ecs: {
        DescribeServices: () => ({services: [service]}),
        UpdateService: () => {
          service = updated(arnOf(1))
          context.clock.at(5000, () => {
            const [own = {}] = service.deployments ?? []
            service = {...service, deployments: [{...own, rolloutState: 'COMPLETED', runningCount: 2}]}
          })
          return {service}
        },
        ListTasks: () => ({taskArns: []}),
      },
    })
    return context
  }

  test('starts a deployment of the same task definition and waits', async () => {
    const context = restarting()
    const result = await restartService(context, options)

    expect(context.aws.log.inputs('UpdateService')).toEqual([
      {cluster: 'fargate', service: 'web', forceNewDeployment: true},
    ])
    expect(result).toMatchObject({
      taskDefinition: arnOf(1),
      deploymentId: 'ecs-svc/2',
      rollout: {deploymentId: 'ecs-svc/2', runningCount: 2},
    })
  })

  test('without waiting answers the deployment', async () => {
    const result = await restartService(restarting(), {...options, wait: false})

    expect(result).toMatchObject({deploymentId: 'ecs-svc/2', rollout: undefined})
  })

  test('in a dry run changes nothing', async () => {
    const context = restarting()

    expect(await restartService(context, {...options, dryRun: true})).toMatchObject({deploymentId: undefined})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('leaves the deployment to AWS on Ctrl-C, since there is nothing to go back to', async () => {
    const context = restarting()
    context.clock.at(1000, context.interrupt)

    await expect(restartService(context, options)).rejects.toMatchObject({code: 'DETACHED', exitCode: 130})
  })
})
