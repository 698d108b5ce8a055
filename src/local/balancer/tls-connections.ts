import type {Socket} from 'node:net'
import type {SecureContext} from 'node:tls'
import {createSecureContext, TLSSocket} from 'node:tls'
import {rawAnswer} from './answers.js'
import type {CertificateMaterial} from './certificate-choice.js'
import {certificateFor} from './certificate-choice.js'
import type {ListenerRecord} from './model.js'
import {DEFAULT_SSL_POLICY, findSslPolicy} from './ssl-policies.js'

/** The certificate and key behind an ARN; undefined where nobody has it. */
export type FindCertificate = (certificateArn: string) => CertificateMaterial | undefined

const HTTP1_ONLY = ['http/1.1']
const ALPN: Readonly<Record<string, readonly string[]>> = {
  HTTP1Only: HTTP1_ONLY,
  HTTP2Only: ['h2'],
  HTTP2Optional: ['http/1.1', 'h2'],
  HTTP2Preferred: ['h2', 'http/1.1'],
}

/** The TLS side of listeners: certificates are looked up anew for each connection, so that a change takes effect at once. */
export class TlsConnections {
  readonly #find: FindCertificate
  readonly #contexts = new Map<string, SecureContext>()

  constructor(find: FindCertificate) {
    this.#find = find
  }

  /**
   * Ends TLS on a connection and hands over what is inside. A client that speaks plain HTTP to an HTTPS listener is
   * told so; one that shakes hands with nobody is cut.
   */
  accept(raw: Socket, listener: ListenerRecord, use: (plain: Socket) => void): void {
    raw.on('error', () => raw.destroy())
    raw.once('readable', () => {
      const first: Buffer | null = raw.read(1)
      if (first === null) return
      raw.unshift(first)
      if (listener.protocol === 'HTTPS' && /[A-Z]/.test(first.toString('latin1'))) raw.end(PLAIN_HTTP)
      else this.#shakeHands(raw, listener, use)
    })
  }

  #shakeHands(raw: Socket, listener: ListenerRecord, use: (plain: Socket) => void): void {
    const standard = listener.defaultCertificate === undefined ? undefined : this.#find(listener.defaultCertificate)
    if (standard === undefined) {
      raw.destroy()
      return
    }
    const alpn = listener.protocol === 'HTTPS' ? HTTP1_ONLY : ALPN[listener.alpnPolicy?.[0] ?? '']
    const secured = new TLSSocket(raw, {
      isServer: true,
      secureContext: this.#context(listener, standard),
      SNICallback: (host, done) => done(null, this.#context(listener, this.#chosen(host, listener) ?? standard)),
      ...(alpn !== undefined && {ALPNProtocols: [...alpn]}),
    })
    secured.on('error', () => raw.destroy())
    secured.once('secure', () => use(secured))
  }

  #chosen(host: string, {defaultCertificate = '', extraCertificates}: ListenerRecord): CertificateMaterial | undefined {
    return certificateFor(
      host,
      [defaultCertificate, ...extraCertificates].flatMap((arn) => this.#find(arn) ?? []),
    )
  }

  #context({sslPolicy = DEFAULT_SSL_POLICY}: ListenerRecord, material: CertificateMaterial): SecureContext {
    const key = `${sslPolicy}\n${material.certificate}${material.chain ?? ''}`
    const context = this.#contexts.get(key) ?? secureContext(sslPolicy, material)
    this.#contexts.set(key, context)
    return context
  }
}

function secureContext(policyName: string, {certificate, chain = '', privateKey}: CertificateMaterial): SecureContext {
  const policy = findSslPolicy(policyName)
  const {protocols = [], ciphers = []} = policy ?? {}
  const [least] = protocols
  const most = protocols.at(-1)
  return createSecureContext({
    cert: `${certificate.trim()}\n${chain}`,
    key: privateKey,
    ...(least !== undefined && {minVersion: least}),
    ...(most !== undefined && {maxVersion: most}),
    ...(ciphers.length > 0 && {ciphers: ciphers.join(':'), honorCipherOrder: true}),
  })
}

const PLAIN_HTTP = rawAnswer({
  status: 400,
  headers: {server: 'awselb/2.0', 'content-type': 'text/html'},
  body: '<html>\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\n</html>\n',
})
