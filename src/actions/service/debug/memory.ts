import type {Service} from '../../../ecs/services.js'
import {AwsError} from '../../../errors/errors.js'
import type {Capacity} from '../../../lib/capacity.js'
import {parseWholeNumber} from '../../../lib/whole-number.js'
import type {Tags} from '../../tags.js'

/** What a service was before it was moved to EC2. It is kept in tags of the service, so that anybody can bring it back. */
export interface DebugMemory {
  /** ARN. */
  readonly taskDefinition: string
  readonly capacity: Capacity
  readonly assignPublicIp: boolean
  /** `LATEST` or `1.4.0`. */
  readonly platformVersion: string
}

const PREFIX = 'fargate:debug-'
const taskDefinitionTag = `${PREFIX}task-definition`
const capacityTag = `${PREFIX}capacity`
const publicIpTag = `${PREFIX}public-ip`
const platformTag = `${PREFIX}platform-version`

export const debugTags = [taskDefinitionTag, capacityTag, publicIpTag, platformTag] as const

const LATEST = 'LATEST'

/** What a service is now. */
export const memoryOf = ({
  taskDefinition,
  capacity,
  networkConfiguration,
  platformVersion = LATEST,
}: Service): DebugMemory => ({
  taskDefinition,
  capacity,
  platformVersion,
  assignPublicIp: networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED',
})

/** Values of tags hold letters, digits, spaces and `+ - = . _ : / @` only. */
export function tagsOf({taskDefinition, capacity, assignPublicIp, platformVersion}: DebugMemory): Tags {
  const {launchType, strategy = []} = capacity
  const shares = strategy.map(({capacityProvider, weight, base}) => `${capacityProvider}=${weight}:${base}`)
  return {
    [taskDefinitionTag]: taskDefinition,
    [capacityTag]: launchType ?? shares.join(' '),
    [publicIpTag]: assignPublicIp ? 'ENABLED' : 'DISABLED',
    [platformTag]: platformVersion,
  }
}

/**
 * What the tags of a service remember; undefined where it was not moved.
 *
 * @throws AwsError DEBUG_TAGS_DAMAGED where somebody has changed them
 */
export function rememberedIn({name, tags}: Pick<Service, 'name' | 'tags'>): DebugMemory | undefined {
  if (!debugTags.some((key) => tags[key] !== undefined)) return undefined
  const taskDefinition = tags[taskDefinitionTag]
  const capacity = capacityIn(tags[capacityTag] ?? '')
  if (taskDefinition && capacity !== undefined) {
    const assignPublicIp = tags[publicIpTag] === 'ENABLED'
    return {taskDefinition, capacity, assignPublicIp, platformVersion: tags[platformTag] ?? LATEST}
  }
  throw new AwsError(
    'DEBUG_TAGS_DAMAGED',
    `the tags ${PREFIX}… of service ${name} do not tell any more what it was before it was moved`,
    {
      details: {service: name, tags: Object.fromEntries(debugTags.map((key) => [key, tags[key]]))},
      hints: [
        `move it yourself: fargate service update ${name} --launch-type FARGATE`,
        `take the tags away: aws ecs untag-resource --tag-keys ${debugTags.join(' ')} --resource-arn …`,
      ],
    },
  )
}

function capacityIn(text: string): Capacity | undefined {
  if (text === 'FARGATE' || text === 'EC2') return {launchType: text}
  const strategy = text.split(' ').map((share) => {
    const [, capacityProvider = '', weight = '', base = ''] = /^([^=]+)=(\d+):(\d+)$/.exec(share) ?? []
    return {capacityProvider, weight: parseWholeNumber(weight) ?? -1, base: parseWholeNumber(base) ?? -1}
  })
  return strategy.every(({weight, base}) => weight >= 0 && base >= 0) ? {strategy} : undefined
}
