import type {ContainerDefinition, RegisterTaskDefinitionCommandInput} from '@aws-sdk/client-ecs'
import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {container, createWorld, definition, EXECUTION_ROLE} from './world.js'

const register = (world: World, overrides: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  world.send(new RegisterTaskDefinitionCommand(definition(overrides)))

const withContainer = (overrides: Partial<ContainerDefinition>): Partial<RegisterTaskDefinitionCommandInput> => ({
  containerDefinitions: [container(overrides)],
})

describe('registering', () => {
  test('answers with the first revision, defaults filled in and what AWS adds', async () => {
    const world = createWorld()
    const {taskDefinition} = await register(world, {cpu: '.25 vCPU', memory: '0.5 GB'})
    expect(taskDefinition).toMatchObject({
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      revision: 1,
      status: 'ACTIVE',
      cpu: '256',
      memory: '512',
      compatibilities: ['EC2', 'FARGATE'],
      volumes: [],
      placementConstraints: [],
      registeredBy: 'arn:aws:iam::123456789012:root',
      registeredAt: new Date(world.clock.now()),
    })
    expect(taskDefinition?.requiresAttributes).toContainEqual({name: 'ecs.capability.task-eni'})
    expect(taskDefinition?.containerDefinitions).toEqual([
      {
        name: 'web',
        image: 'registry.example/web:1',
        cpu: 0,
        portMappings: [{containerPort: 80, hostPort: 80, protocol: 'tcp'}],
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
      },
    ])
  })

  test('keeps every member of the request', async () => {
    const world = createWorld()
    const containerDefinition: ContainerDefinition = {
      name: 'web',
      image: 'web',
      repositoryCredentials: {credentialsParameter: 'secret'},
      cpu: 10,
      memory: 400,
      memoryReservation: 300,
      portMappings: [{containerPort: 80, hostPort: 80, protocol: 'udp', name: 'http', appProtocol: 'http2'}],
      essential: true,
      restartPolicy: {enabled: true, ignoredExitCodes: [3], restartAttemptPeriod: 70},
      entryPoint: ['/entry'],
      command: ['serve'],
      environment: [
        {name: 'B', value: '2'},
        {name: 'A', value: '1'},
      ],
      environmentFiles: [{type: 's3', value: 'arn:aws:s3:::bucket/file'}],
      mountPoints: [{sourceVolume: 'data', containerPath: '/data', readOnly: true}],
      volumesFrom: [{sourceContainer: 'web', readOnly: false}],
      linuxParameters: {initProcessEnabled: true, capabilities: {add: ['SYS_PTRACE'], drop: ['ALL']}},
      secrets: [{name: 'S', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/s'}],
      dependsOn: [{containerName: 'web', condition: 'START'}],
      startTimeout: 30,
      stopTimeout: 60,
      versionConsistency: 'disabled',
      user: 'nobody',
      workingDirectory: '/srv',
      readonlyRootFilesystem: true,
      interactive: false,
      pseudoTerminal: true,
      dockerLabels: {label: 'value'},
      ulimits: [{name: 'nofile', softLimit: 1, hardLimit: 2}],
      logConfiguration: {logDriver: 'splunk', options: {a: 'b'}, secretOptions: [{name: 'n', valueFrom: 'v'}]},
      healthCheck: {command: ['CMD', 'true'], interval: 5, timeout: 2, retries: 1, startPeriod: 3},
      systemControls: [{namespace: 'net.core.somaxconn', value: '1024'}],
      firelensConfiguration: {type: 'fluentbit', options: {c: 'd'}},
      credentialSpecs: ['credentialspec:x'],
    }
    const {tags, ...request} = definition({
      taskRoleArn: 'arn:aws:iam::123456789012:role/task',
      executionRoleArn: EXECUTION_ROLE,
      containerDefinitions: [containerDefinition],
      volumes: [{name: 'data', efsVolumeConfiguration: {fileSystemId: 'fs-1', transitEncryption: 'ENABLED'}}],
      pidMode: 'task',
      ephemeralStorage: {sizeInGiB: 50},
      runtimePlatform: {cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX'},
      enableFaultInjection: true,
      tags: [{key: 'team', value: 'web'}],
    })
    const answer = await world.send(new RegisterTaskDefinitionCommand({...request, tags}))
    expect(answer.taskDefinition).toMatchObject(request)
    expect(answer.tags).toEqual(tags)
    const described = await world.send(new DescribeTaskDefinitionCommand({taskDefinition: 'web', include: ['TAGS']}))
    expect(described.taskDefinition).toEqual(answer.taskDefinition)
    expect(described.tags).toEqual(tags)
  })

  test('keeps members that only EC2 knows', async () => {
    const world = createWorld()
    const request: RegisterTaskDefinitionCommandInput = {
      family: 'ec2',
      networkMode: 'bridge',
      ipcMode: 'host',
      containerDefinitions: [
        {name: 'web', image: 'web', memory: 64, links: ['a'], privileged: true, hostname: 'h', dnsServers: ['1.1.1.1']},
      ],
      placementConstraints: [{type: 'memberOf', expression: 'x'}],
    }
    const {taskDefinition} = await world.send(new RegisterTaskDefinitionCommand(request))
    expect(taskDefinition).toMatchObject({...request, compatibilities: ['EXTERNAL', 'EC2']})
  })
})

describe('a task definition is refused with ClientException', () => {
  const logConfiguration = {
    logDriver: 'awslogs' as const,
    options: {'awslogs-group': 'g', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'p'},
  }
  test.each<[string, Partial<RegisterTaskDefinitionCommandInput>]>([
    ['No Fargate configuration exists for given values.', {cpu: '256', memory: '4096'}],
    ["Invalid 'cpu' setting for task.", {cpu: 'fast'}],
    ["Invalid 'cpu' setting for task.", withContainer({cpu: 512})],
    ["Invalid 'memory' setting for task.", {memory: 'much'}],
    ["Invalid 'memory' setting for task.", withContainer({memory: 1024})],
    ['Fargate only supports network mode ‘awsvpc’.', {networkMode: 'bridge'}],
    ["Fargate requires that 'cpu' be defined at the task level.", {cpu: undefined}],
    ["Fargate requires that 'memory' be defined at the task level.", {memory: undefined}],
    [
      'Fargate requires task definition to have execution role ARN to support ECR images.',
      withContainer({image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1'}),
    ],
    [
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
      withContainer({logConfiguration}),
    ],
    [
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      withContainer({secrets: [{name: 'S', valueFrom: 'x'}]}),
    ],
    [
      'The secret name must be unique and not shared with any new or existing environment variables set on the' +
        " container, such as 'S'.",
      {
        executionRoleArn: EXECUTION_ROLE,
        ...withContainer({
          environment: [{name: 'S', value: 'x'}],
          secrets: [{name: 'S', valueFrom: 'x'}],
        }),
      },
    ],
    [
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      withContainer({portMappings: [{containerPort: 80, hostPort: 8080}]}),
    ],
    ['Family contains invalid characters.', {family: 'a b'}],
    ['Container.name should not be null or empty.', withContainer({name: undefined})],
    ['Container.image should not be null or empty.', withContainer({image: undefined})],
    ['Container list cannot be empty.', {containerDefinitions: []}],
    [
      'Task definition can have a maximum of 10 containers.',
      {containerDefinitions: Array.from({length: 11}, (_, index) => container({name: `c${index}`, essential: true}))},
    ],
    ['Fargate compatible task definitions do not support placementConstraints', {placementConstraints: [{}]}],
    ['Fargate compatible task definitions do not support ipcMode', {ipcMode: 'task'}],
    ['Fargate compatible task definitions do not support pidMode host', {pidMode: 'host'}],
    [
      'Fargate compatible task definitions do not support dockerVolumeConfiguration',
      {volumes: [{name: 'v', dockerVolumeConfiguration: {scope: 'task'}}]},
    ],
    [
      'Fargate compatible task definitions do not support host.sourcePath',
      {volumes: [{name: 'v', host: {sourcePath: '/srv'}}]},
    ],
    ...(
      [
        ['privileged', {privileged: true}],
        ['links', {links: ['other']}],
        ['dnsServers', {dnsServers: ['10.0.0.2']}],
        ['dnsSearchDomains', {dnsSearchDomains: ['example.com']}],
        ['dockerSecurityOptions', {dockerSecurityOptions: ['no-new-privileges']}],
        ['extraHosts', {extraHosts: [{hostname: 'db', ipAddress: '10.0.0.3'}]}],
        ['devices', {linuxParameters: {devices: [{hostPath: '/dev/null'}]}}],
        ['tmpfs', {linuxParameters: {tmpfs: [{containerPath: '/tmp', size: 8}]}}],
        ['sharedMemorySize', {linuxParameters: {sharedMemorySize: 64}}],
        ['maxSwap', {linuxParameters: {maxSwap: 64}}],
        ['resourceRequirements', {resourceRequirements: [{type: 'GPU', value: '1'}]}],
        ['capabilities', {linuxParameters: {capabilities: {add: ['NET_ADMIN']}}}],
      ] as const satisfies readonly (readonly [string, Partial<ContainerDefinition>])[]
    ).map(([feature, overrides]): [string, Partial<RegisterTaskDefinitionCommandInput>] => [
      `Fargate compatible task definitions do not support ${feature}`,
      withContainer(overrides as Partial<ContainerDefinition>),
    ]),
    ['The ephemeral storage size must be between 21 and 200 GiB.', {ephemeralStorage: {sizeInGiB: 20}}],
    ['The ephemeral storage size must be between 21 and 200 GiB.', {ephemeralStorage: {sizeInGiB: 201}}],
    [
      'Log driver awslogs requires options: awslogs-stream-prefix',
      {
        executionRoleArn: EXECUTION_ROLE,
        ...withContainer({logConfiguration: {logDriver: 'awslogs', options: {'awslogs-group': 'g'}}}),
      },
    ],
  ])('%s', async (message, overrides) => {
    const world = createWorld()
    await expect(register(world, overrides)).rejects.toMatchObject({code: 'ClientException', message})
    const {taskDefinitionArns} = await world.send(new ListTaskDefinitionsCommand({}))
    expect(taskDefinitionArns).toEqual([])
  })

  test('larger than 64 KiB', async () => {
    const world = createWorld()
    const environment = [{name: 'BIG', value: 'x'.repeat(65_536)}]
    await expect(register(world, withContainer({environment}))).rejects.toMatchObject({
      code: 'ClientException',
      message: expect.stringMatching(/^Actual length: '\d+'\. Max allowed length is '65536' bytes\.$/),
    })
  })
})
