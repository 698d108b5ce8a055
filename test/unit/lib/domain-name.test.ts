import {expect, test} from 'vitest'
import {isWithinDomain, parseCertificateDomain, parseDomainName} from '../../../src/lib/domain-name.js'

const label = (length: number) => 'a'.repeat(length)

test.each([
  ['example.com', 'example.com'],
  ['WWW.Example.COM.', 'www.example.com'],
  ['*.example.com', '*.example.com'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  [`${label(63)}.com`, `${label(63)}.com`],
])('%s is the domain name %s', (text, value) => {
  expect(parseDomainName(text)).toEqual({ok: true, value})
})

test.each([
  ['', 'has no dot'],
  ['localhost', 'has no dot'],
  ['*.com.', 'has no dot'],
  ['a..com', 'is not valid'],
  ['-a.example.com', 'is not valid'],
  ['a_b.example.com', 'is not valid'],
  ['www.*.example.com', 'is not valid'],
  ['bücher.example', 'is not valid'],
  ['https://example.com', 'is not valid'],
  ['example.c', 'is not valid'],
  [`${label(64)}.com`, 'is not valid'],
  [`${`${label(60)}.`.repeat(4)}${label(20)}.com`, 'has 268 characters: use at most 253'],
])('%s is no domain name', (text, problem) => {
  expect(parseDomainName(text)).toEqual({ok: false, problem: expect.stringContaining(problem)})
})

test('the first name of a certificate has 64 characters at most', () => {
  const longest = `${label(52)}.example.com`

  expect(parseCertificateDomain(longest)).toEqual({ok: true, value: longest})
  expect(parseCertificateDomain(`a${longest}`)).toEqual({ok: false, problem: expect.stringContaining('--alias')})
  expect(parseCertificateDomain('localhost').ok).toBe(false)
})

test.each([
  ['www.example.com', 'example.com', true],
  ['example.com.', 'Example.com', true],
  ['notexample.com', 'example.com', false],
  ['example.com', 'www.example.com', false],
])('%s is within %s: %s', (name, domain, within) => {
  expect(isWithinDomain(name, domain)).toBe(within)
})
