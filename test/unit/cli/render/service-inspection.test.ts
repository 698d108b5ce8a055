import {expect, test} from 'vitest'
import type {ServiceInspection} from '../../../../src/actions/service/inspect/inspect-service.js'
import {renderServiceInspection} from '../../../../src/cli/render/service-inspection.js'
import {renderedTask} from './rendered-task.js'

const view = {nowMs: Date.UTC(2026, 10, 23, 5, 2, 5), allEvents: false}

const event = (number: number) => ({
  id: String(number),
  createdAt: new Date(Date.UTC(2026, 10, 23, 4, 0, number)),
  message: `(service web) event ${number}.`,
})

const inspection: ServiceInspection = {
  service: 'web',
  cluster: 'fargate',
  arn: 'arn',
  status: 'ACTIVE',
  createdAt: undefined,
  desiredCount: 2,
  runningCount: 1,
  pendingCount: 1,
  launchType: 'FARGATE',
  capacityProviders: [],
  taskDefinition: 'service_web:3',
  definition: {
    container: 'web',
    image: 'web:v3',
    command: ['node', 'server.js', '--name', 'a b'],
    cpu: '256',
    memory: '512',
    architecture: 'ARM64',
    taskRole: 'arn:aws:iam::123456789012:role/web',
    executionRole: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    environment: {PORT: '80', greeting: 'hello, world'},
    secrets: {DB_PASSWORD: 'arn:aws:ssm:us-east-1:123456789012:parameter/db'},
    environmentFiles: [],
    sidecars: [{name: 'proxy', image: 'envoy:v1', essential: true}],
  },
  subnets: ['subnet-1', 'subnet-2'],
  securityGroups: ['sg-1'],
  assignPublicIp: true,
  healthCheckGracePeriodSeconds: undefined,
  traffic: [
    {
      targetGroup: {arn: 'arn', name: 'fargate-web', exists: true},
      container: 'web',
      containerPort: 80,
      targets: {draining: 1, healthy: 2},
      loadBalancers: [
        {
          name: 'front',
          arn: 'arn',
          type: 'application',
          scheme: 'internet-facing',
          state: 'active',
          dnsName: 'front.example.com',
          listeners: [
            {
              protocol: 'HTTPS',
              port: 443,
              url: 'https://front.example.com',
              certificates: ['arn:aws:acm:us-east-1:123456789012:certificate/1'],
              rules: [
                {
                  arn: 'r',
                  priority: 10,
                  conditions: [{field: 'path-pattern', name: undefined, values: ['/api/*', '/v2']}],
                  actions: [],
                },
                {
                  arn: 'r',
                  priority: 120,
                  conditions: [
                    {field: 'host-header', name: undefined, values: ['a.example.com']},
                    {field: 'http-header', name: 'X-Beta', values: ['1']},
                  ],
                  actions: [],
                },
              ],
              isDefault: true,
            },
          ],
        },
      ],
    },
  ],
  tags: {},
  tasks: [renderedTask],
  deployments: [
    {
      id: 'ecs-svc/2',
      status: 'PRIMARY',
      taskDefinition: 'service_web:3',
      revision: '3',
      image: 'web:v3',
      desiredCount: 2,
      runningCount: 1,
      pendingCount: 1,
      failedTasks: 0,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: 'ECS deployment ecs-svc/2 in progress.',
      createdAt: new Date('2026-11-23T04:59:35Z'),
    },
    {
      id: 'ecs-svc/1',
      status: 'ACTIVE',
      taskDefinition: 'service_web:2',
      revision: '2',
      image: 'web:v2',
      desiredCount: 0,
      runningCount: 0,
      pendingCount: 0,
      failedTasks: 3,
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      createdAt: new Date('2026-11-22T01:00:00Z'),
    },
  ],
  events: [event(2), event(1)],
}

test('shows all that is known of a service', () => {
  expect(renderServiceInspection(inspection, view)).toMatchInlineSnapshot(`
    "Service Name:     web
    Status:
      Desired:  2
      Running:  1
      Pending:  1
    Image:            web:v3
    Command:          node server.js --name "a b"
    Cpu:              256
    Memory:           512
    Architecture:     arm64
    Task Role:        arn:aws:iam::123456789012:role/web
    Subnets:          subnet-1, subnet-2
    Security Groups:  sg-1
    Load Balancer:
      Name:            front
      DNS Name:        front.example.com
      URL:             https://front.example.com
      Ports:
        HTTPS:443:
          Certificates:
            arn:aws:acm:us-east-1:123456789012:certificate/1
          Rules:
            10       PATH=/api/*,/v2
            120      HOST=a.example.com and HTTP-HEADER X-Beta=1
            default  all other requests
      Target Group:    fargate-web
      Container Port:  web:80
      Targets:         2 healthy, 1 draining
    Environment Variables:
      PORT=80
      greeting=hello, world
      DB_PASSWORD ← arn:aws:ssm:us-east-1:123456789012:parameter/db
    Other Containers:
      proxy:  envoy:v1

    Tasks
    ID                                IMAGE   STATUS             RUNNING  IP       CPU  MEMORY  DEPLOYMENT
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  web:v1  running (healthy)  1h2m5s   3.4.5.6  256  512     3

    Deployments
    ID  IMAGE   STATUS   CREATED                              DESIRED  RUNNING  PENDING  ROLLOUT
    3   web:v3  primary  2026-11-23 04:59:35 UTC (2m30s ago)  2        1        1        in progress
    2   web:v2  active   2026-11-22 01:00:00 UTC (1d4h ago)   0        0        0        failed: ECS deployment circuit breaker: tasks failed to start. (3 tasks failed)

    Events
    [2026-11-23 04:00:02 UTC] (service web) event 2.
    [2026-11-23 04:00:01 UTC] (service web) event 1."
  `)
})

test('shows a service of which little is left', () => {
  const traffic = [
    {
      targetGroup: {arn: 'arn', name: 'fargate-web', exists: false},
      container: 'web',
      containerPort: 80,
      targets: {},
      loadBalancers: [],
    },
  ]
  const bare = {...inspection, status: 'DRAINING', definition: undefined, traffic, subnets: [], securityGroups: []}

  expect(renderServiceInspection({...bare, tasks: [], deployments: [], events: []}, view)).toMatchInlineSnapshot(`
    "Service Name:     web
    State:            draining: the service is being deleted
    Status:
      Desired:  2
      Running:  1
      Pending:  1
    Task Definition:  service_web:3 (deleted)
    Load Balancer:
      Target Group:    fargate-web (deleted)
      Container Port:  web:80
      Targets:         none

    Tasks
    No tasks found"
  `)
})

test('shows the newest eleven events, or all', () => {
  const events = Array.from({length: 30}, (_, index) => event(30 - index))
  const shown = (allEvents: boolean) =>
    renderServiceInspection({...inspection, events}, {...view, allEvents}).match(/event \d+/g)

  expect(shown(false)).toEqual(Array.from({length: 11}, (_, index) => `event ${30 - index}`))
  expect(shown(true)).toHaveLength(30)
})

test('never shows a value of a secret', () => {
  expect(renderServiceInspection(inspection, view)).toContain(
    'DB_PASSWORD ← arn:aws:ssm:us-east-1:123456789012:parameter/db',
  )
})
