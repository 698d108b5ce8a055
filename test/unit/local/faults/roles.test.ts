import {RegisterTaskDefinitionCommand} from '@aws-sdk/client-ecs'
import {CreateRoleCommand, GetRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {expect, test} from 'vitest'
import {failureOf} from './faulty-world.js'
import type {TaskScene} from './task-scene.js'
import {taskScene} from './task-scene.js'

/** Makes a role for tasks and registers a task definition `roled` that has it. */
async function makeRole({client, ecs}: TaskScene, RoleName: string): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  })
  await client(IAMClient).send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument}))
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'roled',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      taskRoleArn: `arn:aws:iam::000000000000:role/${RoleName}`,
      containerDefinitions: [{name: 'main', image: 'registry.example.com/job:1'}],
    }),
  )
}

test.each<[what: string, fault: object | undefined, seconds: number]>([
  ['after the usual time', undefined, 8],
  ['so much later', {kind: 'iam-delay', delay: '45s'}, 53],
  ['so much later for its name', {kind: 'iam-delay', role: 'slow', delay: '45s'}, 53],
  ['after the usual time where another role is meant', {kind: 'iam-delay', role: 'other', delay: '45s'}, 8],
])('a new role can be assumed %s', async (_, fault, seconds) => {
  const scene = await taskScene()
  if (fault !== undefined) scene.add(fault)
  await makeRole(scene, 'slow')
  const run = () => scene.run({taskDefinition: 'roled'})

  await scene.clock.advance(seconds * 1000 - 1)
  const [name, , text] = await failureOf(run())
  expect([name, text]).toEqual(['ClientException', expect.stringContaining('unable to assume the role')])
  await scene.clock.advance(1)
  expect((await run()).tasks).toHaveLength(1)
})

test('IAM itself shows a slow role at once', async () => {
  const scene = await taskScene()
  scene.add({kind: 'iam-delay', delay: '45s'})
  await makeRole(scene, 'slow')

  await expect(scene.client(IAMClient).send(new GetRoleCommand({RoleName: 'slow'}))).resolves.toMatchObject({
    Role: {RoleName: 'slow'},
  })
})

test('a service-linked role that is not seen refuses tasks in the words of ECS, as often as it says', async () => {
  const scene = await taskScene()
  scene.add({kind: 'no-service-linked-role', count: 1})

  expect(await failureOf(scene.run())).toEqual([
    'InvalidParameterException',
    400,
    'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
  ])
  expect((await scene.run()).tasks).toHaveLength(1)
})
