import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import {expect, test} from 'vitest'
import {startEc2} from './fixture.js'

async function startInSubnet(region = 'us-east-1') {
  const ec2 = startEc2({region})
  const {Subnets} = await ec2.client.send(new DescribeSubnetsCommand({}))
  const subnetId = Subnets?.[0]?.SubnetId ?? ''
  const attach = (options: {description?: string; assignPublicIp?: boolean; securityGroupIds?: string[]} = {}) =>
    ec2.network.createInterface(ec2.scope, {
      subnetId,
      securityGroupIds: [],
      description: 'a task',
      assignPublicIp: false,
      ...options,
    })
  return {...ec2, subnetId, attach}
}

test('an interface has an address of its subnet and is described as in use', async () => {
  const {client, network, scope, subnetId, attach} = await startInSubnet()

  const made = attach({description: 'arn:aws:ecs:us-east-1:000000000000:attachment/1'})
  const {NetworkInterfaces} = await client.send(
    new DescribeNetworkInterfacesCommand({NetworkInterfaceIds: [made.networkInterfaceId]}),
  )

  expect(made.privateIpAddress).toBe('172.31.0.4')
  expect(made.privateDnsName).toBe('ip-172-31-0-4.ec2.internal')
  expect(made.macAddress).toMatch(/^0a(:[0-9a-f]{2}){5}$/)
  expect(made.publicIpAddress).toBeUndefined()
  expect(NetworkInterfaces).toMatchObject([
    {
      NetworkInterfaceId: made.networkInterfaceId,
      SubnetId: subnetId,
      AvailabilityZone: 'us-east-1a',
      Description: 'arn:aws:ecs:us-east-1:000000000000:attachment/1',
      Groups: [{GroupId: network.defaultSecurityGroup(scope, made.vpcId), GroupName: 'default'}],
      MacAddress: made.macAddress,
      PrivateIpAddress: '172.31.0.4',
      PrivateDnsName: 'ip-172-31-0-4.ec2.internal',
      RequesterManaged: true,
      Status: 'in-use',
      InterfaceType: 'interface',
    },
  ])
  expect(NetworkInterfaces?.[0]?.Association).toBeUndefined()
})

test('a public address shows as the association of the interface and as a filter', async () => {
  const {client, attach} = await startInSubnet('eu-west-1')
  const made = attach({assignPublicIp: true})
  attach()

  const {NetworkInterfaces} = await client.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{Name: 'addresses.association.public-ip', Values: [made.publicIpAddress ?? '']}],
    }),
  )

  expect(NetworkInterfaces).toMatchObject([
    {
      Association: {PublicIp: '198.18.0.1', PublicDnsName: 'ec2-198-18-0-1.eu-west-1.compute.amazonaws.com'},
      PrivateDnsName: 'ip-172-31-0-4.eu-west-1.compute.internal',
    },
  ])
})

test('an address is handed out again only after all the others', async () => {
  const {client, network, scope} = startEc2()
  const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.0.0.0/28'}))
  const {Subnet} = await client.send(new CreateSubnetCommand({VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/28'}))
  const options = {
    subnetId: Subnet?.SubnetId ?? '',
    securityGroupIds: [],
    description: '',
    assignPublicIp: false,
  }
  const first = network.createInterface(scope, options)
  network.deleteInterface(scope, first.networkInterfaceId)

  const addresses = Array.from({length: 11}, () => network.createInterface(scope, options).privateIpAddress)

  expect(addresses).toEqual([...Array.from({length: 10}, (_, index) => `10.0.0.${index + 5}`), '10.0.0.4'])
  expect(() => network.createInterface(scope, options)).toThrow(
    'The specified subnet does not have enough free addresses to satisfy the request.',
  )
  const {Subnets} = await client.send(new DescribeSubnetsCommand({SubnetIds: [options.subnetId]}))
  expect(Subnets?.[0]?.AvailableIpAddressCount).toBe(0)
})

test('a subnet stays while an interface is in it', async () => {
  const {client, network, scope, subnetId, attach} = await startInSubnet()
  const {networkInterfaceId} = attach()

  await expect(client.send(new DeleteSubnetCommand({SubnetId: subnetId}))).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `The subnet '${subnetId}' has dependencies and cannot be deleted.`,
  })
  network.deleteInterface(scope, networkInterfaceId)
  await client.send(new DeleteSubnetCommand({SubnetId: subnetId}))

  expect(network.findSubnet(scope, subnetId)).toBeUndefined()
})

test('an interface that is gone is not found', async () => {
  const {client, network, scope, attach} = await startInSubnet()
  const {networkInterfaceId} = attach()
  network.deleteInterface(scope, networkInterfaceId)

  await expect(
    client.send(new DescribeNetworkInterfacesCommand({NetworkInterfaceIds: [networkInterfaceId]})),
  ).rejects.toMatchObject({
    name: 'InvalidNetworkInterfaceID.NotFound',
    message: `The networkInterface ID '${networkInterfaceId}' does not exist`,
  })
  expect(() => network.deleteInterface(scope, networkInterfaceId)).toThrow('does not exist')
})

test('other services see subnets and groups of their own scope only', async () => {
  const {network, scope, subnetId, attach} = await startInSubnet()
  const {vpcId} = attach()
  const groupId = network.defaultSecurityGroup(scope, vpcId)
  const elsewhere = {...scope, region: 'eu-west-1'}

  expect(network.findSubnet(scope, subnetId)).toEqual({subnetId, vpcId, availabilityZone: 'us-east-1a'})
  expect(network.findSecurityGroup(scope, groupId)).toEqual({groupId, vpcId})
  expect(network.findSubnet(elsewhere, subnetId)).toBeUndefined()
  expect(network.findSecurityGroup(elsewhere, groupId)).toBeUndefined()
  expect(() => attach({securityGroupIds: ['sg-0123']})).toThrow("The security group 'sg-0123' does not exist")
})

test('pages hold what the request asks for and skip nothing when interfaces go in between', async () => {
  const {client, network, scope, attach} = await startInSubnet()
  const ids = Array.from({length: 12}, () => attach().networkInterfaceId)
  const page = (NextToken?: string) => client.send(new DescribeNetworkInterfacesCommand({MaxResults: 5, NextToken}))

  const first = await page()
  for (const id of ids.slice(0, 5)) network.deleteInterface(scope, id)
  const second = await page(first.NextToken)
  const third = await page(second.NextToken)

  const seen = [first, second, third].flatMap(({NetworkInterfaces = []}) =>
    NetworkInterfaces.map(({NetworkInterfaceId}) => NetworkInterfaceId),
  )
  expect(seen).toEqual(ids)
  expect(third.NextToken).toBeUndefined()
})

test.each([
  [{MaxResults: 4}, 'InvalidParameterValue'],
  [{MaxResults: 1001}, 'InvalidParameterValue'],
  [{NextToken: 'somebody-elses'}, 'InvalidNextToken'],
  [{MaxResults: 5, NetworkInterfaceIds: ['eni-0123']}, 'InvalidParameterCombination'],
])('refuses a page of %j', async (input, code) => {
  const {client} = startEc2()

  await expect(client.send(new DescribeNetworkInterfacesCommand(input))).rejects.toMatchObject({name: code})
})
