import type {ServiceDeploymentBrief, ServiceDeploymentStatus} from '@aws-sdk/client-ecs'
import {createMemoryOutput} from '../../../../../src/output/memory.js'
import {sdkService, sdkTaskDefinition, taskDefinitionArn} from '../../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../../helpers/aws-table.js'

export const revision = (number: number): string => taskDefinitionArn(`service_web:${number}`)

interface World {
  /** What the service is to run, and what it ran: oldest first, by the number of the revision. */
  readonly present: number
  readonly history: readonly (readonly [number, ServiceDeploymentStatus])[] | AwsFailure
  /** Deregistered ones. */
  readonly inactive?: readonly number[]
  readonly highest?: number
  readonly deployments?: readonly object[]
  readonly ecs?: AwsTable['ecs']
}

const minute = 60_000
const start = Date.UTC(2026, 10, 23)

/** A service `web` with revisions from 1 to the highest. */
export function revisionsWorld(world: World) {
  const {present, history, inactive = [], highest = present} = world
  const primary = {id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: revision(present)}
  const all = Array.from({length: highest}, (_, index) => index + 1)
  const arnsOf = (numbers: readonly number[]) => ({taskDefinitionArns: numbers.map(revision)})
  const output = createMemoryOutput()
  const {aws, inputs} = awsTable({
    ecs: {
      DescribeServices: () => ({
        services: [sdkService('web', {taskDefinition: revision(present), deployments: world.deployments ?? [primary]})],
      }),
      ListTaskDefinitions: ({status}) =>
        arnsOf(all.filter((number) => inactive.includes(number) === (status === 'INACTIVE'))),
      DescribeTaskDefinition: ({taskDefinition = ''}) => {
        const number = Number(taskDefinition.split(':').at(-1))
        if (!all.includes(number)) throw new AwsFailure('ClientException', 'Unable to describe task definition.')
        return sdkTaskDefinition(
          revision(number),
          {
            status: inactive.includes(number) ? 'INACTIVE' : 'ACTIVE',
            registeredAt: new Date(start + number * minute),
            registeredBy: 'arn:aws:sts::123456789012:assumed-role/deployer/alice',
          },
          {image: `web:${number}`},
        )
      },
      ListServiceDeployments: () => {
        if (history instanceof AwsFailure) throw history
        return {serviceDeployments: history.map(briefOf)}
      },
      DescribeServiceRevisions: ({serviceRevisionArns = []}) => ({
        serviceRevisions: serviceRevisionArns.map((arn) => ({
          serviceRevisionArn: arn,
          taskDefinition: revision(Number(arn.split('/')[1])),
        })),
      }),
      ...world.ecs,
    },
  })
  return {context: {aws, output}, inputs, warnings: () => output.texts('warn')}
}

const briefOf = (
  [number, status]: readonly [number, ServiceDeploymentStatus],
  index: number,
): ServiceDeploymentBrief => ({
  serviceDeploymentArn: `arn:service-deployment/fargate/web/${index}`,
  targetServiceRevisionArn: `service-revision/${number}`,
  status,
  createdAt: new Date(start + index * minute),
})
