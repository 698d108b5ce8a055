import type {RevisionList, RevisionSummary} from '../../actions/service/revisions/list-revisions.js'
import {formatTable} from '../../lib/table.js'
import {plural} from '../../lib/text.js'
import {formatTime} from './times.js'
import {titleCase} from './title-case.js'

const headers = ['REVISION', 'IMAGE', 'STATUS', 'DEPLOYED', 'REGISTERED', 'BY']

export function renderRevisionList({family, revisions, more}: RevisionList): string {
  const rows = revisions.map((revision) => {
    const {image = '', images, registeredAt, registeredBy = '', deployments = []} = revision
    const others = images.length > 1 ? ` +${images.length - 1}` : ''
    return [
      `${family}:${revision.revision}`,
      `${image}${others}`,
      statusOf(revision),
      formatTime(deployments[0]?.createdAt),
      formatTime(registeredAt),
      registeredBy,
    ]
  })
  const rest = more === 0 ? [] : [`${plural(more, 'older revision')} left out: --limit ${revisions.length + more}`]
  return [formatTable(headers, rows), ...rest].join('\n')
}

function statusOf({role, status, deployments}: RevisionSummary): string {
  if (role !== undefined) return titleCase(role)
  if (status !== 'ACTIVE') return 'Deregistered'
  if (deployments === undefined) return ''
  return deployments[0] === undefined ? 'Not Deployed' : titleCase(deployments[0].status)
}
