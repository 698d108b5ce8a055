import {describe, expect, test} from 'vitest'
import {deployService} from '../../../../src/actions/service/deploy-service.js'
import {awsFailure, fails} from '../../../helpers/fake-aws.js'
import {arnOf, deployedWorld, deployOptions, updated, webDefinition, webService} from './deployed-world.js'

test('registers a revision with the new image, updates the service and waits', async () => {
  const context = deployedWorld()
  const result = await deployService(context, deployOptions())

  expect(result).toMatchObject({
    image: 'web:2',
    previousImage: 'web:1',
    taskDefinition: arnOf(2),
    previousTaskDefinition: arnOf(1),
    rollout: {deploymentId: 'ecs-svc/2', runningCount: 2},
  })
  expect(result.changes.map(({step}) => step)).toEqual(['task-definition', 'service'])
  expect(context.aws.log.inputs('UpdateService')).toEqual([
    {cluster: 'fargate', service: 'web', taskDefinition: arnOf(2)},
  ])
})

test('waits for four calls that depend on each other before the service is updated', async () => {
  const context = deployedWorld()
  await deployService(context, deployOptions({wait: false}))

  expect(context.aws.log.longestChain()).toEqual([
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'ecs:RegisterTaskDefinition',
    'ecs:UpdateService',
  ])
})

test('changes nothing where the image runs already', async () => {
  const context = deployedWorld()
  const result = await deployService(context, deployOptions({image: 'web:1'}))

  expect(result).toMatchObject({image: 'web:1', taskDefinition: arnOf(1), changes: [], rollout: undefined})
  expect(context.aws.log.changes()).toEqual([])
})

test('changes nothing in a dry run, and tells what it would', async () => {
  const context = deployedWorld()
  const result = await deployService(context, deployOptions({dryRun: true}))

  expect(result.changes).toEqual([
    {step: 'task-definition', thing: 'task definition', change: 'create', detail: 'image web:1 → web:2'},
    {step: 'service', thing: 'service web', change: 'update', detail: 'a new deployment'},
  ])
  expect(result.taskDefinition).toBeUndefined()
  expect(context.aws.log.changes()).toEqual([])
})

test('does not wait where it is told not to', async () => {
  const context = deployedWorld()
  const result = await deployService(context, deployOptions({wait: false}))

  expect(result.rollout).toBeUndefined()
  expect(context.aws.log.inputs('DescribeServices')).toHaveLength(1)
})

describe('after a run that was stopped', () => {
  const left = {
    ...webDefinition,
    taskDefinitionArn: arnOf(2),
    revision: 2,
    containerDefinitions: [{name: 'web', image: 'web:2', essential: true, cpu: 0, environment: []}],
  }

  test('takes the revision that was registered', async () => {
    const context = deployedWorld({latest: left})
    const result = await deployService(context, deployOptions())

    expect(context.aws.log.changes()).toEqual(['ecs:UpdateService'])
    expect(result.taskDefinition).toBe(arnOf(2))
  })

  test('takes no revision that differs in anything else', async () => {
    const context = deployedWorld({latest: {...left, memory: '1024'}})
    await deployService(context, deployOptions())

    expect(context.aws.log.changes()).toEqual(['ecs:RegisterTaskDefinition', 'ecs:UpdateService'])
  })

  test('follows the deployment that was started', async () => {
    const service = updated(arnOf(2))
    const context = deployedWorld({service, definition: left})
    const result = await deployService(context, deployOptions())

    expect(result).toMatchObject({changes: [], rollout: {deploymentId: 'ecs-svc/2'}})
    expect(context.aws.log.changes()).toEqual([])
  })
})

describe('refuses', () => {
  test.each([
    ['a service that does not exist', [], 'service web does not exist in cluster fargate'],
    [
      'a service that was deleted',
      [{...webService, status: 'INACTIVE'}],
      'service web does not exist in cluster fargate',
    ],
    [
      'a service that is being deleted',
      [{...webService, status: 'DRAINING'}],
      'service web is being deleted in cluster fargate',
    ],
  ])('%s', async (_what, services, message) => {
    const context = deployedWorld({handlers: {ecs: {DescribeServices: () => ({services})}}})

    await expect(deployService(context, deployOptions())).rejects.toMatchObject({
      code: 'SERVICE_NOT_FOUND',
      exitCode: 5,
      message,
    })
    expect(context.aws.log.changes()).toEqual([])
  })

  test('a service whose task definition is gone, or has no container', async () => {
    const gone = {ecs: {DescribeTaskDefinition: fails('ClientException', 'Unable to describe task definition.')}}
    await expect(deployService(deployedWorld({handlers: gone}), deployOptions())).rejects.toMatchObject({
      code: 'TASK_DEFINITION_NOT_FOUND',
    })

    const empty = {...webDefinition, containerDefinitions: []}
    await expect(deployService(deployedWorld({definition: empty}), deployOptions())).rejects.toMatchObject({
      code: 'NO_CONTAINER',
    })
  })
})

describe('Ctrl-C while it waits', () => {
  const interrupted = (answers?: readonly boolean[]) => {
    const context = deployedWorld({
      surroundings: answers === undefined ? {} : {answers},
      handlers: {ecs: {ListTasks: () => ({taskArns: []})}},
    })
    context.clock.at(1000, context.interrupt)
    return context
  }

  test('leaves the deployment to AWS where nobody can be asked', async () => {
    const context = interrupted()

    await expect(deployService(context, deployOptions())).rejects.toMatchObject({code: 'DETACHED', exitCode: 130})
    expect(context.aws.log.inputs('UpdateService')).toHaveLength(1)
  })

  test('leaves the deployment to AWS where the answer is no', async () => {
    const context = interrupted([false])

    await expect(deployService(context, deployOptions())).rejects.toMatchObject({code: 'DETACHED'})
    expect(context.output.texts('question')).toEqual([
      'Deployment ecs-svc/2 goes on at AWS. Roll back to service_web:1 instead?',
    ])
  })

  test('rolls back where the answer is yes, with a signal of its own', async () => {
    const signals: boolean[] = []
    const context = deployedWorld({
      surroundings: {answers: [true]},
      handlers: {
        ecs: {
          UpdateService: ({taskDefinition = ''}, {signal}) => {
            signals.push(signal?.aborted ?? false)
            return {service: updated(taskDefinition)}
          },
        },
      },
    })
    context.clock.at(1000, context.interrupt)

    await expect(deployService(context, deployOptions())).rejects.toMatchObject({
      code: 'ROLLED_BACK_BY_USER',
      exitCode: 130,
    })
    expect(context.aws.log.inputs('UpdateService').at(-1)).toMatchObject({taskDefinition: arnOf(1)})
    expect(signals).toEqual([false, false])
  })

  test('offers to go back to the version before, not to the one that is on its way', async () => {
    const definition = {
      ...webDefinition,
      taskDefinitionArn: arnOf(2),
      containerDefinitions: [{name: 'web', image: 'web:2'}],
    }
    const context = deployedWorld({service: updated(arnOf(2)), definition, surroundings: {answers: [false]}})
    context.clock.at(1000, context.interrupt)

    await expect(deployService(context, deployOptions())).rejects.toMatchObject({code: 'DETACHED'})
    expect(context.output.texts('question')[0]).toContain('Roll back to service_web:1 instead?')
  })
})

test('tells a rollback by AWS as a failure', async () => {
  const message = '(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.'
  let isUpdated = false
  const context = deployedWorld({
    handlers: {
      ecs: {
        UpdateService: () => {
          isUpdated = true
          return {service: updated(arnOf(2))}
        },
        DescribeServices: () => {
          const events = [{id: 'e', createdAt: new Date(), message}]
          return {services: [isUpdated ? {...webService, events} : webService]}
        },
      },
    },
  })

  await expect(deployService(context, deployOptions())).rejects.toMatchObject({
    code: 'DEPLOYMENT_ROLLED_BACK',
    exitCode: 6,
  })
})

test('an error of AWS names the call, and nothing after it is tried', async () => {
  const denied = () =>
    Promise.reject(awsFailure('AccessDeniedException', 'is not authorized to perform: iam:PassRole on resource: r'))
  const context = deployedWorld({handlers: {ecs: {RegisterTaskDefinition: denied}}})

  await expect(deployService(context, deployOptions())).rejects.toMatchObject({code: 'ACCESS_DENIED', exitCode: 4})
  expect(context.aws.log.inputs('UpdateService')).toEqual([])
})
