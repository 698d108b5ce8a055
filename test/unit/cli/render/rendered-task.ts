import type {TaskSummary} from '../../../../src/actions/task-summary.js'

/** A task that has run since 04:00:00. */
export const renderedTask: TaskSummary = {
  id: 'a'.repeat(32),
  arn: 'arn',
  image: 'web:v1',
  status: 'RUNNING',
  desiredStatus: 'RUNNING',
  health: 'HEALTHY',
  deploymentId: 'ecs-svc/1',
  taskDefinition: 'service_web:3',
  revision: '3',
  createdAt: new Date('2026-11-23T03:59:00Z'),
  startedAt: new Date('2026-11-23T04:00:00Z'),
  stoppedAt: undefined,
  publicIp: '3.4.5.6',
  privateIp: '10.0.0.1',
  ipv6: undefined,
  subnetId: 'subnet-1',
  securityGroupIds: ['sg-1'],
  cpu: '256',
  memory: '512',
  containers: [],
  stopped: undefined,
}
