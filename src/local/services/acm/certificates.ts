import type {
  DeleteCertificateCommandInput,
  DeleteCertificateCommandOutput,
  DescribeCertificateCommandInput,
  DescribeCertificateCommandOutput,
  GetCertificateCommandInput,
  GetCertificateCommandOutput,
} from '@aws-sdk/client-acm'
import {DeleteCertificate$, DescribeCertificate$, GetCertificate$} from '@aws-sdk/client-acm'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {AcmContext} from './context.js'
import {describeCertificate} from './views.js'

export function certificateOperations({store, clock, uses}: AcmContext): Operation[] {
  return [
    operation<DescribeCertificateCommandInput, DescribeCertificateCommandOutput>(
      DescribeCertificate$,
      ({CertificateArn}, scope) => {
        const record = store.find(scope, CertificateArn)
        return {Certificate: describeCertificate(record, uses.usersOf(scope, record.arn), clock.now())}
      },
    ),
    operation<GetCertificateCommandInput, GetCertificateCommandOutput>(GetCertificate$, ({CertificateArn}, scope) => {
      const {arn, material} = store.find(scope, CertificateArn)
      if (material === undefined) {
        throw new AwsFault('RequestInProgressException', `The request for certificate ${arn} is in progress.`)
      }
      const {certificate, chain} = material
      return {Certificate: certificate, ...(chain !== undefined && {CertificateChain: chain})}
    }),
    operation<DeleteCertificateCommandInput, DeleteCertificateCommandOutput>(
      DeleteCertificate$,
      ({CertificateArn}, scope) => {
        const {arn} = store.find(scope, CertificateArn)
        if (uses.usersOf(scope, arn).length > 0) {
          throw new AwsFault('ResourceInUseException', `Certificate ${arn} in account ${scope.account} is in use.`)
        }
        store.of(scope).delete(arn)
        return {}
      },
    ),
  ]
}
