export function constraintsText(
  folder: string,
  release: string,
  operations: Readonly<Record<string, readonly string[]>>,
): string
