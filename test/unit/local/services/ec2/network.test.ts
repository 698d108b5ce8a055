import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {startEc2} from './fixture.js'

describe('the default network', () => {
  test('every account and region has a default VPC with a public subnet in each of three zones', async () => {
    const {client} = startEc2()

    const {Vpcs} = await client.send(new DescribeVpcsCommand({Filters: [{Name: 'isDefault', Values: ['true']}]}))
    const {Subnets = []} = await client.send(
      new DescribeSubnetsCommand({Filters: [{Name: 'default-for-az', Values: ['true']}]}),
    )

    expect(Vpcs).toMatchObject([{CidrBlock: '172.31.0.0/16', IsDefault: true, State: 'available'}])
    expect(
      Subnets.map(({AvailabilityZone, AvailabilityZoneId, CidrBlock, VpcId, MapPublicIpOnLaunch}) => [
        AvailabilityZone,
        AvailabilityZoneId,
        CidrBlock,
        VpcId === Vpcs?.[0]?.VpcId,
        MapPublicIpOnLaunch,
      ]),
    ).toEqual([
      ['us-east-1a', 'use1-az1', '172.31.0.0/20', true, true],
      ['us-east-1b', 'use1-az2', '172.31.16.0/20', true, true],
      ['us-east-1c', 'use1-az3', '172.31.32.0/20', true, true],
    ])
    expect(Subnets[0]?.AvailableIpAddressCount).toBe(4091)
  })

  test('the ids of the default network are the same in every run and differ between accounts and regions', async () => {
    const vpcId = async (options: Parameters<typeof startEc2>[0]) => {
      const {Vpcs} = await startEc2(options).client.send(new DescribeVpcsCommand({}))
      return Vpcs?.[0]?.VpcId
    }

    const ids = await Promise.all([
      vpcId({seed: 1}),
      vpcId({seed: 2}),
      vpcId({region: 'eu-west-1'}),
      vpcId({accessKeyId: '123456789012'}),
    ])

    expect(ids[0]).toMatch(/^vpc-0[0-9a-f]{16}$/)
    expect(ids[1]).toBe(ids[0])
    expect(new Set(ids).size).toBe(3)
  })

  test('the main route table leads to the internet', async () => {
    const {client} = startEc2()

    const {RouteTables} = await client.send(
      new DescribeRouteTablesCommand({Filters: [{Name: 'association.main', Values: ['true']}]}),
    )
    const {InternetGateways} = await client.send(new DescribeInternetGatewaysCommand({}))

    expect(RouteTables?.[0]?.Routes).toMatchObject([
      {DestinationCidrBlock: '172.31.0.0/16', GatewayId: 'local'},
      {DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGateways?.[0]?.InternetGatewayId},
    ])
  })

  test('an account loses its default VPC once gateway and subnets are gone', async () => {
    const {client} = startEc2()
    const {Vpcs} = await client.send(new DescribeVpcsCommand({}))
    const VpcId = Vpcs?.[0]?.VpcId
    const {Subnets = []} = await client.send(new DescribeSubnetsCommand({}))
    const {InternetGateways} = await client.send(new DescribeInternetGatewaysCommand({}))
    const InternetGatewayId = InternetGateways?.[0]?.InternetGatewayId

    await expect(client.send(new DeleteVpcCommand({VpcId}))).rejects.toMatchObject({name: 'DependencyViolation'})
    await client.send(new DetachInternetGatewayCommand({InternetGatewayId, VpcId}))
    await client.send(new DeleteInternetGatewayCommand({InternetGatewayId}))
    for (const {SubnetId} of Subnets) await client.send(new DeleteSubnetCommand({SubnetId}))
    await client.send(new DeleteVpcCommand({VpcId}))

    expect((await client.send(new DescribeVpcsCommand({}))).Vpcs ?? []).toEqual([])
    expect((await client.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups ?? []).toEqual([])
  })
})

describe('a VPC of the user', () => {
  test('comes with a default security group and a route table without a way out', async () => {
    const {client} = startEc2()

    const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.1.2.3/16'}))
    const Filters = [{Name: 'vpc-id', Values: [Vpc?.VpcId ?? '']}]
    const {SecurityGroups} = await client.send(new DescribeSecurityGroupsCommand({Filters}))
    const {RouteTables} = await client.send(new DescribeRouteTablesCommand({Filters}))

    expect(Vpc).toMatchObject({CidrBlock: '10.1.0.0/16', IsDefault: false, State: 'pending'})
    expect(SecurityGroups).toMatchObject([{GroupName: 'default', Description: 'default VPC security group'}])
    expect(RouteTables?.[0]?.Routes?.map(({GatewayId}) => GatewayId)).toEqual(['local'])
  })

  test('takes subnets that lie inside it, apart from each other, in a zone of the region', async () => {
    const {client} = startEc2()
    const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.0.0.0/16'}))
    const VpcId = Vpc?.VpcId
    const create = (CidrBlock: string, AvailabilityZone = 'us-east-1b') =>
      client.send(new CreateSubnetCommand({VpcId, CidrBlock, AvailabilityZone}))

    const {Subnet} = await create('10.0.1.0/24')

    expect(Subnet).toMatchObject({
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'us-east-1b',
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
      AvailableIpAddressCount: 251,
    })
    await expect(create('10.0.1.128/25')).rejects.toMatchObject({
      name: 'InvalidSubnet.Conflict',
      message: "The CIDR '10.0.1.128/25' conflicts with another subnet",
    })
    await expect(create('10.1.0.0/24')).rejects.toMatchObject({name: 'InvalidSubnet.Range'})
    await expect(create('10.0.2.0/29')).rejects.toMatchObject({name: 'InvalidSubnet.Range'})
    await expect(create('10.0.2.0/24', 'us-east-1z')).rejects.toMatchObject({name: 'InvalidParameterValue'})
    await expect(client.send(new DeleteVpcCommand({VpcId}))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
    })
  })
})

test.each([
  ['us-east-1', 'use1-az1'],
  ['ap-southeast-2', 'apse2-az1'],
  ['eu-central-1', 'euc1-az1'],
  ['us-gov-west-1', 'usgw1-az1'],
  ['cn-north-1', 'cnn1-az1'],
])('zone ids of %s begin as %s', async (region, zoneId) => {
  const {client} = startEc2({region})

  const {AvailabilityZones} = await client.send(new DescribeAvailabilityZonesCommand({}))

  expect(AvailabilityZones).toHaveLength(3)
  expect(AvailabilityZones?.[0]).toMatchObject({ZoneName: `${region}a`, ZoneId: zoneId, State: 'available'})
})

test('reads of what does not exist fail with the code of the resource', async () => {
  const {client} = startEc2()
  const failure = (answer: Promise<unknown>) =>
    answer.then(
      () => 'answered',
      (error: Error) => `${error.name}: ${error.message}`,
    )

  expect(await failure(client.send(new DescribeVpcsCommand({VpcIds: ['vpc-0123']})))).toBe(
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0123' does not exist",
  )
  expect(await failure(client.send(new DescribeSubnetsCommand({SubnetIds: ['subnet-0123']})))).toBe(
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-0123' does not exist",
  )
  expect(await failure(client.send(new DescribeSecurityGroupsCommand({GroupIds: ['sg-0123']})))).toBe(
    "InvalidGroup.NotFound: The security group 'sg-0123' does not exist",
  )
  expect(await failure(client.send(new DescribeSecurityGroupsCommand({GroupIds: ['web']})))).toBe(
    'InvalidGroupId.Malformed: Invalid id: "web" (expecting "sg-...")',
  )
  expect(await failure(client.send(new DescribeSecurityGroupsCommand({GroupNames: ['web']})))).toMatch(
    /^InvalidGroup.NotFound: The security group 'web' does not exist in default VPC 'vpc-0/,
  )
  expect(await failure(client.send(new DescribeVpcsCommand({DryRun: true})))).toBe(
    'DryRunOperation: Request would have succeeded, but DryRun flag is set.',
  )
})
