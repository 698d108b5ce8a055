import type {LoadBalancerType} from '../../balancer/model.js'
import type {AttributeTable} from './attributes.js'
import {choice, flag, number, text} from './attributes.js'

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
  },
}

const COMMON_TARGET_GROUP: AttributeTable = {
  'deregistration_delay.timeout_seconds': number(300, 0, 3600),
  'stickiness.enabled': flag(false),
  'load_balancing.cross_zone.enabled': choice('use_load_balancer_configuration', 'true', 'false'),
}

const HTTP_TARGET_GROUP: AttributeTable = {
  ...COMMON_TARGET_GROUP,
  'stickiness.type': choice('lb_cookie', 'app_cookie'),
  'stickiness.lb_cookie.duration_seconds': number(86_400, 1, 604_800),
  'stickiness.app_cookie.cookie_name': text,
  'stickiness.app_cookie.duration_seconds': number(86_400, 1, 604_800),
  'load_balancing.algorithm.type': choice('round_robin', 'least_outstanding_requests', 'weighted_random'),
  'load_balancing.algorithm.anomaly_mitigation': choice('off', 'on'),
  'slow_start.duration_seconds': number(0, 0, 900),
}

const TCP_TARGET_GROUP: AttributeTable = {
  ...COMMON_TARGET_GROUP,
  'stickiness.type': choice('source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'),
  'deregistration_delay.connection_termination.enabled': flag(false),
  'preserve_client_ip.enabled': flag(false),
  'proxy_protocol_v2.enabled': flag(false),
  'target_health_state.unhealthy.connection_termination.enabled': flag(true),
  'target_health_state.unhealthy.draining_interval_seconds': number(0, 0, 360_000),
}

/** The attributes of a load balancer, with AWS's initial values. */
export const loadBalancerAttributes = (type: LoadBalancerType): AttributeTable => LOAD_BALANCER[type]

/** The attributes of a target group, with AWS's initial values. */
export const targetGroupAttributes = (protocol: string): AttributeTable =>
  protocol.startsWith('HTTP') ? HTTP_TARGET_GROUP : TCP_TARGET_GROUP
