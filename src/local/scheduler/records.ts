/**
 * What the local ECS remembers: plain objects that survive JSON. Times are milliseconds since 1970; nothing here
 * holds a timer or a function, so that every timer can be derived from the state again.
 */
import type {
  Attribute,
  AvailabilityZoneRebalancing,
  CapacityProviderStrategyItem,
  Compatibility,
  DeploymentConfiguration,
  GatewayConnector,
  HealthStatus,
  LaunchType,
  LoadBalancer,
  MonitoringConfiguration,
  NetworkConfiguration,
  PlacementConstraint,
  PlacementStrategy,
  PropagateTags,
  RegisterTaskDefinitionRequest,
  ServiceConnectConfiguration,
  ServiceDeploymentStatus,
  ServiceRegistry,
  ServiceVolumeConfiguration,
  Tag,
  TaskDefinitionStatus,
  TaskOverride,
  TaskStopCode,
  VpcLatticeConfiguration,
} from '@aws-sdk/client-ecs'
import type {NetworkInterfaceView} from '../ports.js'
import type {Scope} from '../scope.js'
import type {OutputPosition} from '../task-runtime.js'

export interface TaskDefinitionRecord {
  readonly scope: Scope
  readonly taskDefinitionArn: string
  readonly family: string
  readonly revision: number
  /** The request as AWS echoes it: nothing lost, defaults filled in. */
  readonly registration: Omit<RegisterTaskDefinitionRequest, 'tags'>
  readonly compatibilities: Compatibility[]
  readonly requiresAttributes: Attribute[]
  readonly registeredAt: number
  readonly registeredBy: string
  status: TaskDefinitionStatus
  deregisteredAt?: number
  deleteRequestedAt?: number
  tags: Tag[]
}

/** What a deployment runs; a change of any of these members starts a new one. */
export interface DeploymentSpec {
  readonly taskDefinitionArn: string
  readonly launchType?: LaunchType | undefined
  readonly capacityProviderStrategy?: CapacityProviderStrategyItem[] | undefined
  readonly platformVersion?: string | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly loadBalancers: LoadBalancer[]
  readonly serviceRegistries: ServiceRegistry[]
  readonly serviceConnectConfiguration?: ServiceConnectConfiguration | undefined
  readonly volumeConfigurations?: ServiceVolumeConfiguration[] | undefined
  readonly vpcLatticeConfigurations?: VpcLatticeConfiguration[] | undefined
}

/** What UpdateService changes without a new deployment. */
export interface ServiceSettings {
  readonly deploymentConfiguration: DeploymentConfiguration
  readonly placementConstraints: PlacementConstraint[]
  readonly placementStrategy: PlacementStrategy[]
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly enableECSManagedTags: boolean
  readonly enableExecuteCommand: boolean
  readonly propagateTags: PropagateTags
  readonly availabilityZoneRebalancing: AvailabilityZoneRebalancing
  readonly monitoring?: MonitoringConfiguration | undefined
  readonly gatewayConnectors?: GatewayConnector[] | undefined
}

export interface DeploymentRecord {
  readonly id: string
  status: 'PRIMARY' | 'ACTIVE'
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
  readonly spec: DeploymentSpec
  desiredCount: number
  /** Consecutive failures as DescribeServices shows them. */
  failedTasks: number
  /** The failures that count for the circuit breaker in its present stage. */
  breakerFailures: number
  /** A task of this deployment was RUNNING: the circuit breaker is in its second stage. */
  reachedRunning: boolean
  /** Rounds of launches that failed one after the other, which set the back-off. */
  failedLaunches: number
  nextLaunchAt?: number
  /** Since when all tasks run and are healthy: the bake time counts from here. */
  healthySince?: number
  readonly createdAt: number
  updatedAt: number
  /** It came from a rollback, and is not rolled back itself. */
  readonly isRollback: boolean
  readonly serviceDeploymentArn: string
  readonly serviceRevisionArn: string
}

export interface ServiceRevisionRecord {
  readonly serviceRevisionArn: string
  readonly spec: DeploymentSpec
  readonly createdAt: number
}

export interface ServiceDeploymentRecord {
  readonly serviceDeploymentArn: string
  readonly sourceRevisionArns: string[]
  readonly targetRevisionArn: string
  readonly deploymentConfiguration: DeploymentConfiguration
  readonly createdAt: number
  /** Absent while it is PENDING: no pass of the scheduler has seen it yet. */
  startedAt?: number
  updatedAt: number
  finishedAt?: number
  stoppedAt?: number
  status: ServiceDeploymentStatus
  statusReason?: string
  rollback?: {readonly reason: string; readonly startedAt: number; readonly serviceRevisionArn: string}
  breaker: {enabled: boolean; triggered: boolean; failureCount: number; threshold: number}
  requestedCount: number
}

export interface EventRecord {
  readonly id: string
  readonly createdAt: number
  readonly message: string
}

/** Changes of targets that the next pass turns into events, counted by target group. */
export interface TargetNotices {
  registered: Record<string, number>
  deregistered: Record<string, number>
  draining: number
}

export interface ServiceRecord {
  readonly scope: Scope
  readonly serviceArn: string
  readonly serviceName: string
  readonly clusterArn: string
  readonly clusterName: string
  readonly createdAt: number
  readonly createdBy: string
  readonly roleArn: string
  readonly clientToken?: string | undefined
  /** The request that made the service, for its idempotency. */
  readonly fingerprint: string
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  desiredCount: number
  /** That of CreateService, which an empty capacity provider strategy goes back to. */
  readonly launchType?: LaunchType | undefined
  spec: DeploymentSpec
  settings: ServiceSettings
  /** Newest first. */
  deployments: DeploymentRecord[]
  /** Newest first. */
  serviceDeployments: ServiceDeploymentRecord[]
  revisions: ServiceRevisionRecord[]
  /** Newest first, 100 at most. */
  events: EventRecord[]
  tags: Tag[]
  notices: TargetNotices
  /** What the last COMPLETED deployment ran: what the circuit breaker rolls back to. */
  completedSpec?: DeploymentSpec
  steadySince?: number
  steadyReportedAt?: number
  blockedReportedAt?: number
}

/** An EC2 instance that runs tasks of a cluster. */
export interface ContainerInstanceRecord {
  readonly scope: Scope
  readonly clusterArn: string
  readonly containerInstanceArn: string
  readonly ec2InstanceId: string
  readonly capacityProviderName: string
  readonly cpu: number
  readonly memoryMib: number
  /** Later than now while the instance starts. */
  readonly registeredAt: number
  status: 'ACTIVE' | 'DRAINING'
  tags: Tag[]
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED'

/** What happens to a task next; between `start` and `report`, and while containers stop, the runtime decides. */
export type TaskStep =
  | 'attach'
  | 'prepare'
  | 'pull'
  | 'start'
  | 'report'
  | 'run'
  | 'stop-containers'
  | 'deprovision'
  | 'finish'
  | 'forget'

export interface ContainerRecord {
  readonly name: string
  readonly containerArn: string
  readonly image: string
  readonly cpu: number
  readonly memory?: number | undefined
  readonly memoryReservation?: number | undefined
  readonly essential: boolean
  readonly hasHealthCheck: boolean
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  healthStatus: HealthStatus
  /** What its own health check said last. */
  reportedHealth?: 'HEALTHY' | 'UNHEALTHY'
  imageDigest?: string
  runtimeId?: string
  startedAt?: number
  /** How much of its output has gone to its log stream. */
  outputPosition?: OutputPosition
  exitCode?: number
  reason?: string
}

/** A port of a task that is a target of a load balancer. */
export interface TargetBinding {
  readonly targetGroupArn: string
  readonly port: number
}

export interface TaskRecord {
  readonly scope: Scope
  readonly taskId: string
  readonly taskArn: string
  readonly clusterArn: string
  readonly clusterName: string
  readonly taskDefinitionArn: string
  readonly family: string
  readonly group: string
  readonly startedBy?: string | undefined
  readonly serviceArn?: string | undefined
  readonly deploymentId?: string | undefined
  readonly capacityProviderName?: string | undefined
  /** Where it runs, unless that is Fargate. */
  readonly containerInstanceArn?: string | undefined
  /** When its instance is there; it waits in PROVISIONING until then. */
  readonly instanceReadyAt?: number | undefined
  readonly platformVersion: string
  readonly platformFamily: string
  readonly architecture: string
  readonly cpu: string
  readonly memory: string
  readonly ephemeralStorageGib: number
  readonly enableExecuteCommand: boolean
  readonly overrides: TaskOverride
  readonly availabilityZone: string
  readonly network: {readonly subnetId: string; readonly securityGroupIds: string[]; readonly assignPublicIp: boolean}
  readonly targets: TargetBinding[]
  readonly createdAt: number
  readonly attachmentId: string
  attachmentStatus: 'PRECREATED' | 'ATTACHED' | 'DELETED'
  networkInterface?: NetworkInterfaceView
  containers: ContainerRecord[]
  tags: Tag[]
  lastStatus: TaskStatus
  desiredStatus: 'RUNNING' | 'STOPPED'
  version: number
  step?: {readonly name: TaskStep; readonly at: number}
  /** Why the present start cannot succeed; the task stops with it when the step is due. */
  failure?: {readonly reason: string; readonly container?: string}
  targetsRegistered: boolean
  /** What runs the containers, and when it was asked to run and to stop them; absent once nothing of them is left there. */
  runtime?: {readonly kind: 'docker' | 'simulated'; readonly since: number; readonly stoppingSince?: number}
  connectivityAt?: number
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  /** When its health checks were first all good. */
  healthyAt?: number
  stoppingAt?: number
  executionStoppedAt?: number
  stoppedAt?: number
  stopCode?: TaskStopCode
  stoppedReason?: string
}
