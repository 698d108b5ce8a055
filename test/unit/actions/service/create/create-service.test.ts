import {describe, expect, test} from 'vitest'
import {createService} from '../../../../../src/actions/service/create/create-service.js'
import {parseSecretReference} from '../../../../../src/lib/secret-reference.js'
import {awsFailure, fakeAws} from '../../../../helpers/fake-aws.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import {arn, callsOf, emptyAccount, roleArn} from '../../account.js'
import {registry, registryOf, source} from '../deployed-world.js'
import {balanced, createOptions} from './options.js'

const marks = [
  {key: 'fargate:managed', value: 'true'},
  {key: 'fargate:service', value: 'web'},
]

test('makes everything that a service needs in an empty account', async () => {
  const context = fakeContext(callsOf(emptyAccount()))
  const result = await createService(context, createOptions({count: 2}))

  expect(result.changes.map(({step, change}) => `${change} ${step}`).sort()).toEqual([
    'create cluster',
    'create execution-role',
    'create log-group',
    'create security-group',
    'create service',
    'create service-linked-role',
    'create task-definition',
  ])
  expect(context.aws.log.inputs('CreateService')).toEqual([
    {
      cluster: 'fargate',
      serviceName: 'web',
      taskDefinition: arn('ecs', 'task-definition/service_web:1'),
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-a', 'subnet-b'],
          securityGroups: ['sg-own'],
          assignPublicIp: 'ENABLED',
        },
      },
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        deploymentCircuitBreaker: {enable: true, rollback: true},
      },
      enableECSManagedTags: true,
      propagateTags: 'SERVICE',
      tags: marks,
    },
  ])
})

test('changes nothing when it runs again', async () => {
  const world = emptyAccount()
  await createService(fakeContext(callsOf(world)), balanced())
  const again = fakeContext(callsOf(world))
  const result = await createService(again, balanced())

  expect(result.changes).toEqual([])
  expect(again.aws.log.changes()).toEqual([])
})

test('goes on where a run stopped before the service was made', async () => {
  const world = emptyAccount()
  await createService(fakeContext(callsOf(world)), balanced())
  world.service = undefined
  const again = fakeContext(callsOf(world))
  const result = await createService(again, balanced())

  expect(result.changes.map(({step}) => step)).toEqual(['service'])
  expect(again.aws.log.changes()).toEqual(['ecs:CreateService'])
})

test('changes nothing in a dry run', async () => {
  const context = fakeContext(callsOf(emptyAccount()))
  const result = await createService(context, balanced({dryRun: true}))

  expect(context.aws.log.changes()).toEqual([])
  expect(result).toMatchObject({serviceArn: undefined, taskDefinition: undefined, image: 'web:1', rollout: undefined})
  expect(result.changes.map(({step}) => step)).toContain('target-group')
})

test('makes the service last, after chains as short as AWS allows', async () => {
  const context = fakeContext(callsOf(emptyAccount()))
  await createService(context, createOptions())
  const chain = context.aws.log.longestChain()

  expect(chain.at(-1)).toBe('ecs:CreateService')
  // Is it there; the subnets; their security group; make the role; attach its policy; register; create.
  expect(chain).toHaveLength(7)
})

test('a task definition has what was asked for, and a log', async () => {
  const world = emptyAccount()
  const secret = parseSecretReference('TOKEN=/web/token')
  await createService(
    fakeContext(callsOf(world)),
    createOptions({
      architecture: 'arm64',
      environment: [{name: 'Mode', value: 'a,b=c'}],
      secrets: secret.ok ? [secret.value] : [],
      command: ['serve', '--all'],
      taskRole: 'web-role',
      port: {protocol: 'TCP', port: 5432},
      ephemeralStorageGib: 40,
      tags: {team: 'blue'},
    }),
  )

  expect(world.revisions).toEqual([
    {
      family: 'service_web',
      cpu: '256',
      memory: '512',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      executionRoleArn: roleArn('ecsTaskExecutionRole'),
      taskRoleArn: 'web-role',
      runtimePlatform: {cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX'},
      ephemeralStorage: {sizeInGiB: 40},
      containerDefinitions: [
        {
          name: 'web',
          image: 'web:1',
          essential: true,
          command: ['serve', '--all'],
          environment: [{name: 'Mode', value: 'a,b=c'}],
          secrets: [{name: 'TOKEN', valueFrom: '/web/token'}],
          portMappings: [{containerPort: 5432, protocol: 'tcp'}],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/fargate/service/web',
              'awslogs-region': 'us-east-1',
              'awslogs-stream-prefix': 'fargate',
            },
          },
        },
      ],
      tags: [{key: 'team', value: 'blue'}, ...marks],
    },
  ])
})

test('the execution role may read exactly the secrets of the service', async () => {
  const world = emptyAccount()
  const texts = ['A=/web/token', 'B=arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::']
  const secrets = texts.flatMap((text) => {
    const parsed = parseSecretReference(text)
    return parsed.ok ? [parsed.value] : []
  })
  await createService(fakeContext(callsOf(world)), createOptions({secrets}))
  const [document = ''] = world.inlinePolicies.values()

  expect([...world.inlinePolicies.keys()]).toEqual(['fargate.fargate.web.secrets'])
  expect(JSON.parse(document).Statement).toEqual([
    {Effect: 'Allow', Action: 'ssm:GetParameters', Resource: [arn('ssm', 'parameter/web/token')]},
    {Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: [arn('secretsmanager', 'secret:db-AbCdEf')]},
  ])
})

test('the policy of the execution role is that of the partition', async () => {
  const world = emptyAccount()
  const context = {...fakeContext(callsOf(world)), aws: fakeAws(callsOf(world), 'cn-north-1')}
  await createService(context, createOptions())

  expect([...world.policies]).toEqual(['arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'])
})

test('an execution role without its policy gets it, and keeps what it has', async () => {
  const world = emptyAccount()
  world.roles.add('ecsTaskExecutionRole')
  world.policies.add('arn:aws:iam::aws:policy/Other')
  const context = fakeContext(callsOf(world))
  await createService(context, createOptions())

  expect(context.aws.log.inputs('CreateRole')).toEqual([])
  expect(world.policies.size).toBe(2)
})

describe('logs', () => {
  test.each([
    [undefined, 30],
    [7, 7],
    ['never' as const, undefined],
  ])('asked to be kept for %s days', async (logRetentionDays, retention) => {
    const world = emptyAccount()
    await createService(fakeContext(callsOf(world)), createOptions({logRetentionDays}))

    expect(world.logGroups.get('/fargate/service/web')).toEqual(retention === undefined ? {} : {retention})
  })

  test('of an existing group are kept as long as before, unless told', async () => {
    const world = emptyAccount()
    world.logGroups.set('/fargate/service/web', {retention: 400})
    const context = fakeContext(callsOf(world))
    await createService(context, createOptions())

    expect(world.logGroups.get('/fargate/service/web')).toEqual({retention: 400})
  })
})

test('builds and pushes the image of a folder', async () => {
  const world = emptyAccount()
  const context = fakeContext({...callsOf(world), ecr: registryOf([])})
  const result = await createService(context, createOptions({image: source}))

  expect(result.image).toBe(`${registry}/web:abc1234`)
  expect(world.revisions[0]?.containerDefinitions?.[0]?.image).toBe(`${registry}/web:abc1234`)
  expect(context.docker.done).toContain(`push ${registry}/web:abc1234`)
})

describe('the service-linked role', () => {
  const unknown = 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.'

  test('is waited for, since ECS does not see a new one at once', async () => {
    const world = emptyAccount()
    const calls = callsOf(world)
    let attempts = 0
    const context = fakeContext({
      ...calls,
      ecs: {
        ...calls.ecs,
        CreateService: (input, options) => {
          attempts += 1
          if (attempts < 4) throw awsFailure('InvalidParameterException', unknown)
          return calls.ecs?.CreateService?.(input, options) ?? {}
        },
      },
    })
    await createService(context, createOptions())

    expect(attempts).toBe(4)
    expect(context.clock.elapsed()).toBe(9000)
  })

  test('that stays unknown is told as AWS told it', async () => {
    const calls = callsOf(emptyAccount())
    const CreateService = () => Promise.reject(awsFailure('InvalidParameterException', unknown))
    const context = fakeContext({...calls, ecs: {...calls.ecs, CreateService}})

    await expect(createService(context, createOptions())).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      exitCode: 5,
    })
  })
})

test('a service that another command made in the meantime is followed like one of its own', async () => {
  const world = emptyAccount()
  const calls = callsOf(world)
  const context = fakeContext({
    ...calls,
    ecs: {
      ...calls.ecs,
      CreateService: async (input, options) => {
        await calls.ecs?.CreateService?.(input, options)
        throw awsFailure('InvalidParameterException', 'Creation of service was not idempotent.')
      },
    },
  })

  expect((await createService(context, createOptions())).serviceArn).toBe(arn('ecs', 'service/fargate/web'))
})

test('answers the addresses of the load balancer', async () => {
  const result = await createService(fakeContext(callsOf(emptyAccount())), balanced())

  expect(result.urls).toEqual(['http://front.elb.amazonaws.com:80'])
})
