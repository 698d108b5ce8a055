import type {ModifySubnetAttributeCommandInput} from '@aws-sdk/client-ec2'
import {DescribeRegionsCommand, DescribeSubnetsCommand, ModifySubnetAttributeCommand} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {startEc2} from './fixture.js'

async function startWithSubnet() {
  const {client} = startEc2()
  const {Subnets = []} = await client.send(new DescribeSubnetsCommand({}))
  const SubnetId = Subnets[0]?.SubnetId ?? ''
  const modify = (input: Omit<ModifySubnetAttributeCommandInput, 'SubnetId'>) =>
    client.send(new ModifySubnetAttributeCommand({SubnetId, ...input}))
  const isPublic = async () =>
    (await client.send(new DescribeSubnetsCommand({SubnetIds: [SubnetId]}))).Subnets?.[0]?.MapPublicIpOnLaunch
  return {modify, isPublic}
}

describe('ModifySubnetAttribute', () => {
  test('changes whether a subnet is public', async () => {
    const {modify, isPublic} = await startWithSubnet()
    expect(await isPublic()).toBe(true)
    await modify({MapPublicIpOnLaunch: {Value: false}})
    expect(await isPublic()).toBe(false)
  })

  test.each<[Omit<ModifySubnetAttributeCommandInput, 'SubnetId'>, string]>([
    [{}, 'InvalidParameterCombination'],
    [{MapPublicIpOnLaunch: {Value: true}, EnableDns64: {Value: true}}, 'InvalidParameterCombination'],
    [{EnableDns64: {Value: true}}, 'UnsupportedOperation'],
  ])('refuses %j', async (input, name) => {
    const {modify, isPublic} = await startWithSubnet()
    await expect(modify(input)).rejects.toMatchObject({name})
    expect(await isPublic()).toBe(true)
  })
})

describe('DescribeRegions', () => {
  test('answers the regions by name or filter', async () => {
    const {client} = startEc2()
    const names = async (input: object) =>
      (await client.send(new DescribeRegionsCommand(input))).Regions?.map(({RegionName}) => RegionName)
    expect(await names({RegionNames: ['eu-west-1']})).toEqual(['eu-west-1'])
    expect(await names({Filters: [{Name: 'region-name', Values: ['us-east-*']}]})).toEqual(['us-east-1', 'us-east-2'])
    await expect(names({RegionNames: ['moon-1']})).rejects.toMatchObject({name: 'InvalidParameterValue'})
  })
})
