import {describe, expect, test} from 'vitest'
import type {Service} from '../../../src/ecs/services.js'
import {deploymentState} from '../../../src/rollout/deployment-state.js'
import {deployment, oldDeployment, service, startedAt} from './shapes.js'

const failed = {
  rolloutState: 'FAILED',
  rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
}
const event = (message: string) => ({id: message, createdAt: startedAt, message})
/** A rollback is a new deployment of the old task definition. */
const rollback = oldDeployment({id: 'ecs-svc/3', status: 'PRIMARY', rolloutState: 'IN_PROGRESS'})
const completed = deployment({rolloutState: 'COMPLETED', runningCount: 2})

const rows: readonly (readonly [string, Partial<Service>, object])[] = [
  ['new and in progress', {}, {state: 'in-progress', deployment: {id: 'ecs-svc/2'}}],
  [
    'all tasks running, and ECS not yet content',
    {deployments: [deployment({runningCount: 2})]},
    {state: 'in-progress'},
  ],
  ['completed', {deployments: [completed]}, {state: 'completed', deployment: {id: 'ecs-svc/2'}}],
  ['completed while old tasks drain', {deployments: [completed, oldDeployment()]}, {state: 'completed'}],
  [
    'the first of a service, failed',
    {deployments: [deployment(failed)]},
    {state: 'failed', reason: 'ECS deployment circuit breaker: tasks failed to start.'},
  ],
  [
    'failed without a reason',
    {deployments: [deployment({rolloutState: 'FAILED', rolloutStateReason: undefined})]},
    {state: 'failed', reason: 'deployment failed'},
  ],
  [
    'rolling back',
    {deployments: [rollback, deployment({...failed, status: 'ACTIVE'})]},
    {state: 'rolled-back', reason: failed.rolloutStateReason, to: {id: 'ecs-svc/3'}},
  ],
  [
    'rolled back and steady again with another id',
    {
      deployments: [oldDeployment({id: 'ecs-svc/3', status: 'PRIMARY'})],
      events: [
        event('(service web) rolling back to deployment ecs-svc/1.'),
        event('(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.'),
      ],
    },
    {state: 'rolled-back', reason: 'ECS deployment failed: tasks failed to start.', to: {id: 'ecs-svc/3'}},
  ],
  [
    'an event of another deployment that failed',
    {
      deployments: [oldDeployment({id: 'ecs-svc/3', status: 'PRIMARY'})],
      events: [event('(service web) (deployment ecs-svc/22) deployment failed: tasks failed to start.')],
    },
    {state: 'superseded', by: {id: 'ecs-svc/3'}},
  ],
  [
    'replaced by a newer one while it drains',
    {deployments: [deployment({id: 'ecs-svc/4'}), deployment({status: 'ACTIVE'})]},
    {state: 'superseded', by: {id: 'ecs-svc/4'}},
  ],
  ['replaced by a newer one and gone', {deployments: [deployment({id: 'ecs-svc/4'})]}, {state: 'superseded'}],
  ['gone with all others', {deployments: []}, {state: 'failed', reason: 'the deployment is gone'}],
  ['of a service that drains', {status: 'DRAINING'}, {state: 'deleted'}],
  ['of a service that is inactive', {status: 'INACTIVE', deployments: []}, {state: 'deleted'}],
]

test.each(rows)('%s', (_what, overrides, state) => {
  expect(deploymentState(service(overrides), 'ecs-svc/2')).toMatchObject(state)
})

describe('without a rollout state, as other controllers leave it', () => {
  const own = (overrides: object) => deployment({rolloutState: undefined, ...overrides})

  test.each([
    ['some tasks run', [own({runningCount: 1})], 'in-progress'],
    ['old tasks are left', [own({runningCount: 2}), oldDeployment()], 'in-progress'],
    ['all run and nothing else', [own({runningCount: 2})], 'completed'],
  ])('%s', (_what, deployments, state) => {
    expect(deploymentState(service({deployments}), 'ecs-svc/2').state).toBe(state)
  })
})
