import type {CertificateList} from '../../actions/certificate/list-certificates.js'
import {formatTable} from '../../lib/table.js'
import {titleCase} from './title-case.js'

export function renderCertificateList({certificates}: CertificateList): string {
  if (certificates.length === 0) return 'No certificates found'
  const rows = certificates.map(({domain, type, status, names, hasMoreNames, expiresAt}) => [
    domain,
    titleCase(type),
    titleCase(status),
    [...names, ...(hasMoreNames ? ['…'] : [])].join(', '),
    expiresAt?.toISOString().slice(0, 10) ?? '',
  ])
  return formatTable(['CERTIFICATE', 'TYPE', 'STATUS', 'SUBJECT ALTERNATIVE NAMES', 'EXPIRES'], rows)
}
