import {createSecureContext} from 'node:tls'
import {expect, test} from 'vitest'
import {SSL_POLICIES} from '../../../../../src/local/balancer/ssl-policies.js'
import {elasticLoadBalancing, refusal} from './fixture.js'

test('are listed with protocols and ciphers, all or by name, in pages', () => {
  const {call} = elasticLoadBalancing()

  const [named] = call('describeSSLPolicies', {Names: ['ELBSecurityPolicy-TLS13-1-3-2021-06']}).SslPolicies ?? []
  const first = call('describeSSLPolicies', {PageSize: 5})
  const rest = call('describeSSLPolicies', {Marker: first.NextMarker})

  expect(named).toMatchObject({
    SslProtocols: ['TLSv1.3'],
    Ciphers: [{Name: 'TLS_AES_128_GCM_SHA256', Priority: 1}, {Priority: 2}, {Priority: 3}],
  })
  expect(first.SslPolicies?.[0]).toMatchObject({
    Name: 'ELBSecurityPolicy-2016-08',
    SslProtocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
  })
  expect([...(first.SslPolicies ?? []), ...(rest.SslPolicies ?? [])]).toHaveLength(SSL_POLICIES.length)
  expect(refusal(() => call('describeSSLPolicies', {Names: ['ELBSecurityPolicy-none']})).code).toBe('SSLPolicyNotFound')
})

test.each(SSL_POLICIES)('$name is one that OpenSSL can serve', ({ciphers, protocols}) => {
  expect(() => createSecureContext({ciphers: ciphers.join(':')})).not.toThrow()
  expect(protocols.length).toBeGreaterThan(0)
})
