import {EC2Client} from '@aws-sdk/client-ec2'
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
