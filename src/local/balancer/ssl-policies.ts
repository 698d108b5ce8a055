import type {SecureVersion} from 'node:tls'

/** A security policy of Elastic Load Balancing: which protocols and ciphers a secure listener offers. */
export interface SslPolicy {
  readonly name: string
  /** As the API names them, for instance `TLSv1.2`. */
  readonly protocols: readonly SecureVersion[]
  /** As OpenSSL names them, best first. */
  readonly ciphers: readonly string[]
  readonly loadBalancerTypes: readonly ('application' | 'network')[]
}

const TLS13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']
const TLS13_FIPS = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384']
const GCM = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
]
const CBC_SHA2 = [
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA384',
]
const CBC_SHA1 = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA', 'ECDHE-ECDSA-AES256-SHA']
const RSA_SHA2 = ['AES128-GCM-SHA256', 'AES128-SHA256', 'AES256-GCM-SHA384', 'AES256-SHA256']
const RSA_SHA1 = ['AES128-SHA', 'AES256-SHA']

const EVERY = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
const between = (least: SecureVersion, most: SecureVersion): readonly SecureVersion[] =>
  EVERY.slice(EVERY.indexOf(least), EVERY.indexOf(most) + 1)

const policy = (
  name: string,
  [least, most]: readonly [SecureVersion, SecureVersion],
  ...ciphers: readonly (readonly string[])[]
): SslPolicy => ({
  name: `ELBSecurityPolicy-${name}`,
  protocols: between(least, most),
  ciphers: ciphers.flat(),
  loadBalancerTypes: ['application', 'network'],
})

const EVERYTHING = [GCM, CBC_SHA2, CBC_SHA1, RSA_SHA2, RSA_SHA1] as const
const FORWARD_SECRET = [GCM, CBC_SHA2, CBC_SHA1] as const

/** The policies that AWS documents, as far as they differ in protocols and ciphers that OpenSSL still has. */
export const SSL_POLICIES: readonly SslPolicy[] = [
  policy('2016-08', ['TLSv1', 'TLSv1.2'], ...EVERYTHING),
  policy('TLS13-1-2-2021-06', ['TLSv1.2', 'TLSv1.3'], TLS13, GCM, CBC_SHA2),
  policy('TLS13-1-2-Res-2021-06', ['TLSv1.2', 'TLSv1.3'], TLS13, GCM),
  policy('TLS13-1-2-Ext1-2021-06', ['TLSv1.2', 'TLSv1.3'], TLS13, GCM, CBC_SHA2, RSA_SHA2),
  policy('TLS13-1-2-Ext2-2021-06', ['TLSv1.2', 'TLSv1.3'], TLS13, ...EVERYTHING),
  policy('TLS13-1-1-2021-06', ['TLSv1.1', 'TLSv1.3'], TLS13, ...EVERYTHING),
  policy('TLS13-1-0-2021-06', ['TLSv1', 'TLSv1.3'], TLS13, ...EVERYTHING),
  policy('TLS13-1-3-2021-06', ['TLSv1.3', 'TLSv1.3'], TLS13),
  policy('TLS-1-2-2017-01', ['TLSv1.2', 'TLSv1.2'], GCM, CBC_SHA2, RSA_SHA2),
  policy('TLS-1-1-2017-01', ['TLSv1.1', 'TLSv1.2'], ...EVERYTHING),
  policy('TLS-1-2-Ext-2018-06', ['TLSv1.2', 'TLSv1.2'], ...EVERYTHING),
  policy('FS-2018-06', ['TLSv1', 'TLSv1.2'], ...FORWARD_SECRET),
  policy('FS-1-1-2019-08', ['TLSv1.1', 'TLSv1.2'], ...FORWARD_SECRET),
  policy('FS-1-2-2019-08', ['TLSv1.2', 'TLSv1.2'], ...FORWARD_SECRET),
  policy('FS-1-2-Res-2019-08', ['TLSv1.2', 'TLSv1.2'], GCM, CBC_SHA2),
  policy('FS-1-2-Res-2020-10', ['TLSv1.2', 'TLSv1.2'], GCM),
  policy('TLS-1-0-2015-04', ['TLSv1', 'TLSv1.2'], ...EVERYTHING),
  policy('TLS13-1-3-FIPS-2023-04', ['TLSv1.3', 'TLSv1.3'], TLS13_FIPS),
  policy('TLS13-1-2-FIPS-2023-04', ['TLSv1.2', 'TLSv1.3'], TLS13_FIPS, GCM, CBC_SHA2),
  policy('TLS13-1-2-Res-FIPS-2023-04', ['TLSv1.2', 'TLSv1.3'], TLS13_FIPS, GCM),
  policy('TLS13-1-2-Ext0-FIPS-2023-04', ['TLSv1.2', 'TLSv1.3'], TLS13_FIPS, ...FORWARD_SECRET),
  policy('TLS13-1-2-Ext1-FIPS-2023-04', ['TLSv1.2', 'TLSv1.3'], TLS13_FIPS, GCM, CBC_SHA2, RSA_SHA2),
  policy('TLS13-1-2-Ext2-FIPS-2023-04', ['TLSv1.2', 'TLSv1.3'], TLS13_FIPS, ...EVERYTHING),
  policy('TLS13-1-1-FIPS-2023-04', ['TLSv1.1', 'TLSv1.3'], TLS13_FIPS, ...EVERYTHING),
  policy('TLS13-1-0-FIPS-2023-04', ['TLSv1', 'TLSv1.3'], TLS13_FIPS, ...EVERYTHING),
]

/** The policy of a secure listener that names none. */
export const DEFAULT_SSL_POLICY = 'ELBSecurityPolicy-2016-08'

export const findSslPolicy = (name: string): SslPolicy | undefined =>
  SSL_POLICIES.find((candidate) => candidate.name === name)
