import type {RepositorySettings} from './repository.js'

/** Whether a tag, once set, must stay where it is. */
export function isImmutable(settings: RepositorySettings, tag: string): boolean {
  const excluded = settings.tagMutabilityExclusions.some((pattern) => matchesWildcard(pattern, tag))
  switch (settings.tagMutability) {
    case 'MUTABLE':
      return false
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
  }
}

/** `*` stands for any number of characters, also none; everything else for itself. */
function matchesWildcard(pattern: string, tag: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return tag === pattern
  const last = rest.pop() ?? ''
  if (tag.length < first.length + last.length || !tag.startsWith(first) || !tag.endsWith(last)) return false
  const end = tag.length - last.length
  let position = first.length
  for (const part of rest) {
    const found = tag.indexOf(part, position)
    if (found < 0 || found + part.length > end) return false
    position = found + part.length
  }
  return true
}
