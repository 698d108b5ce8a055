import type {LoadBalancerRecord} from './model.js'

/** What the attributes of an Application Load Balancer say of how it treats requests. */
export interface RoutingSettings {
  readonly idleTimeoutMs: number
  /** How long a client may keep one connection, in milliseconds. */
  readonly clientKeepAliveMs: number
  readonly dropInvalidHeaders: boolean
  readonly preserveHost: boolean
  readonly forwardedFor: 'append' | 'preserve' | 'remove'
  readonly forwardedForHasPort: boolean
  readonly tellsTls: boolean
}

export function routingSettings({attributes}: Pick<LoadBalancerRecord, 'attributes'>): RoutingSettings {
  const enabled = (name: string) => attributes[`${name}.enabled`] === 'true'
  const mode = attributes['routing.http.xff_header_processing.mode']
  return {
    idleTimeoutMs: Number(attributes['idle_timeout.timeout_seconds'] ?? 60) * 1000,
    clientKeepAliveMs: Number(attributes['client_keep_alive.seconds'] ?? 3600) * 1000,
    dropInvalidHeaders: enabled('routing.http.drop_invalid_header_fields'),
    preserveHost: enabled('routing.http.preserve_host_header'),
    forwardedFor: mode === 'preserve' || mode === 'remove' ? mode : 'append',
    forwardedForHasPort: enabled('routing.http.xff_client_port'),
    tellsTls: enabled('routing.http.x_amzn_tls_version_and_cipher_suite'),
  }
}
