const SPECIAL = /[\\^$.*+?()[\]{}|]/g

/**
 * Compiles a pattern of a rule condition: `*` stands for any number of characters, `?` for exactly one, and a
 * backslash makes the next character literal.
 */
export function compilePattern(pattern: string, options: {readonly ignoreCase: boolean}): RegExp {
  const source = pattern.replace(/\\(.)|\*|\?|[^*?\\]+|\\$/gs, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped.replace(SPECIAL, '\\$&')
    if (token === '*') return '.*'
    if (token === '?') return '.'
    return token.replace(SPECIAL, '\\$&')
  })
  return new RegExp(`^${source}$`, options.ignoreCase ? 'is' : 's')
}
