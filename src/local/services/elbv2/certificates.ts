import type {
  AddListenerCertificatesCommandInput,
  AddListenerCertificatesCommandOutput,
  Certificate,
  DescribeListenerCertificatesCommandInput,
  DescribeListenerCertificatesCommandOutput,
  RemoveListenerCertificatesCommandInput,
  RemoveListenerCertificatesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  AddListenerCertificates$,
  DescribeListenerCertificates$,
  RemoveListenerCertificates$,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {ListenerRecord, Protocol} from '../../balancer/model.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalid, required} from './constraints.js'
import type {Elbv2Context} from './context.js'
import {findListener} from './lookups.js'
import {pageOf} from './paging.js'

const CERTIFICATE_ARN = /^arn:[\w-]+:(acm:[\w-]+:\d{12}:certificate\/|iam::\d{12}:server-certificate\/).+$/
const MOST_CERTIFICATES = 25

export const isSecure = (protocol: Protocol): boolean => protocol === 'HTTPS' || protocol === 'TLS'

/**
 * The default certificate of a listener: one and only one with HTTPS and TLS, none with any other protocol.
 *
 * @throws AwsFault ValidationError or CertificateNotFound
 */
export function defaultCertificateFrom(
  protocol: Protocol,
  certificates: readonly Certificate[] | undefined,
): string | undefined {
  const arns = arnsOf(certificates ?? [])
  if (!isSecure(protocol)) {
    if (arns.length > 0) throw invalid(`A certificate cannot be specified for ${protocol} listeners`)
    return undefined
  }
  const [arn] = arns
  if (arn === undefined) throw invalid(`A certificate must be specified for ${protocol} listeners`)
  if (arns.length > 1) throw invalid('Only one certificate can be specified as the default certificate of a listener')
  return arn
}

function arnsOf(certificates: readonly Certificate[]): string[] {
  return certificates.map(({CertificateArn, IsDefault}) => {
    if (IsDefault !== undefined) throw invalid('IsDefault cannot be specified for a certificate')
    const arn = required(CertificateArn, 'certificates.member.certificateArn')
    if (!CERTIFICATE_ARN.test(arn)) throw new AwsFault('CertificateNotFound', `Certificate '${arn}' not found`)
    return arn
  })
}

const describe = ({defaultCertificate, extraCertificates}: ListenerRecord): Certificate[] => [
  ...(defaultCertificate === undefined ? [] : [{CertificateArn: defaultCertificate, IsDefault: true}]),
  ...extraCertificates.map((CertificateArn) => ({CertificateArn, IsDefault: false})),
]

export function certificateOperations({store}: Elbv2Context): Operation[] {
  return [
    operation<AddListenerCertificatesCommandInput, AddListenerCertificatesCommandOutput>(
      AddListenerCertificates$,
      ({ListenerArn, Certificates}, request) => ({
        Certificates: addCertificates(
          findListener(store, request, ListenerArn),
          arnsOf(required(Certificates, 'certificates')),
        ),
      }),
    ),
    operation<RemoveListenerCertificatesCommandInput, RemoveListenerCertificatesCommandOutput>(
      RemoveListenerCertificates$,
      ({ListenerArn, Certificates}, request) => {
        const listener = findListener(store, request, ListenerArn)
        removeCertificates(listener, arnsOf(required(Certificates, 'certificates')))
        return {}
      },
    ),
    operation<DescribeListenerCertificatesCommandInput, DescribeListenerCertificatesCommandOutput>(
      DescribeListenerCertificates$,
      (input, request) => {
        const all = describe(findListener(store, request, input.ListenerArn))
        const {page, ...more} = pageOf(
          all,
          ({CertificateArn = '', IsDefault}) => `${CertificateArn} ${IsDefault}`,
          input,
        )
        return {Certificates: [...page], ...more}
      },
    ),
  ]
}

function addCertificates(listener: ListenerRecord, arns: readonly string[]): Certificate[] {
  if (!isSecure(listener.protocol)) {
    throw invalid(`A certificate cannot be specified for ${listener.protocol} listeners`)
  }
  const all = [...new Set([...listener.extraCertificates, ...arns])]
  if (all.length > MOST_CERTIFICATES) {
    throw new AwsFault('TooManyCertificates', `A listener can only have '${MOST_CERTIFICATES}' certificates`)
  }
  listener.extraCertificates = all
  return arns.map((CertificateArn) => ({CertificateArn, IsDefault: false}))
}

function removeCertificates(listener: ListenerRecord, arns: readonly string[]): void {
  const {defaultCertificate, extraCertificates} = listener
  if (arns.some((arn) => arn === defaultCertificate && !extraCertificates.includes(arn))) {
    throw new AwsFault('OperationNotPermitted', 'The default certificate of a listener cannot be removed')
  }
  listener.extraCertificates = extraCertificates.filter((arn) => !arns.includes(arn))
}
