import type {Credentials} from '@aws-sdk/client-sts'

interface SessionOptions {
  readonly account: string
  readonly durationSeconds: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly random: () => number
}

/**
 * Temporary credentials of an account. The access key id is the number of the account, since that is how the local AWS
 * tells accounts apart: a request signed with twelve digits belongs to the account of that number. Secret and token
 * are by chance, and nothing checks them.
 */
export function temporaryCredentials({account, durationSeconds, now, random}: SessionOptions): Credentials {
  const text = (length: number) => Array.from({length}, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
  return {
    AccessKeyId: account,
    SecretAccessKey: text(40),
    SessionToken: text(120),
    Expiration: new Date(now + durationSeconds * 1000),
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A unique id of IAM: four letters for the kind, then 17 characters, always the same for the same name. */
export function uniqueId(kind: 'AROA' | 'AIDA', digest: Buffer): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return kind + Array.from(digest.subarray(0, 17), (byte) => letters[byte % letters.length]).join('')
}
