import {describe, expect, test} from 'vitest'
import {parseFilterPattern} from '../../../../../src/local/services/logs/filter-pattern.js'

const lines = [
  '127.0.0.1 - frank [10/Oct/2026:13:25:15 -0700] "GET /index.html HTTP/1.0" 200 1534',
  '127.0.0.1 - frank [10/Oct/2026:13:35:22 -0700] "GET /about HTTP/1.0" 404 5324',
  '10.0.0.7 - - [10/Oct/2026:13:50:35 -0700] "PUT /data HTTP/1.0" 500 77',
  'no access log',
]

describe('patterns for fields with spaces between', () => {
  test.each<[string, number[]]>([
    ['[ip, id, user, timestamp, request, status, bytes]', [0, 1, 2]],
    ['[ip, id, user, timestamp, request, status = 4*, bytes]', [1]],
    ['[ip, id, user, timestamp, request = "GET *", status, bytes]', [0, 1]],
    ['[ip, id, user, timestamp, request, status, bytes > 1000]', [0, 1]],
    ['[ip != 127.0.0.1, id, user, timestamp, request, status, bytes]', [2]],
    ['[..., status = 404 || status = 500, bytes]', [1, 2]],
    ['[..., status >= 400 && status < 500, bytes]', [1]],
    ['[ip, ..., bytes < 100]', [2]],
    ['[w1, w2, w3]', [3]],
    ['[w1 = no, ...]', [3]],
  ])('%s', (pattern, indexes) => {
    const matches = parseFilterPattern(pattern)
    expect(lines.flatMap((line, index) => (matches(line) ? [index] : []))).toEqual(indexes)
  })

  test.each(['[ip', '[a, , b]', '[..., a, ...]', '[status = ]'])('%s is malformed', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow('Invalid filter pattern')
  })
})
