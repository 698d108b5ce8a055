import type {CreateServiceOptions} from '../../../../../src/actions/service/create/options.js'

/** `service create web --image web:1`, with what the flags give without being given. */
export const createOptions = (overrides: Partial<CreateServiceOptions> = {}): CreateServiceOptions => ({
  cluster: 'fargate',
  name: 'web',
  image: 'web:1',
  cpu: 256,
  memory: 512,
  architecture: 'x86_64',
  compatibility: 'fargate',
  capacity: {launchType: 'FARGATE'},
  environment: [],
  secrets: [],
  rules: [],
  replaceDefault: false,
  count: 1,
  subnetIds: [],
  securityGroupIds: [],
  assignPublicIp: true,
  healthCheck: {},
  tags: {},
  circuitBreaker: true,
  wait: true,
  timeoutMs: 600_000,
  dryRun: false,
  ...overrides,
})

/** Behind load balancer `front`. */
export const balanced = (overrides: Partial<CreateServiceOptions> = {}): CreateServiceOptions =>
  createOptions({port: {protocol: 'HTTP', port: 8080}, loadBalancer: 'front', ...overrides})
