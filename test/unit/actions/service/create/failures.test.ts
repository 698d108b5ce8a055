import {expect, test} from 'vitest'
import {createService} from '../../../../../src/actions/service/create/create-service.js'
import type {CreateServiceOptions} from '../../../../../src/actions/service/create/options.js'
import {awsFailure} from '../../../../helpers/fake-aws.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import {callsOf, emptyAccount} from '../../account.js'
import {balanced, createOptions} from './options.js'

const refused = () => {
  throw awsFailure('ValidationError', 'AWS does not like it')
}

test.each<['CreateTargetGroup' | 'CreateRule' | 'ModifyListener', CreateServiceOptions]>([
  ['CreateTargetGroup', balanced()],
  ['CreateRule', balanced({rules: [{type: 'path', value: '/api/*'}]})],
  ['ModifyListener', balanced()],
])('where %s fails, the service is not made without its load balancer', async (operation, options) => {
  const calls = callsOf(emptyAccount())
  const context = fakeContext({...calls, elbv2: {...calls.elbv2, [operation]: refused}})

  await expect(createService(context, options)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('AWS does not like it'),
  })
  expect(context.aws.log.inputs('CreateService')).toEqual([])
})

test('a security group that cannot be made is an error, and none is never sent by an empty name', async () => {
  const calls = callsOf(emptyAccount())
  const context = fakeContext({...calls, ec2: {...calls.ec2, CreateSecurityGroup: refused}})

  await expect(createService(context, createOptions())).rejects.toMatchObject({exitCode: 5})
  expect(context.aws.log.inputs('CreateService')).toEqual([])
})

test('a region without default subnets is refused before anything is made', async () => {
  const calls = callsOf(emptyAccount())
  const context = fakeContext({...calls, ec2: {...calls.ec2, DescribeSubnets: () => ({Subnets: []})}})

  await expect(createService(context, createOptions())).rejects.toMatchObject({
    message: expect.stringContaining('subnet'),
  })
  expect(context.aws.log.changes()).toEqual([])
})
