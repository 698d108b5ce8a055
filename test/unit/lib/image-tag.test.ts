import {expect, test} from 'vitest'
import {imageTag} from '../../../src/lib/image-tag.js'

const now = Date.UTC(2018, 0, 2, 3, 4, 5, 678)

test('is the commit when the folder is clean', () => {
  expect(imageTag({commit: '746764f', dirty: false, now})).toBe('746764f')
  expect(imageTag({commit: '746764f', now})).toBe('746764f')
})

test('tells a folder with changes from its commit, and one build from the next', () => {
  expect(imageTag({commit: '746764f', dirty: true, now})).toBe('746764f-dirty-20180102030405')
  expect(imageTag({commit: '746764f', dirty: true, now: now + 1000})).toBe('746764f-dirty-20180102030406')
})

test('is the time in UTC when there is no commit', () => {
  expect(imageTag({now})).toBe('20180102030405')
  expect(imageTag({dirty: true, now})).toBe('20180102030405')
})

test('tells images of one commit apart that were built with other flags', () => {
  expect(imageTag({commit: '746764f', variant: '0abc123', now})).toBe('746764f-0abc123')
  expect(imageTag({commit: '746764f', dirty: true, variant: '0abc123', now})).toBe('746764f-dirty-20180102030405')
})
