import {createHash} from 'node:crypto'

/** `sha256:` and 64 hexadecimal digits, the only algorithm that ECR takes. */
export const isDigest = (value: string): boolean => /^sha256:[0-9a-f]{64}$/.test(value)

export const digestOf = (content: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`
