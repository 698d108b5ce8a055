/** Resources in the shapes of the SDK, for fake answers. */

const account = '123456789012'
const prefix = (service: string) => `arn:aws:${service}:us-east-1:${account}`

export const serviceArn = (name: string, cluster = 'fargate') => `${prefix('ecs')}:service/${cluster}/${name}`
export const taskArn = (id: string, cluster = 'fargate') => `${prefix('ecs')}:task/${cluster}/${id}`
export const taskDefinitionArn = (familyAndRevision: string) => `${prefix('ecs')}:task-definition/${familyAndRevision}`
export const targetGroupArn = (name: string) => `${prefix('elasticloadbalancing')}:targetgroup/${name}/73e2d6bc24d8a067`
export const loadBalancerArn = (name: string) =>
  `${prefix('elasticloadbalancing')}:loadbalancer/app/${name}/50dc6c495c0c9188`
export const listenerArn = (name: string, port: number) =>
  `${prefix('elasticloadbalancing')}:listener/app/${name}/50dc6c495c0c9188/${port}`

export function sdkService(name: string, overrides: object = {}) {
  return {
    serviceArn: serviceArn(name),
    serviceName: name,
    status: 'ACTIVE',
    desiredCount: 1,
    runningCount: 1,
    pendingCount: 0,
    taskDefinition: taskDefinitionArn(`service_${name}:1`),
    ...overrides,
  }
}

/** What DescribeTaskDefinition answers for a family with one container. */
export function sdkTaskDefinition(arn: string, overrides: object = {}, container: object = {}) {
  const family = /task-definition\/(?:service_)?(.*):/.exec(arn)?.[1] ?? ''
  return {
    taskDefinition: {
      taskDefinitionArn: arn,
      cpu: '256',
      memory: '512',
      containerDefinitions: [{name: family, image: `${family}:v1`, essential: true, ...container}],
      ...overrides,
    },
  }
}

export function sdkTask(id: string, overrides: object = {}) {
  return {
    taskArn: taskArn(id),
    taskDefinitionArn: taskDefinitionArn('service_web:1'),
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    cpu: '256',
    memory: '512',
    createdAt: new Date('2026-11-23T04:00:00Z'),
    startedAt: new Date('2026-11-23T04:01:00Z'),
    containers: [{name: 'web', image: 'web:v1', lastStatus: 'RUNNING'}],
    ...overrides,
  }
}

/** The awsvpc attachment of a task. */
export const networkAttachment = (interfaceId: string, privateIp: string) => ({
  type: 'ElasticNetworkInterface',
  details: [
    {name: 'networkInterfaceId', value: interfaceId},
    {name: 'privateIPv4Address', value: privateIp},
  ],
})

export function sdkTargetGroup(name: string, loadBalancers: readonly string[]) {
  return {
    TargetGroupArn: targetGroupArn(name),
    TargetGroupName: name,
    LoadBalancerArns: loadBalancers.map(loadBalancerArn),
  }
}

export function sdkLoadBalancer(name: string, overrides: object = {}) {
  return {
    LoadBalancerArn: loadBalancerArn(name),
    LoadBalancerName: name,
    DNSName: `${name}-1.us-east-1.elb.amazonaws.com`,
    Type: 'application' as const,
    Scheme: 'internet-facing' as const,
    State: {Code: 'active' as const},
    AvailabilityZones: [{SubnetId: 'subnet-1'}, {SubnetId: 'subnet-2'}],
    SecurityGroups: ['sg-lb'],
    ...overrides,
  }
}

export const forwardTo = (...names: readonly string[]) => ({
  Type: 'forward' as const,
  ...(names.length === 1 && names[0] !== undefined && {TargetGroupArn: targetGroupArn(names[0])}),
  ForwardConfig: {TargetGroups: names.map((name) => ({TargetGroupArn: targetGroupArn(name), Weight: 1}))},
})
