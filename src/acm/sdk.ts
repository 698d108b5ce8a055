import {
  ACMClient,
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm'
import type {AwsCalls} from '../aws/calls.js'

export {ACMClient as Client}

export const operations = {
  AddTagsToCertificate: AddTagsToCertificateCommand,
  DeleteCertificate: DeleteCertificateCommand,
  DescribeCertificate: DescribeCertificateCommand,
  GetCertificate: GetCertificateCommand,
  ImportCertificate: ImportCertificateCommand,
  ListCertificates: ListCertificatesCommand,
  ListTagsForCertificate: ListTagsForCertificateCommand,
  RequestCertificate: RequestCertificateCommand,
}

/** AWS Certificate Manager, reduced to the operations that this program uses. */
export type Acm = AwsCalls<typeof operations>
