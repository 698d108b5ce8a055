import type {KeyObject} from 'node:crypto'
import {createPrivateKey, X509Certificate} from 'node:crypto'
import {AwsFault} from '../../aws-fault.js'
import {keyAlgorithmOf} from './certificate-details.js'
import {certificatesIn} from './pem.js'
import type {KeyAlgorithm, Material} from './records.js'

export const invalid = (message: string): AwsFault => new AwsFault('ValidationException', message)

const NOT_PEM = 'Unable to parse certificate. Please ensure the certificate is in PEM format.'
const TWO_CERTIFICATES =
  'The certificate field contains more than one certificate. You can specify only one certificate in this field.'
const NOT_SELF_SIGNED =
  'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.'
const WRONG_CHAIN =
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: '

/**
 * Checks what somebody imports: one certificate that is valid now, its own key without a passphrase, and a chain in
 * which each certificate is signed by the next.
 *
 * @throws AwsFault ValidationException
 */
export function checkedMaterial(
  input: {readonly certificate: string; readonly privateKey: string; readonly chain: string | undefined},
  now: number,
): {readonly material: Material; readonly keyAlgorithm: KeyAlgorithm} {
  const pems = certificatesIn(input.certificate)
  if (pems.length > 1) throw invalid(TWO_CERTIFICATES)
  const [pem = ''] = pems
  const certificate = read(pem)
  const key = readKey(input.privateKey)
  const keyAlgorithm = supportedAlgorithm(key)
  if (!certificate.checkPrivateKey(key)) throw invalid('The private key does not match the certificate.')
  if (now > Date.parse(certificate.validTo)) throw invalid('The certificate has expired.')
  if (now < Date.parse(certificate.validFrom)) throw invalid('The certificate is not valid yet.')
  const chain = checkedChain(certificate, input.chain)
  return {
    keyAlgorithm,
    material: {certificate: pem, privateKey: input.privateKey, ...(chain !== undefined && {chain})},
  }
}

function read(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw invalid(NOT_PEM)
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw invalid('The private key is not supported.')
  }
}

function supportedAlgorithm(key: KeyObject): KeyAlgorithm {
  const algorithm = keyAlgorithmOf(key)
  if (algorithm !== undefined) return algorithm
  const {modulusLength} = key.asymmetricKeyDetails ?? {}
  if (modulusLength === undefined) throw invalid('The private key is not supported.')
  throw invalid(`The private key length '${modulusLength}' is not supported for key algorithm.`)
}

const signs = (issuer: X509Certificate, subject: X509Certificate): boolean =>
  subject.checkIssued(issuer) && subject.verify(issuer.publicKey)

/** Only an authority may sign others, but anybody may sign itself. */
const signsItself = (certificate: X509Certificate): boolean =>
  certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)

function checkedChain(certificate: X509Certificate, text: string | undefined): string | undefined {
  if (text === undefined) {
    if (!signsItself(certificate)) throw invalid(NOT_SELF_SIGNED)
    return undefined
  }
  const pems = certificatesIn(text)
  const [first, ...rest] = pems.map(read)
  if (first === undefined) throw invalid(NOT_PEM)
  if (!signs(first, certificate)) throw invalid('Could not validate the certificate with the certificate chain.')
  let subject = first
  for (const [index, issuer] of rest.entries()) {
    if (!signs(issuer, subject)) throw invalid(`${WRONG_CHAIN}${index + 1}`)
    subject = issuer
  }
  return pems.join('')
}
