import type {
  Action,
  CreateListenerCommandInput,
  Listener as SdkListener,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {absentOn} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Elbv2} from './sdk.js'

export type {Action} from '@aws-sdk/client-elastic-load-balancing-v2'

export interface Listener {
  readonly arn: string
  readonly loadBalancerArn: string
  readonly protocol: string
  readonly port: number
  readonly defaultActions: readonly Action[]
  readonly certificateArns: readonly string[]
}

/** The listeners of a load balancer, by port; none when it does not exist. */
export async function describeListeners(elbv2: Elbv2, loadBalancerArn: string): Promise<Listener[]> {
  const listeners = collect(
    (Marker) => elbv2('DescribeListeners', {LoadBalancerArn: loadBalancerArn, ...(Marker && {Marker})}),
    (page) => page.NextMarker,
    (page) => page.Listeners,
  )
  const found = (await absentOn(listeners, 'LoadBalancerNotFoundException')) ?? []
  return found.map(narrow).sort((one, other) => one.port - other.port)
}

/** The ARNs of all certificates of an HTTPS or TLS listener, its default one first; a listener itself tells only that. */
export async function listenerCertificates(elbv2: Elbv2, listenerArn: string): Promise<string[]> {
  const certificates = collect(
    (Marker) => elbv2('DescribeListenerCertificates', {ListenerArn: listenerArn, ...(Marker && {Marker})}),
    (page) => page.NextMarker,
    (page) => page.Certificates,
  )
  const found = (await absentOn(certificates, 'ListenerNotFoundException')) ?? []
  const [defaults, others] = [found.filter(({IsDefault}) => IsDefault), found.filter(({IsDefault}) => !IsDefault)]
  return [...new Set([...defaults, ...others].flatMap(({CertificateArn}) => CertificateArn ?? []))]
}

/** Creates a listener; `undefined` when the port has one already. */
export async function createListener(elbv2: Elbv2, input: CreateListenerCommandInput): Promise<Listener | undefined> {
  const answer = await absentOn(elbv2('CreateListener', input), 'DuplicateListenerException')
  const [listener] = answer?.Listeners ?? []
  return listener && narrow(listener)
}

/** Makes all requests that no rule takes go to one target group. */
export async function setDefaultTargetGroup(elbv2: Elbv2, listenerArn: string, targetGroupArn: string): Promise<void> {
  await setDefaultActions(elbv2, listenerArn, [{Type: 'forward', TargetGroupArn: targetGroupArn}])
}

/** Sets what happens to all requests that no rule takes. */
export async function setDefaultActions(elbv2: Elbv2, listenerArn: string, actions: readonly Action[]): Promise<void> {
  await elbv2('ModifyListener', {ListenerArn: listenerArn, DefaultActions: [...actions]})
}

/** Adds certificates to those that a listener chooses from by server name; it may have them already. */
export async function addListenerCertificates(
  elbv2: Elbv2,
  listenerArn: string,
  certificateArns: readonly string[],
): Promise<void> {
  if (certificateArns.length === 0) return
  const Certificates = certificateArns.map((CertificateArn) => ({CertificateArn}))
  await elbv2('AddListenerCertificates', {ListenerArn: listenerArn, Certificates})
}

/** The target groups that actions forward to, in every form that ELBv2 has for it. */
export function forwardTargets(actions: readonly Action[]): string[] {
  const arns = actions.flatMap((action) => [
    ...(action.TargetGroupArn === undefined ? [] : [action.TargetGroupArn]),
    ...(action.ForwardConfig?.TargetGroups ?? []).flatMap(({TargetGroupArn}) => TargetGroupArn ?? []),
  ])
  return [...new Set(arns)]
}

function narrow(listener: SdkListener): Listener {
  return {
    arn: listener.ListenerArn ?? '',
    loadBalancerArn: listener.LoadBalancerArn ?? '',
    protocol: listener.Protocol ?? '',
    port: listener.Port ?? 0,
    defaultActions: listener.DefaultActions ?? [],
    certificateArns: (listener.Certificates ?? []).flatMap(({CertificateArn}) => CertificateArn ?? []),
  }
}
