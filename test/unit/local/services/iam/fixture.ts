import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {createIam} from '../../../../../src/local/services/iam/index.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {seededRandom} from '../../../../helpers/schema-arbitrary.js'

/** A trust policy for one service. */
export const trustOf = (service: string | string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Sid: '', Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
  })

export const executionPolicy = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'

/** A fresh IAM and a client of it, of account 000000000000 in us-east-1 unless told. */
export function startIam({region = 'us-east-1', accessKeyId = '000000000000'} = {}) {
  const clock = new VirtualClock()
  const {service, roles} = createIam({clock, random: seededRandom(1)})
  const client = inProcessClient(IAMClient, service, {region, accessKeyId})
  const createRole = (RoleName: string, options: {Path?: string; Description?: string} = {}) =>
    client.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trustOf('ecs-tasks.amazonaws.com'),
        ...options,
      }),
    )
  return {client, roles, clock, createRole, scope: {account: accessKeyId, region}}
}
