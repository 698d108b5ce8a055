import type {IpPermission} from '@aws-sdk/client-ec2'
import {CreateSecurityGroupCommand, DescribeSecurityGroupsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {createEc2} from '../../../../../src/local/services/ec2/index.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {seededRandom} from '../../../../helpers/schema-arbitrary.js'

interface Options {
  readonly seed?: number
  readonly region?: string
  readonly accessKeyId?: string
}

/** A fresh EC2 and a client of it, of account 000000000000 in us-east-1 unless told. */
export function startEc2({seed = 1, region = 'us-east-1', accessKeyId = '000000000000'}: Options = {}) {
  const clock = new VirtualClock()
  const {service, network} = createEc2({clock, random: seededRandom(seed)})
  const client = inProcessClient(EC2Client, service, {region, accessKeyId})
  return {client, network, clock, scope: {account: accessKeyId, region}}
}

export type Client = ReturnType<typeof startEc2>['client']

export async function createGroup(client: Client, name: string, VpcId?: string): Promise<string> {
  const {GroupId = ''} = await client.send(
    new CreateSecurityGroupCommand({GroupName: name, Description: `for ${name}`, VpcId}),
  )
  return GroupId
}

export async function describeGroup(client: Client, id: string) {
  const {SecurityGroups} = await client.send(new DescribeSecurityGroupsCommand({GroupIds: [id]}))
  return SecurityGroups?.[0]
}

export const tcp = (port: number, peer: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
})

export const anywhere = {IpRanges: [{CidrIp: '0.0.0.0/0'}]}
