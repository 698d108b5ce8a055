import {listCertificates} from '../../acm/certificates.js'
import {listClusters} from '../../ecs/clusters.js'
import {listServices} from '../../ecs/services.js'
import {listLoadBalancers} from '../../elbv2/load-balancers.js'
import {lastNameOf} from '../../lib/arn.js'
import type {Context} from '../context.js'
import {groupsOf} from '../task/group-tasks.js'

type Aws = Pick<Context['aws'], 'ecs' | 'elbv2' | 'acm'>

/** How the names of each kind are found; every call only reads. */
const lists = {
  cluster: async ({ecs}: Aws) => (await listClusters(ecs)).map(lastNameOf),
  service: async ({ecs}: Aws, cluster: string) => (await listServices(ecs, cluster)).map(lastNameOf),
  'task-group': async (aws: Aws, cluster: string) => [...(await groupsOf(aws, cluster)).keys()],
  'load-balancer': async ({elbv2}: Aws) => (await listLoadBalancers(elbv2)).map(({name}) => name),
  certificate: async ({acm}: Aws) => (await listCertificates(acm)).map(({domain}) => domain),
}

/** What has names on AWS that can be completed. */
export type NameKind = keyof typeof lists

/** The names that AWS has, each once and in order; none where the cluster does not exist. */
export async function listNames(
  {aws}: {readonly aws: Aws},
  {kind, cluster}: {readonly kind: NameKind; readonly cluster: string},
): Promise<string[]> {
  return [...new Set(await lists[kind](aws, cluster))].sort()
}
