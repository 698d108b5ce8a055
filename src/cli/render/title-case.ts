/** AWS's words for people: `active_impaired` and `ACTIVE_IMPAIRED` become `Active Impaired`. */
export function titleCase(words: string): string {
  return words
    .toLowerCase()
    .split(/[_ -]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
