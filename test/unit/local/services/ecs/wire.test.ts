import {
  ClusterNotFoundException,
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import {inProcessRequestHandler} from '../../../../../src/local/wire/request-handler.js'
import {createWire} from '../../../../../src/local/wire/wire.js'
import {createWorld, definition, serviceRequest} from './world.js'

test("everything that is answered survives the wire to the SDK's own client", async () => {
  const world = createWorld()
  const wire = createWire({services: [world.ecs.service]})
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: {accessKeyId: '123456789012', secretAccessKey: 'local'},
    requestHandler: inProcessRequestHandler(wire),
  })
  await expect(client.send(new ListServicesCommand({cluster: 'fargate'}))).rejects.toBeInstanceOf(
    ClusterNotFoundException,
  )
  await client.send(new CreateClusterCommand({clusterName: 'fargate'}))
  await client.send(new RegisterTaskDefinitionCommand(definition({tags: [{key: 'a', value: 'b'}]})))
  await client.send(new CreateServiceCommand(serviceRequest()))
  await world.clock.advance(120_000)

  const plain = async <Output>(command: {input: object}) => (await world.send(command as never)) as Output
  for (const command of [
    new DescribeServicesCommand({cluster: 'fargate', services: ['web', 'absent'], include: ['TAGS']}),
    new DescribeTaskDefinitionCommand({taskDefinition: 'web', include: ['TAGS']}),
  ]) {
    const {$metadata: _, ...answer} = await client.send(command as DescribeServicesCommand)
    expect(answer).toEqual(await plain(command))
  }
  const {taskArns: tasks = []} = await client.send(new ListTasksCommand({cluster: 'fargate'}))
  const describe = new DescribeTasksCommand({cluster: 'fargate', tasks})
  const {$metadata: _, ...answer} = await client.send(describe)
  expect(answer.tasks).toHaveLength(2)
  expect(answer).toEqual(await plain(describe))
})
