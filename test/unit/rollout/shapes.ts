import type {Deployment, Service} from '../../../src/ecs/services.js'
import type {Task} from '../../../src/ecs/tasks.js'

export const startedAt = new Date('2030-01-01T00:00:00Z')
export const taskDefinition = (revision: number) =>
  `arn:aws:ecs:us-east-1:123456789012:task-definition/service_web:${revision}`

/** The new one: PRIMARY, in progress. */
export function deployment(overrides: Partial<Deployment> = {}): Deployment {
  return {
    id: 'ecs-svc/2',
    status: 'PRIMARY',
    taskDefinition: taskDefinition(2),
    desiredCount: 2,
    runningCount: 0,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: 'ECS deployment ecs-svc/2 in progress.',
    createdAt: startedAt,
    ...overrides,
  }
}

/** The one before: on its way out. */
export const oldDeployment = (overrides: Partial<Deployment> = {}): Deployment =>
  deployment({
    id: 'ecs-svc/1',
    status: 'ACTIVE',
    taskDefinition: taskDefinition(1),
    runningCount: 2,
    rolloutState: 'COMPLETED',
    createdAt: new Date(startedAt.getTime() - 86_400_000),
    ...overrides,
  })

export function service(overrides: Partial<Service> = {}): Service {
  return {
    arn: 'arn:aws:ecs:us-east-1:123456789012:service/fargate/web',
    name: 'web',
    clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/fargate',
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    taskDefinition: taskDefinition(2),
    deployments: [deployment(), oldDeployment()],
    events: [],
    loadBalancers: [],
    networkConfiguration: undefined,
    deploymentConfiguration: undefined,
    capacity: {launchType: 'FARGATE'},
    platformVersion: 'LATEST',
    launchType: 'FARGATE',
    capacityProviders: [],
    healthCheckGracePeriodSeconds: undefined,
    tags: {},
    createdAt: undefined,
    ...overrides,
  }
}

export function stoppedTask(overrides: Partial<Task> = {}): Task {
  return {
    arn: 'arn:aws:ecs:us-east-1:123456789012:task/fargate/0f1e',
    id: '0f1e',
    taskDefinition: taskDefinition(2),
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    healthStatus: undefined,
    startedBy: 'ecs-svc/2',
    group: 'service:web',
    cpu: '256',
    memory: '512',
    createdAt: startedAt,
    startedAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    networkInterfaceId: undefined,
    privateIp: undefined,
    containers: [],
    ...overrides,
  }
}

export const container = (exitCode: number | undefined, reason?: string, name = 'web') => ({
  name,
  image: 'web:2',
  lastStatus: 'STOPPED',
  healthStatus: undefined,
  exitCode,
  reason,
})
