import {describe, expect, test} from 'vitest'
import {parseTag, parseTags} from '../../../src/lib/tag.js'

describe('one tag', () => {
  test.for([
    ['team=web', 'team', 'web'],
    ['Team=a=b', 'Team', 'a=b'],
    ['team=', 'team', ''],
    ['cost center=a + b', 'cost center', 'a + b'],
    ['größe=日本', 'größe', '日本'],
    ['a.b_c:/+-@=x', 'a.b_c:/+-@', 'x'],
    ['laws:x=aws', 'laws:x', 'aws'],
    [`${'k'.repeat(128)}=${'v'.repeat(256)}`, 'k'.repeat(128), 'v'.repeat(256)],
  ] as const)('%j is read', ([text, key, value]) => {
    expect(parseTag(text)).toEqual({ok: true, value: {key, value}})
  })

  const characters = 'has a character that AWS does not take: use letters, digits, spaces and _ . : / = + - @'
  test.for([
    ['team', 'tag team has no "=": use KEY=value'],
    ['=x', 'tag =x has no key before "=": use KEY=value'],
    ['aws:x=1', 'tag aws:x=1 starts with aws:, which AWS keeps for itself: use another start'],
    ['AWS:x=1', 'tag AWS:x=1 starts with aws:, which AWS keeps for itself: use another start'],
    ['x=aws:1', 'tag x=aws:1 starts with aws:, which AWS keeps for itself: use another start'],
    ['fargate:managed=true', 'tag fargate:managed=true starts with fargate:, which this tool sets: use another key'],
    ['a,b=1', `tag a,b=1 ${characters}`],
    ['a=b;c', `tag a=b;c ${characters}`],
    ['a=b\t', `tag "a=b\\t" ${characters}`],
    [`${'k'.repeat(129)}=v`, `tag ${'k'.repeat(129)}=v has a key of 129 characters: use at most 128`],
    [`k=${'v'.repeat(257)}`, `tag k=${'v'.repeat(257)} has a value of 257 characters: use at most 256`],
  ] as const)('%j is refused', ([text, problem]) => {
    expect(parseTag(text)).toEqual({ok: false, problem})
  })
})

describe('several tags', () => {
  test('have keys of their own, with case', () => {
    expect(parseTags(['a=1', 'A=2']).ok).toBe(true)
    expect(parseTags(['a=1', 'a=2'])).toEqual({
      ok: false,
      problem: 'tag a is given more than once: give each key once',
    })
  })

  test('have the problem of each told', () => {
    expect(parseTags(['a', 'b=1', 'c'])).toEqual({
      ok: false,
      problem: 'tag a has no "=": use KEY=value; tag c has no "=": use KEY=value',
    })
  })

  test('leave room for the two of this tool', () => {
    const tags = Array.from({length: 49}, (_, index) => `key${index}=x`)
    expect(parseTags(tags.slice(1)).ok).toBe(true)
    expect(parseTags(tags)).toEqual({ok: false, problem: '49 tags are too many: use at most 48'})
  })
})
