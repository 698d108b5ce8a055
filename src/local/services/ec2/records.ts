/** What every EC2 resource has; `serial` is the order of creation, by which answers are sorted and paged. */
export interface Resource {
  readonly id: string
  readonly serial: number
  tags: Record<string, string>
}

export interface VpcRecord extends Resource {
  readonly cidrBlock: string
  readonly isDefault: boolean
  readonly dhcpOptionsId: string
  readonly cidrAssociationId: string
}

export interface SubnetRecord extends Resource {
  readonly vpcId: string
  readonly cidrBlock: string
  readonly availabilityZone: string
  readonly availabilityZoneId: string
  readonly defaultForAz: boolean
  mapPublicIpOnLaunch: boolean
  /** The host number handed out last; the next interface looks further from there. */
  lastHost: number
}

export interface SecurityGroupRecord extends Resource {
  readonly groupName: string
  readonly description: string
  readonly vpcId: string
}

/** The other side of a rule: exactly one of the four kinds. */
export type Peer =
  | {readonly kind: 'ipv4'; readonly cidr: string}
  | {readonly kind: 'ipv6'; readonly cidr: string}
  | {readonly kind: 'prefixList'; readonly prefixListId: string}
  | {readonly kind: 'group'; readonly groupId: string; readonly userId: string}

/** Protocol, ports and peer: what makes two rules the same. Ports are -1 where the protocol has none. */
export interface RuleTerms {
  readonly protocol: string
  readonly fromPort: number
  readonly toPort: number
  readonly peer: Peer
}

export interface RuleRecord extends Resource, RuleTerms {
  readonly groupId: string
  readonly isEgress: boolean
  readonly description?: string
}

export interface InterfaceRecord extends Resource {
  readonly subnetId: string
  readonly vpcId: string
  readonly groupIds: readonly string[]
  readonly description: string
  readonly macAddress: string
  readonly privateIpAddress: string
  readonly publicIpAddress?: string
  readonly attachmentId: string
  readonly attachedAt: number
}

export interface RouteTableRecord extends Resource {
  readonly vpcId: string
  /** The association that makes this the main route table of its VPC. */
  readonly associationId: string
}

export interface InternetGatewayRecord extends Resource {
  /** Absent while the gateway is detached. */
  vpcId?: string
}
