const longest = 200

/** Text that came with a request, without what a terminal would take for a command, and not longer than one line. */
export function printable(text: string): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}')
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1)}…`
}
