import type {AwsClients} from '../../../aws/clients.js'
import {tagService} from '../../../ecs/services.js'
import type {TaskDefinitionInput} from '../../../ecs/task-definitions.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Tags} from '../../tags.js'
import {lowerCaseTags} from '../../tags.js'
import type {RunningService} from '../revise/running.js'

/** The tags of the service itself. They are set before its tasks are replaced: a task gets its tags when it starts. */
export function serviceTagsStep(aws: Pick<AwsClients, 'ecs'>, running: Step<RunningService>, tags: Tags): Step<void> {
  return step<void, {running: typeof running}>({
    id: 'tags',
    title: 'tags of the service',
    needs: {running},
    look: async ({running: current}) => {
      const present = current?.service.tags ?? {}
      const others = Object.keys(tags).filter((key) => present[key] !== tags[key])
      if (others.length === 0) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: others.map((key) => `${key}=${tags[key]}`).join(', ')}
    },
    apply: ({running: {service}}) => tagService(aws.ecs, service.arn, lowerCaseTags(tags)),
  })
}

/** A registration with tags added to its own, or changed. */
export function withTags(registration: TaskDefinitionInput, tags: Tags): TaskDefinitionInput {
  if (Object.keys(tags).length === 0) return registration
  const others = (registration.tags ?? []).filter(({key = ''}) => !(key in tags))
  return {...registration, tags: [...others, ...lowerCaseTags(tags)]}
}
