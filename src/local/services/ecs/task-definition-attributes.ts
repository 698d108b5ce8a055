import type {Attribute, Compatibility} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {fargateProblem, isEcrImage} from './fargate-rules.js'

type Registration = TaskDefinitionRecord['registration']

/** Where a task definition can run, whatever it asks for. */
export function compatibilitiesOf(registration: Registration): Compatibility[] {
  if (fargateProblem(registration) === undefined) return ['EC2', 'FARGATE']
  return registration.networkMode === 'awsvpc' ? ['EC2'] : ['EXTERNAL', 'EC2']
}

/** What a container instance must be able to do, as the ECS agent names it. */
export function attributesOf(registration: Registration): Attribute[] {
  const {containerDefinitions = [], executionRoleArn, taskRoleArn, networkMode} = registration
  const containers = containerDefinitions ?? []
  const awslogs = containers.some(({logConfiguration}) => logConfiguration?.logDriver === 'awslogs')
  const ecr = containers.some(({image}) => isEcrImage(image))
  const names: ReadonlyArray<readonly [string, boolean]> = [
    ['com.amazonaws.ecs.capability.docker-remote-api.1.18', true],
    ['com.amazonaws.ecs.capability.docker-remote-api.1.19', awslogs],
    ['com.amazonaws.ecs.capability.logging-driver.awslogs', awslogs],
    ['ecs.capability.execution-role-awslogs', awslogs && executionRoleArn !== undefined],
    ['com.amazonaws.ecs.capability.ecr-auth', ecr],
    ['ecs.capability.execution-role-ecr-pull', ecr && executionRoleArn !== undefined],
    ['com.amazonaws.ecs.capability.task-iam-role', taskRoleArn !== undefined],
    ['ecs.capability.task-eni', networkMode === 'awsvpc'],
    ['ecs.capability.container-health-check', containers.some(({healthCheck}) => healthCheck !== undefined)],
  ]
  return names.filter(([, needed]) => needed).map(([name]) => ({name}))
}
