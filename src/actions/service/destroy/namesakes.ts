import {inParallel} from '../../../aws/batching.js'
import {listClusters} from '../../../ecs/clusters.js'
import {describeService} from '../../../ecs/services.js'
import {lastNameOf} from '../../../lib/arn.js'
import {joinList} from '../../../lib/text.js'
import type {Step} from '../../../plan/step.js'
import {lookUp} from '../../../plan/step.js'
import type {Context} from '../../context.js'

/**
 * The other clusters with a service of the same name. Their service has the same task definition family, log group and
 * image repository, since the names of these say nothing of a cluster.
 */
export function namesakesLookUp(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  cluster: string,
  name: string,
): Step<readonly string[]> {
  return lookUp({
    id: 'namesakes',
    title: `services ${name} of other clusters`,
    find: async () => {
      const own = lastNameOf(cluster)
      const others = (await listClusters(aws.ecs)).map(lastNameOf).filter((each) => each !== own)
      const services = await inParallel(others, (each) => describeService(aws.ecs, each, name))
      const clusters = others.filter((_cluster, index) => (services[index]?.status ?? 'INACTIVE') !== 'INACTIVE')
      if (clusters.length > 0) {
        const where = joinList(clusters)
        output.warn(`task definitions, log group and images of ${name} stay: ${where} has a service of that name too`)
      }
      return clusters
    },
  })
}

/** Leaves a thing alone that a service of another cluster uses as well. */
export function unlessShared<Value>(
  deletion: Step<Value>,
  namesakes: Step<readonly string[]>,
  kept: Value,
): Step<Value> {
  return {
    ...deletion,
    needs: {...deletion.needs, namesakes},
    look: async (needs) => {
      const isShared = (needs.namesakes as readonly string[]).length > 0
      return isShared ? {state: 'present', value: kept} : deletion.look(needs)
    },
  }
}
