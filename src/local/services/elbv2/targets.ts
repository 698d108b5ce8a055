import {isIPv4} from 'node:net'
import type {
  DeregisterTargetsCommandInput,
  DeregisterTargetsCommandOutput,
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  RegisterTargetsCommandInput,
  RegisterTargetsCommandOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {DeregisterTargets$, DescribeTargetHealth$, RegisterTargets$} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {TargetGroupRecord} from '../../balancer/model.js'
import {NOT_REGISTERED} from '../../balancer/target-status.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {Elbv2Context} from './context.js'
import {invalid, required} from './faults.js'
import {findTargetGroup} from './lookups.js'
import type {TargetAddress} from './target-registration.js'
import {deregisterTarget, findTarget, registerTarget} from './target-registration.js'

export function targetOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<RegisterTargetsCommandInput, RegisterTargetsCommandOutput>(RegisterTargets$, (input, request) => {
      const group = findTargetGroup(store, request, input.TargetGroupArn)
      const addresses = addressesFrom(group, input.Targets)
      for (const address of addresses) registerTarget(context, group, address)
      return {}
    }),
    operation<DeregisterTargetsCommandInput, DeregisterTargetsCommandOutput>(DeregisterTargets$, (input, request) => {
      const group = findTargetGroup(store, request, input.TargetGroupArn)
      const addresses = addressesFrom(group, input.Targets)
      for (const address of addresses) deregisterTarget(context, group, address)
      return {}
    }),
    operation<DescribeTargetHealthCommandInput, DescribeTargetHealthCommandOutput>(
      DescribeTargetHealth$,
      (input, request) => {
        const group = findTargetGroup(store, request, input.TargetGroupArn)
        const wanted = input.Targets?.length ? addressesFrom(group, input.Targets) : group.targets
        return {TargetHealthDescriptions: wanted.map((address) => describeHealth(group, address))}
      },
    ),
  ]
}

function addressesFrom(group: TargetGroupRecord, targets: readonly TargetDescription[] | undefined): TargetAddress[] {
  const list = required(targets, 'targets')
  if (list.length === 0) throw invalid('A target must be specified')
  return list.map(({Id, Port = group.port, AvailabilityZone}) => {
    const id = required(Id, 'targets.member.id')
    if (group.targetType === 'ip' && !isIPv4(id)) throw invalid(`The IP address '${id}' is not a valid IPv4 address`)
    if (group.targetType === 'instance' && !/^i-[0-9a-f]+$/.test(id)) throw invalid(`Instance ID '${id}' is not valid`)
    return {id, port: Port, ...(AvailabilityZone !== undefined && {availabilityZone: AvailabilityZone})}
  })
}

function describeHealth(group: TargetGroupRecord, address: TargetAddress): TargetHealthDescription {
  const target = findTarget(group, address)
  const {state, reason, description} = target?.status ?? NOT_REGISTERED
  const {id, port, availabilityZone} = target ?? address
  const checkPort = group.healthCheck.port === 'traffic-port' ? String(port) : group.healthCheck.port
  return {
    Target: {Id: id, Port: port, ...(availabilityZone !== undefined && {AvailabilityZone: availabilityZone})},
    ...(target !== undefined && {HealthCheckPort: checkPort}),
    TargetHealth: {
      State: state,
      ...(reason !== undefined && {Reason: reason}),
      ...(description !== undefined && {Description: description}),
    },
  }
}
