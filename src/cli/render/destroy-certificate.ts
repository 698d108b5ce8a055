import type {DestroyCertificateResult} from '../../actions/certificate/destroy-certificate.js'
import {renderDestruction} from './destruction.js'

export function renderDestroyCertificate(result: DestroyCertificateResult): string {
  const {certificate, keptRecords} = result
  const text = renderDestruction(`certificate ${certificate}`, result)
  if (keptRecords.length === 0) return text
  return [
    text,
    'Its validation records stay where they are, as others may have made or need them:',
    ...keptRecords.map((name) => `  ${name}`),
  ].join('\n')
}
