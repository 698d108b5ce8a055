import {createHash} from 'node:crypto'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import {invalidValue} from './faults.js'
import type {
  InterfaceRecord,
  InternetGatewayRecord,
  Resource,
  RouteTableRecord,
  RuleRecord,
  SecurityGroupRecord,
  SubnetRecord,
  VpcRecord,
} from './records.js'

type NetworkSnapshot = Readonly<Record<string, ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>>>

/** The network of one account in one region. */
export class Network {
  readonly vpcs = new Map<string, VpcRecord>()
  readonly subnets = new Map<string, SubnetRecord>()
  readonly securityGroups = new Map<string, SecurityGroupRecord>()
  readonly rules = new Map<string, RuleRecord>()
  readonly interfaces = new Map<string, InterfaceRecord>()
  readonly routeTables = new Map<string, RouteTableRecord>()
  readonly internetGateways = new Map<string, InternetGatewayRecord>()
  readonly scope: Scope
  readonly #random: () => number
  /** What was given out last. */
  readonly #counters = {serial: 0, publicHost: 0}

  constructor(scope: Scope, random: () => number) {
    this.scope = scope
    this.#random = random
  }

  /** The members that a new resource has before its own: id, place in the order of creation, tags. */
  identity(prefix: string, tags: Readonly<Record<string, string>> = {}): Resource {
    return {id: this.newId(prefix), serial: ++this.#counters.serial, tags: {...tags}}
  }

  /** As {@link identity}, with an id that is the same in every run: AWS made the default VPC before the user came. */
  givenIdentity(prefix: string, name: string): Resource {
    const hash = createHash('sha256')
      .update(`${scopeKey(this.scope)}/${name}`)
      .digest('hex')
    return {id: `${prefix}-0${hash.slice(0, 16)}`, serial: ++this.#counters.serial, tags: {}}
  }

  /** An id in EC2's long form: the prefix and 17 hexadecimal digits. */
  newId(prefix: string): string {
    return `${prefix}-0${this.hexDigits(16)}`
  }

  hexDigits(count: number): string {
    return Array.from({length: count}, () => Math.floor(this.#random() * 16).toString(16)).join('')
  }

  nextPublicHost(): number {
    return ++this.#counters.publicHost
  }

  /** All records by kind and id, and what was given out last. */
  snapshot(): NetworkSnapshot {
    return {...this.#kinds(), counters: {last: this.#counters}}
  }

  /** Takes the place of what a new network begins with. */
  restore(snapshot: Readonly<Record<string, Readonly<Record<string, unknown>>>>): void {
    Object.assign(this.#counters, snapshot.counters?.last)
    for (const [kind, records] of Object.entries(this.#kinds())) {
      records.clear()
      for (const [id, record] of Object.entries(snapshot[kind] ?? {})) records.set(id, record as never)
    }
  }

  #kinds(): Readonly<Record<string, Map<string, Resource>>> {
    const {vpcs, subnets, securityGroups, rules, interfaces, routeTables, internetGateways} = this
    const kinds = {vpcs, subnets, securityGroups, rules, interfaces, routeTables, internetGateways}
    return kinds as Readonly<Record<string, Map<string, Resource>>>
  }

  get defaultVpc(): VpcRecord | undefined {
    return [...this.vpcs.values()].find((vpc) => vpc.isDefault)
  }

  /** @throws AwsFault InvalidVpcID.NotFound */
  vpc(id: string): VpcRecord {
    return find(this.vpcs, id, {prefix: 'vpc', code: 'InvalidVpcID', title: 'vpc'})
  }

  /** @throws AwsFault InvalidSubnetID.NotFound */
  subnet(id: string): SubnetRecord {
    return find(this.subnets, id, {prefix: 'subnet', code: 'InvalidSubnetID', title: 'subnet'})
  }

  /** @throws AwsFault InvalidGroup.NotFound */
  securityGroup(id: string): SecurityGroupRecord {
    if (!id.startsWith('sg-')) throw malformedId('InvalidGroupId', id, 'sg')
    const group = this.securityGroups.get(id)
    if (group === undefined) throw groupNotFound(`The security group '${id}' does not exist`)
    return group
  }

  /** A group of the default VPC by its name: the only VPC where EC2 lets names stand for ids. */
  securityGroupByName(name: string): SecurityGroupRecord {
    const vpc = this.defaultVpc
    if (vpc === undefined) throw new AwsFault('VPCIdNotSpecified', 'No default VPC for this user')
    const group = this.groupsOf(vpc.id).find(({groupName}) => groupName === name)
    if (group === undefined) {
      throw groupNotFound(`The security group '${name}' does not exist in default VPC '${vpc.id}'`)
    }
    return group
  }

  /** @throws AwsFault InvalidSecurityGroupRuleId.NotFound */
  rule(id: string): RuleRecord {
    return find(this.rules, id, {prefix: 'sgr', code: 'InvalidSecurityGroupRuleId', title: 'security group rule'})
  }

  /** @throws AwsFault InvalidNetworkInterfaceID.NotFound */
  networkInterface(id: string): InterfaceRecord {
    return find(this.interfaces, id, {prefix: 'eni', code: 'InvalidNetworkInterfaceID', title: 'networkInterface'})
  }

  /** @throws AwsFault InvalidRouteTableID.NotFound */
  routeTable(id: string): RouteTableRecord {
    return find(this.routeTables, id, {prefix: 'rtb', code: 'InvalidRouteTableID', title: 'routeTable'})
  }

  /** @throws AwsFault InvalidInternetGatewayID.NotFound */
  internetGateway(id: string): InternetGatewayRecord {
    return find(this.internetGateways, id, {prefix: 'igw', code: 'InvalidInternetGatewayID', title: 'internetGateway'})
  }

  groupsOf(vpcId: string): SecurityGroupRecord[] {
    return [...this.securityGroups.values()].filter((group) => group.vpcId === vpcId)
  }

  rulesOf(groupId: string): RuleRecord[] {
    return [...this.rules.values()].filter((rule) => rule.groupId === groupId)
  }

  gatewayOf(vpcId: string): InternetGatewayRecord | undefined {
    return [...this.internetGateways.values()].find((gateway) => gateway.vpcId === vpcId)
  }
}

interface Naming {
  readonly prefix: string
  readonly code: string
  readonly title: string
}

function find<Item>(items: ReadonlyMap<string, Item>, id: string, {prefix, code, title}: Naming): Item {
  if (!id.startsWith(`${prefix}-`)) throw malformedId(code, id, prefix)
  const item = items.get(id)
  if (item === undefined) throw new AwsFault(`${code}.NotFound`, `The ${title} ID '${id}' does not exist`)
  return item
}

const malformedId = (code: string, id: string, prefix: string): AwsFault =>
  id === ''
    ? invalidValue(`Invalid id: "" (expecting "${prefix}-...")`)
    : new AwsFault(`${code}.Malformed`, `Invalid id: "${id}" (expecting "${prefix}-...")`)

const groupNotFound = (message: string): AwsFault => new AwsFault('InvalidGroup.NotFound', message)
