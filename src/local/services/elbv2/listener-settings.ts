import type {Certificate} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {ListenerRecord, LoadBalancerType, Protocol} from '../../balancer/model.js'
import {isSecure} from '../../balancer/model.js'
import {DEFAULT_SSL_POLICY, findSslPolicy} from '../../balancer/ssl-policies.js'
import type {Scope} from '../../scope.js'
import {defaultCertificateFrom} from './certificates.js'
import type {Elbv2Context} from './context.js'
import {invalid, notEmulated} from './faults.js'

const PROTOCOLS: Readonly<Record<LoadBalancerType, readonly Protocol[]>> = {
  application: ['HTTPS', 'HTTP'],
  network: ['TLS', 'TCP', 'TCP_UDP', 'UDP'],
}

/** The members that CreateListener and ModifyListener share. */
export interface ListenerInput {
  readonly Protocol?: string | undefined
  readonly Port?: number | undefined
  readonly SslPolicy?: string | undefined
  readonly Certificates?: readonly Certificate[] | undefined
  readonly AlpnPolicy?: readonly string[] | undefined
  readonly MutualAuthentication?: {readonly Mode?: string | undefined} | undefined
}

export type ListenerSettings = Omit<ListenerRecord, 'arn' | 'loadBalancerArn' | 'extraCertificates' | 'attributes'>

/**
 * The settings of a new listener.
 *
 * @throws AwsFault ValidationError, CertificateNotFound, UnsupportedCertificate or SSLPolicyNotFound
 */
export function newListenerSettings(
  context: Elbv2Context,
  scope: Scope,
  type: LoadBalancerType,
  input: ListenerInput,
): ListenerSettings {
  if (input.Protocol === undefined) throw invalid('A listener protocol must be specified')
  if (input.Port === undefined) throw invalid('A listener port must be specified')
  checkCommon(input)
  const protocol = protocolFrom(type, input.Protocol)
  const certificate = defaultCertificateFrom(context, scope, protocol, input.Certificates)
  return settings(protocol, input.Port, {certificate, sslPolicy: input.SslPolicy, alpnPolicy: input.AlpnPolicy})
}

/**
 * The settings of a listener after a change; a certificate that is not named stays.
 *
 * @throws AwsFault ValidationError, CertificateNotFound, UnsupportedCertificate or SSLPolicyNotFound
 */
export function changedListenerSettings(
  context: Elbv2Context,
  scope: Scope,
  type: LoadBalancerType,
  current: ListenerRecord,
  input: ListenerInput,
): ListenerSettings {
  checkCommon(input)
  const protocol = input.Protocol === undefined ? current.protocol : protocolFrom(type, input.Protocol)
  const secure = isSecure(protocol)
  const kept = secure && current.defaultCertificate !== undefined ? [{CertificateArn: current.defaultCertificate}] : []
  const certificate = defaultCertificateFrom(context, scope, protocol, input.Certificates ?? kept)
  return settings(protocol, input.Port ?? current.port, {
    certificate,
    sslPolicy: input.SslPolicy ?? (secure ? current.sslPolicy : undefined),
    alpnPolicy: input.AlpnPolicy ?? (secure ? current.alpnPolicy : undefined),
  })
}

function checkCommon({MutualAuthentication}: ListenerInput): void {
  const mode = MutualAuthentication?.Mode
  if (mode !== undefined && mode !== 'off') throw notEmulated('mutual authentication')
}

function protocolFrom(type: LoadBalancerType, value: string): Protocol {
  const allowed = PROTOCOLS[type]
  const protocol = allowed.find((candidate) => candidate === value)
  if (protocol === undefined) throw invalid(`Listener protocol '${value}' must be one of '${allowed.join(', ')}'`)
  return protocol
}

function settings(
  protocol: Protocol,
  port: number,
  security: {
    readonly certificate: string | undefined
    readonly sslPolicy: string | undefined
    readonly alpnPolicy: readonly string[] | undefined
  },
): ListenerSettings {
  if (!isSecure(protocol)) {
    if (security.sslPolicy !== undefined) throw invalid(`An SSL policy cannot be specified for ${protocol} listeners`)
    return {protocol, port}
  }
  const sslPolicy = security.sslPolicy ?? DEFAULT_SSL_POLICY
  if (findSslPolicy(sslPolicy) === undefined)
    throw new AwsFault('SSLPolicyNotFound', `SSL policy '${sslPolicy}' not found`)
  return {
    protocol,
    port,
    sslPolicy,
    ...(security.certificate !== undefined && {defaultCertificate: security.certificate}),
    ...(security.alpnPolicy !== undefined && {alpnPolicy: [...security.alpnPolicy]}),
  }
}
