import type {ModifySubnetAttributeCommandInput, ModifySubnetAttributeCommandOutput} from '@aws-sdk/client-ec2'
import {ModifySubnetAttribute$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {missingParameter} from './faults.js'

/** ModifySubnetAttribute, which changes one attribute a call and has no dry run; here whether instances get public addresses. */
export const modifySubnetAttribute = (store: NetworkStore): Operation =>
  operation<ModifySubnetAttributeCommandInput, ModifySubnetAttributeCommandOutput>(
    ModifySubnetAttribute$,
    ({SubnetId, MapPublicIpOnLaunch, ...others}, scope) => {
      if (SubnetId === undefined) throw missingParameter('subnetId')
      const subnet = store.of(scope).subnet(SubnetId)
      const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : name))
      if (other !== undefined && MapPublicIpOnLaunch !== undefined) {
        throw new AwsFault('InvalidParameterCombination', 'Only one attribute can be modified at a time')
      }
      if (other !== undefined) {
        throw new AwsFault('UnsupportedOperation', `The local AWS does not emulate the subnet attribute ${other}`)
      }
      if (MapPublicIpOnLaunch?.Value === undefined) {
        throw new AwsFault('InvalidParameterCombination', 'No attributes specified.')
      }
      subnet.mapPublicIpOnLaunch = MapPublicIpOnLaunch.Value
      return {}
    },
  )
