import {expect, test} from 'vitest'
import {
  containsCidr,
  formatAddress,
  formatCidr,
  isIpv6Cidr,
  overlaps,
  parseCidr,
} from '../../../../../src/local/services/ec2/addresses.js'

const cidr = (text: string) => parseCidr(text) ?? {base: -1, prefix: 32}

test.each([
  ['10.0.0.0/16', '10.0.0.0/16'],
  ['10.1.2.3/16', '10.1.0.0/16'],
  ['255.255.255.255/32', '255.255.255.255/32'],
  ['1.2.3.4/0', '0.0.0.0/0'],
  ['10.0.0.0', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0/8', undefined],
  ['10.0.0.0/8/8', undefined],
  ['10.0.0.256/8', undefined],
  ['', undefined],
])('reads %s as %s', (text, canonical) => {
  const parsed = parseCidr(text)

  expect(parsed && formatCidr(parsed)).toBe(canonical)
})

test.each([
  ['10.0.0.0/16', '10.0.255.0/24', true, true],
  ['10.0.0.0/24', '10.0.0.0/16', false, true],
  ['10.0.0.0/24', '10.0.1.0/24', false, false],
  ['0.0.0.0/0', '255.0.0.0/8', true, true],
])('%s holds or overlaps %s', (outer, inner, holds, shares) => {
  expect(containsCidr(cidr(outer), cidr(inner))).toBe(holds)
  expect(overlaps(cidr(outer), cidr(inner))).toBe(shares)
})

test('writes an address beyond 2^31', () => {
  expect(formatAddress(cidr('198.18.0.0/15').base + 257)).toBe('198.18.1.1')
})

test.each([
  ['::/0', true],
  ['2001:db8::/32', true],
  ['2001:db8::/129', false],
  ['10.0.0.0/8', false],
])('%s as an IPv6 block: %s', (text, valid) => {
  expect(isIpv6Cidr(text)).toBe(valid)
})
