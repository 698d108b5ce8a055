import {describe, expect, test} from 'vitest'
import {explainStop, isScalingStop} from '../../../src/rollout/stop-explanation.js'
import {container, stoppedTask} from './shapes.js'

const repository = '403403403403.dkr.ecr.us-east-1.amazonaws.com/web:v2'
const secrets =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: '

const reasons: readonly (readonly [string, RegExp])[] = [
  [
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${repository}: ${repository}: not found`,
    /not in the registry/,
  ],
  [
    `CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref "${repository}": not found`,
    /not in the registry/,
  ],
  ['CannotPullContainerError: API error (404): repository web not found', /not in the registry/],
  [
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    /another CPU architecture/,
  ],
  [
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${repository}: failed to do request: Head "https://${repository}": dial tcp 10.0.0.1:443: i/o timeout`,
    /cannot reach AWS/,
  ],
  [
    `CannotPullContainerError: unexpected status from HEAD request to https://${repository}: 403 Forbidden`,
    /execution role may not pull/,
  ],
  ['CannotPullContainerError: toomanyrequests: You have reached your pull rate limit.', /push the image to ECR/],
  [
    `${secrets}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:x from secrets manager: AccessDeniedException: User: arn:aws:sts::1:x is not authorized to perform: secretsmanager:GetSecretValue on resource: x`,
    /may not read the secret/,
  ],
  [
    `${secrets}unable to retrieve secrets from ssm: AccessDeniedException: User: x is not authorized to perform: ssm:GetParameters on resource: x`,
    /may not read the secret/,
  ],
  [
    `${secrets}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /x`,
    /does not exist in this region/,
  ],
  [
    `${secrets}unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    /does not exist in this region/,
  ],
  [
    `${secrets}AccessDeniedException: User: x is not authorized to perform: ecr:GetAuthorizationToken on resource: *`,
    /execution role may not pull/,
  ],
  [
    `${secrets}RequestError: send request failed caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 10.0.0.1:443: i/o timeout`,
    /cannot reach AWS/,
  ],
  [
    'ResourceInitializationError: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    /log group is missing/,
  ],
  [
    'ResourceInitializationError: failed to initialize logging driver: failed to create Cloudwatch log stream: AccessDeniedException',
    /cannot write the log/,
  ],
  [
    'CannotStartContainerError: failed to create runc task: exec: "serve": executable file not found in $PATH',
    /not in the image/,
  ],
  ['CannotStartContainerError: failed to get container status', /did not start on this host/],
  [
    'ContainerRuntimeTimeoutError: Could not transition to created; timed out after waiting 3m0s',
    /did not start on this host/,
  ],
  [
    'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/73e2d6bc24d8a067)',
    /answers on its port/,
  ],
  ['Task failed container health checks', /own health check fails/],
  ['Your Spot Task was interrupted.', /Spot capacity/],
  ['Capacity is unavailable at this time. Please try again later.', /no Fargate capacity/],
]

test.each(reasons)('%s', (stoppedReason, hint) => {
  const explanation = explainStop(stoppedTask({stoppedReason}))

  expect(explanation.reason).toBe(stoppedReason)
  expect(explanation.hint).toMatch(hint)
})

describe('an essential container that exits', () => {
  test.each([
    [126, /not executable/],
    [127, /not in the image/],
    [137, /killed/],
    [139, /segmentation fault/],
    [0, /ends by itself/],
  ])('with code %i', (exitCode, hint) => {
    const task = stoppedTask({stoppedReason: 'Essential container in task exited', containers: [container(exitCode)]})

    expect(explainStop(task).reason).toBe(`Essential container in task exited; container web: exit code ${exitCode}`)
    expect(explainStop(task).hint).toMatch(hint)
  })

  test('for want of memory', () => {
    const reason = 'OutOfMemoryError: Container killed due to memory usage'
    const task = stoppedTask({
      stoppedReason: 'Essential container in task exited',
      containers: [container(137, reason)],
    })

    expect(explainStop(task)).toEqual({
      reason: `Essential container in task exited; container web: exit code 137, ${reason}`,
      hint: 'the container needs more memory: raise --memory',
    })
  })

  test('beside one that ended well', () => {
    const containers = [container(0, undefined, 'migrate'), container(3)]
    const task = stoppedTask({stoppedReason: 'Essential container in task exited', containers})

    expect(explainStop(task).reason).toContain('container migrate: exit code 0; container web: exit code 3')
    expect(explainStop(task).hint).toBeUndefined()
  })
})

test('a reason that a container repeats is told once', () => {
  const reason = 'CannotPullContainerError: not found'
  const task = stoppedTask({stoppedReason: reason, containers: [container(undefined, reason)]})

  expect(explainStop(task).reason).toBe(reason)
})

test('a task without a reason has its stop code, and one without either says so', () => {
  expect(explainStop(stoppedTask({stopCode: 'TaskFailedToStart'}))).toEqual({
    reason: 'TaskFailedToStart',
    hint: undefined,
  })
  expect(explainStop(stoppedTask()).reason).toBe('stopped without a reason')
})

test.each([
  ['Scaling activity initiated by (deployment ecs-svc/8646900195280463695)', 'ServiceSchedulerInitiated', true],
  ['Task stopped by user', 'UserInitiated', true],
  ['Task failed ELB health checks in (target-group x)', 'ServiceSchedulerInitiated', false],
  ['Your Spot Task was interrupted.', 'SpotInterruption', false],
  [undefined, undefined, false],
])('%s is a wish, and no failure: %s', (stoppedReason, stopCode, isWish) => {
  expect(isScalingStop(stoppedTask({stoppedReason, stopCode}))).toBe(isWish)
})
