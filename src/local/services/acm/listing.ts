import type {
  CertificateSummary,
  Filters,
  ListCertificatesCommandInput,
  ListCertificatesCommandOutput,
} from '@aws-sdk/client-acm'
import {ListCertificates$} from '@aws-sdk/client-acm'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {AcmContext} from './context.js'
import {invalid} from './import-checks.js'
import type {CertificateRecord} from './records.js'
import {summarise} from './views.js'

/** Who names no key types sees RSA with up to 2048 bits only. */
const DEFAULT_KEY_TYPES = ['RSA_1024', 'RSA_2048']
const LARGEST_PAGE = 1000

export const listOperation = ({store, clock, uses}: AcmContext): Operation =>
  operation<ListCertificatesCommandInput, ListCertificatesCommandOutput>(ListCertificates$, (input, scope) => {
    check(input)
    const chosen = [...store.of(scope).values()]
      .filter(({keyAlgorithm}) => keyTypesOf(input.Includes).includes(keyAlgorithm))
      .map((record) => ({record, summary: summarise(record, uses.usersOf(scope, record.arn), clock.now())}))
      .filter(({summary}) => matches(summary, input))
    return page(sorted(chosen, input), input)
  })

const keyTypesOf = (filters: Filters | undefined): readonly string[] =>
  filters?.keyTypes === undefined || filters.keyTypes.length === 0 ? DEFAULT_KEY_TYPES : filters.keyTypes

function check({SortBy, SortOrder}: ListCertificatesCommandInput): void {
  if ((SortBy === undefined) === (SortOrder === undefined)) return
  throw invalid('SortBy and SortOrder must be specified together.')
}

function matches(
  {Status, KeyUsages = [], ExtendedKeyUsages = []}: CertificateSummary,
  {CertificateStatuses = [], Includes = {}}: ListCertificatesCommandInput,
): boolean {
  const {keyUsage = [], extendedKeyUsage = [], exportOption, managedBy} = Includes
  return (
    (CertificateStatuses.length === 0 || CertificateStatuses.some((wanted) => wanted === Status)) &&
    keyUsage.every((wanted) => KeyUsages.includes(wanted)) &&
    extendedKeyUsage.every((wanted) => ExtendedKeyUsages.includes(wanted)) &&
    exportOption !== 'ENABLED' &&
    managedBy === undefined
  )
}

interface Listed {
  readonly record: CertificateRecord
  readonly summary: CertificateSummary
}

function sorted(listed: readonly Listed[], {SortOrder}: ListCertificatesCommandInput): readonly Listed[] {
  if (SortOrder === undefined) return listed
  const direction = SortOrder === 'ASCENDING' ? 1 : -1
  return listed.toSorted((a, b) => direction * (a.record.createdAt - b.record.createdAt))
}

/** The token names the last certificate of the page before; it may be gone by now, so its place is in it too. */
function page(
  listed: readonly Listed[],
  {MaxItems = LARGEST_PAGE, NextToken}: ListCertificatesCommandInput,
): Omit<ListCertificatesCommandOutput, '$metadata'> {
  const start = NextToken === undefined ? 0 : after(listed, NextToken)
  const end = start + MaxItems
  const CertificateSummaryList = listed.slice(start, end).map(({summary}) => summary)
  const last = listed[end - 1]
  if (last === undefined || end >= listed.length) return {CertificateSummaryList}
  return {CertificateSummaryList, NextToken: Buffer.from(`${end} ${last.record.arn}`).toString('base64url')}
}

function after(listed: readonly Listed[], token: string): number {
  const [, place, arn] = /^(\d+) (.+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (place === undefined) throw new AwsFault('InvalidArgsException', 'The next token is not valid.')
  const index = listed.findIndex(({record}) => record.arn === arn)
  return index === -1 ? Number(place) - 1 : index + 1
}
