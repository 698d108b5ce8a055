import type {Paint} from '../output/paint.js'

/** Colors the names of log streams, each always alike, so that the lines of one task stand together. */
export function createStreamPaint(paint: Paint): (stream: string) => string {
  // Red and bold are for what went wrong.
  const colors = [paint.cyan, paint.green, paint.yellow]
  return (stream) => {
    const sum = Array.from(stream).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
    return (colors[sum % colors.length] ?? paint.dim)(stream)
  }
}
