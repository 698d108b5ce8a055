import type {Parsed} from './parsed.js'
import {checked, firstRepeated, invalid, parseEach} from './parsed.js'
import {shown} from './whole-number.js'

export interface Tag {
  readonly key: string
  readonly value: string
}

/** The prefix of the tags by which this tool knows what it made. */
const ownTagPrefix = 'fargate:'

/** AWS takes 50 tags on a resource, of which this tool sets up to two. */
const MAX_USER_TAGS = 48

const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 256
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Reads `KEY=value`, split on the first `=`. The value may be empty. */
export function parseTag(text: string): Parsed<Tag> {
  const equals = text.indexOf('=')
  if (equals === -1) return invalid(`tag ${shown(text)} has no "=": use KEY=value`)
  const tag = {key: text.slice(0, equals), value: text.slice(equals + 1)}
  return checked(tag, tagProblem(tag, text))
}

/** Reads the tags that a user gives. AWS takes a key once. */
export function parseTags(texts: readonly string[]): Parsed<Tag[]> {
  const tags = parseEach(texts, parseTag)
  if (!tags.ok) return tags
  const repeated = firstRepeated(tags.value, ({key}) => key)
  if (repeated !== undefined) return invalid(`tag ${shown(repeated.key)} is given more than once: give each key once`)
  if (tags.value.length > MAX_USER_TAGS) {
    return invalid(`${tags.value.length} tags are too many: use at most ${MAX_USER_TAGS}`)
  }
  return tags
}

function tagProblem({key, value}: Tag, text: string): string | undefined {
  const tag = `tag ${shown(text)}`
  if (key === '') return `${tag} has no key before "=": use KEY=value`
  if (key.length > MAX_KEY_LENGTH) return `${tag} has a key of ${key.length} characters: use at most ${MAX_KEY_LENGTH}`
  if (value.length > MAX_VALUE_LENGTH) {
    return `${tag} has a value of ${value.length} characters: use at most ${MAX_VALUE_LENGTH}`
  }
  if (/^aws:/i.test(key) || /^aws:/i.test(value))
    return `${tag} starts with aws:, which AWS keeps for itself: use another start`
  if (key.startsWith(ownTagPrefix)) return `${tag} starts with ${ownTagPrefix}, which this tool sets: use another key`
  if (CHARACTERS.test(key) && CHARACTERS.test(value)) return undefined
  return `${tag} has a character that AWS does not take: use letters, digits, spaces and _ . : / = + - @`
}
