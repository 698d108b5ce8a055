import type {AwsClients} from '../../aws/clients.js'
import {createCluster, findCluster} from '../../ecs/clusters.js'
import {AwsError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Tags} from '../tags.js'
import {lowerCaseTags} from '../tags.js'

/** The cluster by name, made where it is missing; one named by ARN must exist. Answers its ARN. */
export function clusterStep(aws: Pick<AwsClients, 'ecs'>, cluster: string, tags: Tags): Step<string> {
  return step({
    id: 'cluster',
    title: `cluster ${cluster}`,
    look: async () => {
      const found = await findCluster(aws.ecs, cluster)
      if (found !== undefined) return {state: 'present', value: found.arn}
      if (cluster.startsWith('arn:')) throw new AwsError('CLUSTER_NOT_FOUND', `cluster ${cluster} does not exist`)
      return {state: 'absent'}
    },
    apply: async () => (await createCluster(aws.ecs, cluster, lowerCaseTags(tags))).arn,
  })
}
