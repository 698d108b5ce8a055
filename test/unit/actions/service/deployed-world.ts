import type {Service, TaskDefinition} from '@aws-sdk/client-ecs'
import type {BuildSource} from '../../../../src/actions/infrastructure/build-source.js'
import type {DeployServiceOptions} from '../../../../src/actions/service/deploy-service.js'
import type {FakeHandlers} from '../../../helpers/fake-aws.js'
import {awsFailure, fails} from '../../../helpers/fake-aws.js'
import type {FakeSurroundings} from '../../../helpers/fake-context.js'
import {fakeContext} from '../../../helpers/fake-context.js'

export const arnOf = (revision: number, family = 'service_web') =>
  `arn:aws:ecs:us-east-1:123456789012:task-definition/${family}:${revision}`

export const webDefinition: TaskDefinition = {
  taskDefinitionArn: arnOf(1),
  family: 'service_web',
  revision: 1,
  cpu: '256',
  memory: '512',
  containerDefinitions: [{name: 'web', image: 'web:1', essential: true}],
}

const primary = {id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED' as const, taskDefinition: arnOf(1)}

export const webService: Service = {
  serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/fargate/web',
  serviceName: 'web',
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  taskDefinition: arnOf(1),
  deployments: [primary],
}

/** UpdateService makes a new deployment; ECS calls it completed three looks later. */
export const updated = (taskDefinition: string): Service => ({
  ...webService,
  taskDefinition,
  deployments: [
    {id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition, desiredCount: 2},
    {...primary, status: 'ACTIVE'},
  ],
})

interface Deployed {
  readonly service?: Service
  readonly definition?: TaskDefinition
  readonly tags?: {key: string; value: string}[]
  /** The latest of the family, where it is not the one that runs. */
  readonly latest?: TaskDefinition
  readonly handlers?: FakeHandlers
  readonly surroundings?: FakeSurroundings
}

/** A service `web` that runs revision 1, and an AWS that registers revision 2 next. */
export function deployedWorld(world: Deployed = {}) {
  const {definition = webDefinition, tags = [], latest = definition, handlers = {}} = world
  let now = world.service ?? webService
  let looks = 0
  const finished = (): Service => {
    looks += 1
    const [own] = now.deployments ?? []
    if (looks < 3 || own === undefined || own.rolloutState === 'COMPLETED') return now
    return {...now, deployments: [{...own, rolloutState: 'COMPLETED', runningCount: now.desiredCount}]}
  }
  return fakeContext(
    {
      ...handlers,
      ecs: {
        DescribeServices: () => ({services: [finished()]}),
        DescribeTaskDefinition: (input) => {
          if (input?.taskDefinition === definition.taskDefinitionArn) return {taskDefinition: definition, tags}
          if (input?.taskDefinition === latest.family) return {taskDefinition: latest, tags}
          throw awsFailure('ClientException', 'Unable to describe task definition.')
        },
        RegisterTaskDefinition: () => ({taskDefinition: {taskDefinitionArn: arnOf(2)}}),
        UpdateService: (input) => {
          now =
            input?.taskDefinition === undefined
              ? {...now, desiredCount: input?.desiredCount}
              : updated(input.taskDefinition)
          looks = 0
          return {service: now}
        },
        ListTasks: () => ({taskArns: []}),
        ...handlers.ecs,
      },
    },
    world.surroundings,
  )
}

/** ECR with one repository; `tags` are the images in it. */
export const registryOf = (tags: readonly string[] | 'no repository'): NonNullable<FakeHandlers['ecr']> => ({
  DescribeRepositories:
    tags === 'no repository'
      ? fails('RepositoryNotFoundException')
      : () => ({repositories: [{repositoryArn: 'arn:repository', repositoryUri: `${registry}/web`}]}),
  DescribeImages: (input) => {
    const tag = input?.imageIds?.[0]?.imageTag ?? ''
    if (!tags.includes(tag)) throw awsFailure('ImageNotFoundException')
    return {imageDetails: [{imageTags: [tag]}]}
  },
  CreateRepository: () => ({repository: {repositoryArn: 'arn:repository', repositoryUri: `${registry}/web`}}),
  GetAuthorizationToken: () => ({
    authorizationData: [{authorizationToken: Buffer.from('AWS:password').toString('base64')}],
  }),
})

export const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
export const source: BuildSource = {context: '/project', buildArgs: {}, rebuild: false}

export const deployOptions = (overrides: Partial<DeployServiceOptions> = {}): DeployServiceOptions => ({
  cluster: 'fargate',
  name: 'web',
  image: 'web:2',
  wait: true,
  timeoutMs: 600_000,
  dryRun: false,
  ...overrides,
})
