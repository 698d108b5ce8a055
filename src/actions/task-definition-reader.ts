import type {Ecs} from '../ecs/sdk.js'
import type {TaskDefinitionRevision} from '../ecs/task-definitions.js'
import {describeTaskDefinition} from '../ecs/task-definitions.js'

/** Describes a revision; `undefined` when it does not exist. */
export type TaskDefinitionReader = (arn: string) => Promise<TaskDefinitionRevision | undefined>

/** A reader that asks ECS once for each revision, however many tasks and deployments share it. */
export function createTaskDefinitionReader(ecs: Ecs): TaskDefinitionReader {
  const asked = new Map<string, Promise<TaskDefinitionRevision | undefined>>()
  return (arn) => {
    const answer = asked.get(arn) ?? describeTaskDefinition(ecs, arn)
    asked.set(arn, answer)
    return answer
  }
}
