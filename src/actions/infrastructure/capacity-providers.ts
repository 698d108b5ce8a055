import type {AwsClients} from '../../aws/clients.js'
import {findCluster, putCapacityProviders} from '../../ecs/clusters.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'

/**
 * Lets the tasks of a cluster use capacity providers, beside those that they can use already: a strategy may only name
 * providers of the cluster.
 */
export function capacityProvidersStep(
  aws: Pick<AwsClients, 'ecs'>,
  cluster: Step<string>,
  wanted: readonly string[],
): Step<void> {
  return step<void, {cluster: typeof cluster}>({
    id: 'capacity-providers',
    title: `capacity providers ${wanted.join(', ')}`,
    needs: {cluster},
    look: async (needs) => {
      const found = needs.cluster === undefined ? undefined : await findCluster(aws.ecs, needs.cluster)
      if (found === undefined) return {state: 'absent'}
      const missing = wanted.filter((name) => !found.capacityProviders.includes(name))
      if (missing.length === 0) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: `the cluster gets ${missing.join(', ')}`}
    },
    apply: async (needs) => {
      const found = await findCluster(aws.ecs, needs.cluster)
      const {capacityProviders = [], defaultCapacityProviderStrategy = []} = found ?? {}
      await putCapacityProviders(aws.ecs, needs.cluster, {
        capacityProviders: [...new Set([...capacityProviders, ...wanted])],
        defaultCapacityProviderStrategy,
      })
    },
  })
}
