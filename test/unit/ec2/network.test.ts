import {DescribeNetworkInterfacesCommand, DescribeSubnetsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {describeNetworkInterfaces} from '../../../src/ec2/network-interfaces.js'
import {defaultSubnets, subnetsById} from '../../../src/ec2/subnets.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(EC2Client)
const {ec2} = mockedAws
const subnet = (SubnetId: string) => ({SubnetId, VpcId: 'vpc-1', AvailabilityZone: 'us-east-1a'})

describe('subnets', () => {
  test('the default ones are asked for by the mark that AWS gives them, on all pages', async () => {
    const Filters = [{Name: 'default-for-az', Values: ['true']}]
    mock
      .on(DescribeSubnetsCommand, {Filters})
      .resolves({Subnets: [subnet('subnet-a')], NextToken: 'more'})
      .on(DescribeSubnetsCommand, {Filters, NextToken: 'more'})
      .resolves({Subnets: [subnet('subnet-b')]})

    expect((await defaultSubnets(ec2)).map(({id}) => id)).toEqual(['subnet-a', 'subnet-b'])
  })

  test('none are answered where the default VPC was deleted', async () => {
    mock.on(DescribeSubnetsCommand).resolves({Subnets: []})

    expect(await defaultSubnets(ec2)).toEqual([])
  })

  test('those with ids come in the order of the ids', async () => {
    mock
      .on(DescribeSubnetsCommand, {SubnetIds: ['subnet-b', 'subnet-a']})
      .resolves({Subnets: [subnet('subnet-a'), subnet('subnet-b')]})

    expect(await subnetsById(ec2, ['subnet-b', 'subnet-a'])).toEqual([
      {id: 'subnet-b', vpcId: 'vpc-1', availabilityZone: 'us-east-1a'},
      {id: 'subnet-a', vpcId: 'vpc-1', availabilityZone: 'us-east-1a'},
    ])
  })

  test.each(['InvalidSubnetID.NotFound', 'InvalidSubnetID.Malformed'])('%s is a usage error', async (name) => {
    mock.on(DescribeSubnetsCommand).rejects(refusal(name, "The subnet ID 'subnet-x' does not exist"))

    await expect(subnetsById(ec2, ['subnet-x'])).rejects.toMatchObject({code: 'SUBNET_NOT_FOUND', exitCode: 2})
  })

  test('other errors are thrown as they are', async () => {
    mock.on(DescribeSubnetsCommand).rejects(refusal('UnauthorizedOperation'))

    await expect(subnetsById(ec2, ['subnet-x'])).rejects.toMatchObject({code: 'ACCESS_DENIED', exitCode: 4})
  })
})

describe('describeNetworkInterfaces', () => {
  test('asks by filter, so that one that is gone does not hide the others', async () => {
    mock.on(DescribeNetworkInterfacesCommand).resolves({
      NetworkInterfaces: [
        {
          NetworkInterfaceId: 'eni-1',
          Association: {PublicIp: '198.51.100.7'},
          PrivateIpAddress: '10.0.0.7',
          Ipv6Addresses: [{Ipv6Address: '2001:db8::7'}],
          SubnetId: 'subnet-a',
          Groups: [{GroupId: 'sg-1'}, {}],
        },
      ],
    })
    const found = await describeNetworkInterfaces(ec2, ['eni-1', 'eni-gone'])

    expect([...found.values()]).toEqual([
      {
        id: 'eni-1',
        publicIp: '198.51.100.7',
        privateIp: '10.0.0.7',
        ipv6: '2001:db8::7',
        subnetId: 'subnet-a',
        securityGroupIds: ['sg-1'],
      },
    ])
    expect(mock).toHaveReceivedCommandExactlyOnceWith(DescribeNetworkInterfacesCommand, {
      Filters: [{Name: 'network-interface-id', Values: ['eni-1', 'eni-gone']}],
    })
  })

  test('asks for two hundred at a time, and nothing about none', async () => {
    mock.on(DescribeNetworkInterfacesCommand).resolves({})
    await describeNetworkInterfaces(ec2, [])
    expect(mock).not.toHaveReceivedAnyCommand()

    await describeNetworkInterfaces(
      ec2,
      Array.from({length: 201}, (_, index) => `eni-${index}`),
    )
    expect(mock).toHaveReceivedNthCommandWith(DescribeNetworkInterfacesCommand, 2, {
      Filters: [{Name: 'network-interface-id', Values: ['eni-200']}],
    })
  })
})
