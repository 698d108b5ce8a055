import type {LoadBalancerType, Protocol} from '../../balancer/model.js'
import type {AttributeTable} from './attributes.js'
import {choice, flag, number, offOr, refusing, text, zeroOr} from './attributes.js'

const LOGS: AttributeTable = {
  'access_logs.s3.enabled': flag(false),
  'access_logs.s3.bucket': text,
  'access_logs.s3.prefix': text,
}

const LOAD_BALANCER: Readonly<Record<LoadBalancerType, AttributeTable>> = {
  application: {
    ...LOGS,
    'idle_timeout.timeout_seconds': number(60, 1, 4000),
    'deletion_protection.enabled': flag(false),
    'routing.http2.enabled': flag(true),
    'routing.http.drop_invalid_header_fields.enabled': flag(false),
    'routing.http.xff_client_port.enabled': flag(false),
    'routing.http.preserve_host_header.enabled': flag(false),
    'routing.http.xff_header_processing.mode': choice('append', 'preserve', 'remove'),
    'routing.http.desync_mitigation_mode': choice('defensive', 'monitor', 'strictest'),
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': flag(false),
    'load_balancing.cross_zone.enabled': choice('true'),
    'waf.fail_open.enabled': flag(false),
    'zonal_shift.config.enabled': flag(false),
    'client_keep_alive.seconds': number(3600, 60, 604_800),
    'connection_logs.s3.enabled': flag(false),
    'connection_logs.s3.bucket': text,
    'connection_logs.s3.prefix': text,
    'health_check_logs.s3.enabled': flag(false),
    'health_check_logs.s3.bucket': text,
    'health_check_logs.s3.prefix': text,
    'ipv6.deny_all_igw_traffic': flag(false),
  },
  network: {
    ...LOGS,
    'deletion_protection.enabled': flag(false),
    'load_balancing.cross_zone.enabled': flag(false),
    'dns_record.client_routing_policy': choice(
      'any_availability_zone',
      'availability_zone_affinity',
      'partial_availability_zone_affinity',
    ),
    'zonal_shift.config.enabled': flag(false),
    'ipv6.deny_all_igw_traffic': flag(false),
    'secondary_ips.auto_assigned.per_subnet': number(0, 0, 7),
  },
}

const MOST_TARGETS = 1000
const HEALTH = 'target_group_health'

const COMMON_TARGET_GROUP: AttributeTable = {
  'deregistration_delay.timeout_seconds': number(300, 0, 3600),
  'stickiness.enabled': flag(false),
  'load_balancing.cross_zone.enabled': choice('use_load_balancer_configuration', 'true', 'false'),
  [`${HEALTH}.dns_failover.minimum_healthy_targets.count`]: offOr('1', 1, MOST_TARGETS),
  [`${HEALTH}.dns_failover.minimum_healthy_targets.percentage`]: offOr('off', 1, 100),
  [`${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.count`]: number(1, 1, MOST_TARGETS),
  [`${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.percentage`]: offOr('off', 1, 100),
}

const HTTP_TARGET_GROUP: AttributeTable = {
  ...COMMON_TARGET_GROUP,
  'stickiness.type': choice('lb_cookie', 'app_cookie'),
  'stickiness.lb_cookie.duration_seconds': number(86_400, 1, 604_800),
  'stickiness.app_cookie.cookie_name': refusing(/^AWSALB/, "a name that does not begin with 'AWSALB'"),
  'stickiness.app_cookie.duration_seconds': number(86_400, 1, 604_800),
  'load_balancing.algorithm.type': choice('round_robin', 'least_outstanding_requests', 'weighted_random'),
  'load_balancing.algorithm.anomaly_mitigation': choice('off', 'on'),
  'slow_start.duration_seconds': zeroOr(30, 900),
}

const TCP_TARGET_GROUP: AttributeTable = {
  ...COMMON_TARGET_GROUP,
  'stickiness.type': choice('source_ip'),
  'proxy_protocol_v2.enabled': flag(false),
  'target_health_state.unhealthy.draining_interval_seconds': number(0, 0, 360_000),
}

/** The attributes of a load balancer, with AWS's initial values. */
export const loadBalancerAttributes = (type: LoadBalancerType): AttributeTable => LOAD_BALANCER[type]

/** The attributes of a target group, with AWS's initial values. */
export function targetGroupAttributes({
  protocol,
  targetType,
}: {
  readonly protocol: Protocol
  readonly targetType: string
}): AttributeTable {
  if (protocol === 'HTTP' || protocol === 'HTTPS') return HTTP_TARGET_GROUP
  const overUdp = protocol === 'UDP' || protocol === 'TCP_UDP'
  return {
    ...TCP_TARGET_GROUP,
    'deregistration_delay.connection_termination.enabled': flag(overUdp),
    'preserve_client_ip.enabled': overUdp ? choice('true') : flag(targetType !== 'ip'),
    'target_health_state.unhealthy.connection_termination.enabled': overUdp ? choice('false') : flag(true),
  }
}

const RESPONSE = 'routing.http.response'
const REQUEST = 'routing.http.request'

const HTTP_LISTENER: AttributeTable = {
  [`${RESPONSE}.server.enabled`]: flag(true),
  [`${RESPONSE}.strict_transport_security.header_value`]: text,
  [`${RESPONSE}.access_control_allow_origin.header_value`]: text,
  [`${RESPONSE}.access_control_allow_methods.header_value`]: text,
  [`${RESPONSE}.access_control_allow_headers.header_value`]: text,
  [`${RESPONSE}.access_control_allow_credentials.header_value`]: choice('', 'true'),
  [`${RESPONSE}.access_control_expose_headers.header_value`]: text,
  [`${RESPONSE}.access_control_max_age.header_value`]: text,
  [`${RESPONSE}.content_security_policy.header_value`]: text,
  [`${RESPONSE}.x_content_type_options.header_value`]: choice('', 'nosniff'),
  [`${RESPONSE}.x_frame_options.header_value`]: choice('', 'DENY', 'SAMEORIGIN'),
}

const CLIENT_CERTIFICATE_HEADERS = ['-Serial-Number', '-Issuer', '-Subject', '-Validity', '-Leaf', ''].map(
  (part) => `X-Amzn-Mtls-Clientcert${part}`,
)

const HTTPS_LISTENER: AttributeTable = {
  ...HTTP_LISTENER,
  ...Object.fromEntries(
    [...CLIENT_CERTIFICATE_HEADERS, 'X-Amzn-Tls-Version', 'X-Amzn-Tls-Cipher-Suite'].map((header) => [
      `${REQUEST}.${header.toLowerCase().replaceAll('-', '_')}.header_name`,
      {...text, initial: header},
    ]),
  ),
}

const TCP_LISTENER: AttributeTable = {'tcp.idle_timeout.seconds': number(350, 60, 6000)}

/** The attributes of a listener, with AWS's initial values. */
export function listenerAttributes(protocol: Protocol): AttributeTable {
  if (protocol === 'HTTP') return HTTP_LISTENER
  if (protocol === 'HTTPS') return HTTPS_LISTENER
  return protocol === 'UDP' ? {} : TCP_LISTENER
}
