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
import {isSecure} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {checkUsable} from './certificate-lookup.js'
import type {Elbv2Context} from './context.js'
import {invalid, required} from './faults.js'
import {findListener} from './lookups.js'
import {pageOf} from './paging.js'

const MOST_CERTIFICATES = 25

/**
 * The default certificate of a listener: one and only one with HTTPS and TLS, none with any other protocol.
 *
 * @throws AwsFault ValidationError, CertificateNotFound or UnsupportedCertificate
 */
export function defaultCertificateFrom(
  context: Pick<Elbv2Context, 'certificates'>,
  scope: Scope,
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
  checkUsable(context.certificates, scope, arn)
  return arn
}

function arnsOf(certificates: readonly Certificate[]): string[] {
  return certificates.map(({CertificateArn, IsDefault}) => {
    if (IsDefault !== undefined) throw invalid('IsDefault cannot be specified for a certificate')
    return required(CertificateArn, 'certificates.member.certificateArn')
  })
}

const describe = ({defaultCertificate, extraCertificates}: ListenerRecord): Certificate[] => [
  ...(defaultCertificate === undefined ? [] : [{CertificateArn: defaultCertificate, IsDefault: true}]),
  ...extraCertificates.map((CertificateArn) => ({CertificateArn, IsDefault: false})),
]

export function certificateOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<AddListenerCertificatesCommandInput, AddListenerCertificatesCommandOutput>(
      AddListenerCertificates$,
      ({ListenerArn, Certificates}, request) => ({
        Certificates: addCertificates(
          context,
          request,
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

function addCertificates(
  {certificates}: Elbv2Context,
  scope: Scope,
  listener: ListenerRecord,
  arns: readonly string[],
): Certificate[] {
  if (!isSecure(listener.protocol)) {
    throw invalid(`A certificate cannot be specified for ${listener.protocol} listeners`)
  }
  for (const arn of arns) checkUsable(certificates, scope, arn)
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
