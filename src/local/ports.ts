/**
 * What the parts of the local AWS ask of each other. A service implements its own port and receives the others';
 * no service imports another.
 */
import type {Scope} from './scope.js'

// --- EC2: the network ---

export interface SubnetView {
  readonly subnetId: string
  readonly vpcId: string
  readonly availabilityZone: string
}

export interface NetworkInterfaceView {
  readonly networkInterfaceId: string
  readonly macAddress: string
  readonly privateIpAddress: string
  readonly privateDnsName: string
  readonly publicIpAddress?: string
  readonly subnetId: string
  readonly vpcId: string
}

export interface NetworkPort {
  findSubnet(scope: Scope, subnetId: string): SubnetView | undefined
  findSecurityGroup(scope: Scope, groupId: string): {readonly groupId: string; readonly vpcId: string} | undefined
  /** The default security group of a VPC, which AWS uses where none is named. */
  defaultSecurityGroup(scope: Scope, vpcId: string): string
  createInterface(
    scope: Scope,
    options: {
      readonly subnetId: string
      readonly securityGroupIds: readonly string[]
      readonly description: string
      readonly assignPublicIp: boolean
    },
  ): NetworkInterfaceView
  deleteInterface(scope: Scope, networkInterfaceId: string): void
}

// --- IAM: roles ---

export interface RolesPort {
  findRole(
    scope: Scope,
    roleArn: string,
  ): {readonly roleArn: string; readonly trustedServices: readonly string[]; readonly createdAt: number} | undefined
  hasServiceLinkedRole(scope: Scope, awsServiceName: string): boolean
}

// --- CloudWatch Logs ---

export interface LogsPort {
  hasGroup(scope: Scope, logGroupName: string): boolean
  /** Makes a group with CloudWatch's defaults, unless it is there. */
  createGroup(scope: Scope, logGroupName: string): void
  /** Appends events, making the stream where it is missing. The group must exist. */
  append(
    scope: Scope,
    logGroupName: string,
    logStreamName: string,
    events: readonly {readonly timestamp: number; readonly message: string}[],
  ): void
}

// --- ECR: images ---

/** What an image says of how to run it; read from its config blob. */
export interface ImageConfig {
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  readonly env: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

export type ImagePull =
  | {
      readonly outcome: 'pulled'
      readonly digest: string
      readonly config: ImageConfig
      /** The same image by digest at the local registry, whatever name it has on AWS: what an engine pulls. */
      readonly source?: string
    }
  /** The reference names a registry that the local AWS does not hold, so it cannot be checked. */
  | {readonly outcome: 'foreign'}
  /** The reason as the agent states it after `CannotPullContainerError: `. */
  | {readonly outcome: 'failed'; readonly reason: string}

export interface ImagesPort {
  pull(scope: Scope, reference: string, platform: {readonly os: string; readonly architecture: string}): ImagePull
}

// --- ELBv2: target groups, as ECS sees them ---

export interface TargetGroupView {
  readonly targetGroupArn: string
  readonly targetType: string
  readonly protocol: string
  readonly port: number
  readonly vpcId: string
  readonly loadBalancerArns: readonly string[]
  readonly deregistrationDelaySeconds: number
}

export interface TargetHealth {
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining' | 'absent'
  /** `Target.ResponseCodeMismatch`, `Elb.InitialHealthChecking` and so on. */
  readonly reason?: string
  /** AWS's sentence, for instance `Health checks failed with these codes: [503]`. */
  readonly description?: string
}

export interface TargetGroupsPort {
  find(scope: Scope, targetGroupArn: string): TargetGroupView | undefined
  register(scope: Scope, targetGroupArn: string, target: {readonly ip: string; readonly port: number}): void
  /** The target drains for the group's deregistration delay and is then gone. */
  deregister(scope: Scope, targetGroupArn: string, target: {readonly ip: string; readonly port: number}): void
  health(scope: Scope, targetGroupArn: string, target: {readonly ip: string; readonly port: number}): TargetHealth
}

// --- SSM, Secrets Manager: what containers get as secrets ---

export interface ParametersPort {
  /** The value of a parameter, decrypted; undefined where there is none of this name. */
  findValue(scope: Scope, name: string): string | undefined
}

export type SecretValue =
  | {readonly outcome: 'found'; readonly text: string}
  /** What GetSecretValue answers instead, for instance `ResourceNotFoundException: Secrets Manager can't find …`. */
  | {readonly outcome: 'failed'; readonly fault: string}

export interface SecretValuesPort {
  /** A secret by name or ARN; the version labelled AWSCURRENT where no other is asked for. */
  findValue(scope: Scope, secretId: string, version: {readonly stage?: string; readonly id?: string}): SecretValue
}

export type SecretsResolution =
  /** By reference. Nothing that AWS would not show may show these values. */
  | {readonly outcome: 'resolved'; readonly values: ReadonlyMap<string, string>}
  /** The stopped reason of the task, which begins with `ResourceInitializationError`. */
  | {readonly outcome: 'failed'; readonly reason: string}

export interface SecretsPort {
  /** Fetches what the `valueFrom`s of a task name, as the agent does before it starts a container. */
  resolve(scope: Scope, references: readonly string[]): SecretsResolution
}

// --- Route 53 ---

export interface DnsPort {
  /**
   * Whether a public hosted zone of the account has a record of this type with this value. Case and a final dot make
   * no difference, in the name or in a value that is a name.
   */
  hasRecord(scope: Scope, name: string, type: string, value: string): boolean
}

export interface LoadBalancerNamesPort {
  /** The zone in which AWS keeps the DNS name of a load balancer, of any account; undefined where there is none. */
  hostedZoneOf(dnsName: string): string | undefined
}

// --- ACM: certificates ---

export interface CertificateView {
  /** `ISSUED`, `PENDING_VALIDATION` and so on. */
  readonly status: string
  /** In PEM, as are chain and key; absent until the certificate is issued. */
  readonly certificate?: string
  readonly chain?: string
  readonly privateKey?: string
}

export interface CertificatesPort {
  /** The certificate of an ARN in one account and region; undefined when it is not there. */
  find(scope: Scope, certificateArn: string): CertificateView | undefined
}

/** Who uses certificates, which then cannot be deleted. */
export interface CertificateUsesPort {
  /** ARNs of the load balancers that show a certificate to their clients. */
  usersOf(scope: Scope, certificateArn: string): readonly string[]
}
