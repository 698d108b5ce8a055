import type {
  CreateTagsCommandInput,
  CreateTagsCommandOutput,
  DeleteTagsCommandInput,
  DeleteTagsCommandOutput,
  DescribeTagsCommandInput,
  DescribeTagsCommandOutput,
  Filter,
  ResourceType,
} from '@aws-sdk/client-ec2'
import {CreateTags$, DeleteTags$, DescribeTags$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import {missingParameter} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyFilters} from './filters.js'
import type {Network} from './network.js'
import {pageBy} from './paging.js'
import type {Resource} from './records.js'
import {mergeTags} from './tag-sets.js'

interface TagEntry {
  readonly resource: Resource
  readonly type: ResourceType
  readonly key: string
  readonly value: string
}

const filterFields: FilterFields<TagEntry> = {
  key: ({key}) => [key],
  value: ({value}) => [value],
  'resource-id': ({resource}) => [resource.id],
  'resource-type': ({type}) => [type],
}

/** CreateTags, DeleteTags and DescribeTags. */
export const tagOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<CreateTagsCommandInput, CreateTagsCommandOutput>(CreateTags$, (input, scope) => {
    const resources = namedResources(store.of(scope), input.Resources)
    if (input.Tags === undefined || input.Tags.length === 0) throw missingParameter('tagSet')
    const changes = resources.map((resource) => ({resource, tags: mergeTags(resource.tags, input.Tags)}))
    for (const {resource, tags} of changes) resource.tags = tags
    return {}
  }),

  ec2Operation<DeleteTagsCommandInput, DeleteTagsCommandOutput>(DeleteTags$, (input, scope) => {
    for (const resource of namedResources(store.of(scope), input.Resources)) {
      resource.tags = remainingTags(resource.tags, input.Tags)
    }
    return {}
  }),

  ec2Operation<DescribeTagsCommandInput, DescribeTagsCommandOutput>(DescribeTags$, (input, scope) => {
    const filters = input.Filters?.flatMap(splitTagFilter)
    const entries = applyFilters(tagEntries(store.of(scope)), filters, filterFields)
    const {items, next} = pageBy(entries, input, ({resource, key}) => `${resource.id} ${key}`)
    return {
      ...next,
      Tags: items.map(({resource, type, key, value}) => ({
        ResourceId: resource.id,
        ResourceType: type,
        Key: key,
        Value: value,
      })),
    }
  }),
]

/** A key alone takes the tag whatever its value; a key with a value takes only that; no tags at all takes all. */
function remainingTags(
  tags: Readonly<Record<string, string>>,
  deleted: DeleteTagsCommandInput['Tags'],
): Record<string, string> {
  if (deleted === undefined || deleted.length === 0) return {}
  const isDeleted = (key: string, value: string): boolean =>
    deleted.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value))
  return Object.fromEntries(Object.entries(tags).filter(([key, value]) => !isDeleted(key, value)))
}

/** `tag:Owner` asks for one key and one of the values, in the same tag. */
function splitTagFilter(filter: Filter): Filter[] {
  if (!filter.Name?.startsWith('tag:')) return [filter]
  const key = filter.Name.slice('tag:'.length).replaceAll(/[*?\\]/g, '\\$&')
  return [
    {Name: 'key', Values: [key]},
    {...filter, Name: 'value'},
  ]
}

function namedResources(network: Network, ids: readonly string[] | undefined): Resource[] {
  if (ids === undefined || ids.length === 0) throw missingParameter('resourceIdSet')
  return ids.map((id) => anyResource(network, id))
}

/** @throws AwsFault the NotFound code of the kind that the id's prefix names; InvalidID for an unknown prefix. */
function anyResource(network: Network, id: string): Resource {
  const lookups: Readonly<Record<string, () => Resource>> = {
    vpc: () => network.vpc(id),
    subnet: () => network.subnet(id),
    sg: () => network.securityGroup(id),
    sgr: () => network.rule(id),
    eni: () => network.networkInterface(id),
    rtb: () => network.routeTable(id),
    igw: () => network.internetGateway(id),
  }
  const prefix = id.slice(0, Math.max(0, id.lastIndexOf('-')))
  const lookup = Object.hasOwn(lookups, prefix) ? lookups[prefix] : undefined
  if (lookup === undefined) throw new AwsFault('InvalidID', `The ID '${id}' is not valid`)
  return lookup()
}

function tagEntries(network: Network): TagEntry[] {
  const kinds: readonly (readonly [ResourceType, Iterable<Resource>])[] = [
    ['vpc', network.vpcs.values()],
    ['subnet', network.subnets.values()],
    ['security-group', network.securityGroups.values()],
    ['security-group-rule', network.rules.values()],
    ['network-interface', network.interfaces.values()],
    ['route-table', network.routeTables.values()],
    ['internet-gateway', network.internetGateways.values()],
  ]
  return kinds.flatMap(([type, resources]) =>
    [...resources].flatMap((resource) =>
      Object.entries(resource.tags).map(([key, value]) => ({resource, type, key, value})),
    ),
  )
}
