import {createHash} from 'node:crypto'
import {expect, test} from 'vitest'
// @ts-expect-error These are scripts of the page, which are type-checked on their own.
import {filteredRequests} from '../../../../src/local/page/browser/requests.js'
// @ts-expect-error See above.
import {durationText, toneOf} from '../../../../src/local/page/browser/texts.js'
import {localPage} from '../../../../src/local/page/page.js'

const {html, headers} = localPage()
const inside = (tag: string) => new RegExp(`<${tag}[^>]*>([^]*)</${tag}>`).exec(html)?.[1] ?? ''
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('is one document that loads nothing', () => {
  expect(html).not.toMatch(/\b(?:src|href)=(?!"data:)/)
  expect(inside('style')).not.toMatch(/@import|url\(/)
  expect(inside('script')).not.toMatch(/^\s*import\s|\bimport\(|^export\s/m)
})

test('may run its own script and style only, and be shown in no other page', () => {
  const policy = headers['content-security-policy'] ?? ''

  expect(policy).toContain(`script-src ${hash(inside('script'))};`)
  expect(policy).toContain(`style-src ${hash(inside('style'))};`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
})

test('has a script that makes markup of no text', () => {
  expect(inside('script')).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/)
})

test.each([
  [0, '0s'],
  [-500, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [125_000, '2m 5s'],
  [605_000, '10m'],
  [7_300_000, '2h'],
  [200_000_000, '2d'],
])('tells %i ms as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text)
})

test.each([
  ['RUNNING', 'good'],
  ['healthy', 'good'],
  ['IN_PROGRESS', 'busy'],
  ['draining', 'busy'],
  ['initial', 'busy'],
  ['unhealthy', 'bad'],
  ['FAILED', 'bad'],
  ['STOPPED', 'idle'],
])('shows %s as %s', (state, tone) => {
  expect(toneOf(state)).toBe(tone)
})

const request = (number: number, operation: string, status: number) => ({
  ...{number, operation, status, service: 'elasticloadbalancing', account: '000000000000', region: 'us-east-1'},
  ...{time: '', milliseconds: 1, requestId: ''},
})

test.each([
  ['', false, [1, 2, 3]],
  ['', true, [2, 3]],
  ['elbv2 describe', false, [1, 2]],
  ['describe rules', false, [2]],
  ['400', false, [2]],
  ['nothing', false, []],
])('filters requests by %j, failed only: %s', (text, errors, expected) => {
  const all = [request(1, 'DescribeListeners', 200), request(2, 'DescribeRules', 400), request(3, 'CreateRule', 0)]

  expect(filteredRequests(all, {text, errors}).map(({number}: {number: number}) => number)).toEqual(expected)
})
