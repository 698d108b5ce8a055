import type {ImportCertificateCommandInput, ImportCertificateCommandOutput} from '@aws-sdk/client-acm'
import {ImportCertificate$} from '@aws-sdk/client-acm'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {detailsOf} from './certificate-details.js'
import type {AcmContext} from './context.js'
import {newCertificateArn} from './identifiers.js'
import {checkedMaterial, invalid} from './import-checks.js'
import type {CertificateRecord} from './records.js'
import {tagsFrom} from './tags.js'

export const importOperation = (context: AcmContext): Operation =>
  operation<ImportCertificateCommandInput, ImportCertificateCommandOutput>(ImportCertificate$, (input, scope) => ({
    CertificateArn: importCertificate(context, scope, input).arn,
  }))

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8')

function importCertificate(
  {store, clock, random}: AcmContext,
  scope: Scope,
  input: ImportCertificateCommandInput,
): CertificateRecord {
  const former = input.CertificateArn === undefined ? undefined : store.find(scope, input.CertificateArn)
  const {material, keyAlgorithm} = checkedMaterial(
    {
      certificate: textOf(input.Certificate),
      privateKey: textOf(input.PrivateKey),
      chain: input.CertificateChain === undefined ? undefined : textOf(input.CertificateChain),
    },
    clock.now(),
  )
  const {commonName, names} = detailsOf(material.certificate)
  const domain = commonName ?? names[0] ?? ''
  const all = [...new Set([...(domain === '' ? [] : [domain]), ...names])]
  const now = clock.now()
  if (former !== undefined) {
    checkReimport(former, input, keyAlgorithm)
    Object.assign(former, {material, names: all, importedAt: now})
    return former
  }
  const record: CertificateRecord = {
    arn: newCertificateArn(scope, random),
    type: 'IMPORTED',
    domain,
    names: all,
    keyAlgorithm,
    createdAt: now,
    importedAt: now,
    status: 'ISSUED',
    material,
    validations: [],
    transparencyLogging: 'DISABLED',
    tags: tagsFrom(input.Tags),
  }
  store.of(scope).set(record.arn, record)
  return record
}

/** A certificate that is imported again keeps its ARN, its tags and its kind of key. */
function checkReimport(former: CertificateRecord, {Tags}: ImportCertificateCommandInput, keyAlgorithm: string): void {
  if (former.type !== 'IMPORTED') throw invalid(`Certificate ${former.arn} is not an imported certificate.`)
  if (Tags !== undefined && Tags.length > 0) throw invalid('Tagging is not permitted on re-import.')
  if (former.keyAlgorithm !== keyAlgorithm) {
    throw invalid('The key algorithm and key size of a certificate cannot be changed by importing it again.')
  }
}
