import {CreateSecurityGroupCommand, DescribeSubnetsCommand, EC2Client} from '@aws-sdk/client-ec2'
import type {ContainerDefinition, RunTaskCommandInput, Task} from '@aws-sdk/client-ecs'
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs'
import {CreateServiceLinkedRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import type {FaultyWorld} from './faulty-world.js'
import {faultyWorld} from './faulty-world.js'

export interface TaskScene extends FaultyWorld {
  readonly ecs: ECSClient
  readonly networkConfiguration: NonNullable<RunTaskCommandInput['networkConfiguration']>
  run(overrides?: Partial<RunTaskCommandInput>): Promise<{tasks: Task[]; reasons: string[]}>
  /** All tasks, stopped ones too, oldest first. */
  tasks(): Promise<Task[]>
  /** One task now. */
  look(task: Task | undefined): Promise<Task>
}

/** An account with a cluster on Fargate and Fargate Spot and a task definition `job` of images that nobody can check. */
export async function taskScene(container: Partial<ContainerDefinition> = {}): Promise<TaskScene> {
  const world = faultyWorld()
  const [ecs, ec2] = [world.client(ECSClient), world.client(EC2Client)]
  await world.client(IAMClient).send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'ecs.amazonaws.com'}))
  await ecs.send(new CreateClusterCommand({clusterName: 'fargate'}))
  const capacityProviders = ['FARGATE', 'FARGATE_SPOT']
  await ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'fargate',
      capacityProviders,
      defaultCapacityProviderStrategy: [],
    }),
  )
  await world.clock.advance(30_000)
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'job',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{name: 'main', image: 'registry.example.com/job:1', ...container}],
    }),
  )
  const {Subnets = []} = await ec2.send(new DescribeSubnetsCommand())
  const {GroupId = ''} = await ec2.send(new CreateSecurityGroupCommand({GroupName: 'job', Description: 'job'}))
  const subnets = Subnets.flatMap(({SubnetId}) => SubnetId ?? []).slice(0, 1)
  const networkConfiguration = {awsvpcConfiguration: {subnets, securityGroups: [GroupId]}}
  const describe = async (arns: string[]) =>
    (await ecs.send(new DescribeTasksCommand({cluster: 'fargate', tasks: arns}))).tasks ?? []
  return {
    ...world,
    ecs,
    networkConfiguration,
    async run(overrides = {}) {
      const input = {cluster: 'fargate', taskDefinition: 'job', launchType: 'FARGATE' as const, networkConfiguration}
      const {tasks = [], failures = []} = await ecs.send(new RunTaskCommand({...input, ...overrides}))
      return {tasks, reasons: failures.map(({reason = ''}) => reason)}
    },
    async tasks() {
      const lists = await Promise.all(
        (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
          ecs.send(new ListTasksCommand({cluster: 'fargate', desiredStatus})),
        ),
      )
      const tasks = await describe(lists.flatMap(({taskArns = []}) => taskArns))
      return tasks.toSorted((a, b) => Number(a.createdAt) - Number(b.createdAt))
    },
    async look(task) {
      const [found] = await describe([task?.taskArn ?? ''])
      if (found === undefined) throw new Error('the task is gone')
      return found
    },
  }
}
