import {createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {writeCertificate} from './certificate-writer.js'

/** The authority that signs what ACM issues here. Only who trusts its certificate trusts them. */
export interface Authority {
  readonly name: string
  /** PEM. */
  readonly certificate: string
  readonly privateKey: string
}

const NAME = 'fargate local AWS'
const YEAR_MS = 365 * 24 * 3_600_000
const CERTIFICATE_FILE = 'ca.pem'
const KEY_FILE = 'ca-key.pem'

export interface AuthorityOptions {
  /** Where it is kept from run to run, so that it has to be trusted once; in memory where it is not given. */
  readonly folder?: string | undefined
  readonly now: () => number
  readonly newSerial: () => string
}

/** The file that clients are told to trust. */
const authorityFile = (folder: string): string => join(folder, CERTIFICATE_FILE)

/** Gives the authority of this machine, making it at its first use. */
export function authorityOf(options: AuthorityOptions): () => Authority {
  let authority: Authority | undefined
  return () => {
    authority ??= kept(options.folder) ?? create(options)
    return authority
  }
}

function kept(folder: string | undefined): Authority | undefined {
  if (folder === undefined) return undefined
  try {
    const certificate = readFileSync(authorityFile(folder), 'utf8')
    const privateKey = readFileSync(join(folder, KEY_FILE), 'utf8')
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))) return undefined
    return {name: NAME, certificate, privateKey}
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function create({folder, now, newSerial}: AuthorityOptions): Authority {
  const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048})
  const certificate = writeCertificate({
    subject: NAME,
    issuer: NAME,
    serial: newSerial(),
    // The time of a sped-up AWS is ahead of the clocks of its clients.
    notBefore: now() - YEAR_MS,
    notAfter: now() + 10 * YEAR_MS,
    publicKey,
    issuerKey: privateKey,
    issuerPublicKey: publicKey,
    hosts: [],
  })
  const authority = {name: NAME, certificate, privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString()}
  if (folder !== undefined) {
    mkdirSync(folder, {recursive: true, mode: 0o700})
    writeFileSync(join(folder, KEY_FILE), authority.privateKey, {mode: 0o600})
    writeFileSync(authorityFile(folder), certificate)
  }
  return authority
}

/** What a certificate signed by an authority needs of it. */
export const issuerOf = ({name, certificate, privateKey}: Authority) => ({
  issuer: name,
  issuerKey: createPrivateKey(privateKey),
  issuerPublicKey: createPublicKey(certificate),
})
