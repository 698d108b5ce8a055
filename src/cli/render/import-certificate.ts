import type {ImportCertificateResult} from '../../actions/certificate/import-certificate.js'
import {renderDryRun} from './changes.js'

export function renderImportCertificate(result: ImportCertificateResult): string {
  const {certificate, arn, changes, replaced, dryRun, expiresAt} = result
  if (dryRun) return renderDryRun(changes)
  if (changes.length === 0) return `Certificate ${certificate} is imported already (${arn}); nothing has changed`
  const what = replaced
    ? `Replaced certificate ${certificate} in place, under its former ARN`
    : `Imported certificate ${certificate}`
  return `${what} (${arn})\nIt expires on ${expiresAt.toISOString().slice(0, 10)}; ACM does not renew what is imported`
}
