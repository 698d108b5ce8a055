import type {CertificateDetail, DomainValidation} from '@aws-sdk/client-acm'
import type {ResourceRecordSet} from '@aws-sdk/client-route-53'
import type {FakeHandlers} from '../../../helpers/fake-aws.js'
import {awsFailure} from '../../../helpers/fake-aws.js'
import {arn} from '../account.js'

export const certificateArn = (id: string) => arn('acm', `certificate/${id}`)

export interface KnownCertificate extends Omit<CertificateDetail, 'CertificateArn' | 'DomainName'> {
  readonly CertificateArn: string
  readonly DomainName: string
}

/** What ACM and Route 53 have; the calls below change it as AWS would. */
export interface CertificateWorld {
  readonly certificates: KnownCertificate[]
  readonly tags: Map<string, Record<string, string>>
  /** PEM of the imported ones, by ARN. */
  readonly texts: Map<string, {Certificate: string; CertificateChain?: string}>
  readonly zones: {id: string; name: string; isPrivate?: boolean; records: ResourceRecordSet[]}[]
}

export const certificateWorld = (parts: Partial<CertificateWorld> = {}): CertificateWorld => ({
  certificates: [],
  tags: new Map(),
  texts: new Map(),
  zones: [],
  ...parts,
})

export const validationOf = (
  DomainName: string,
  ValidationStatus: DomainValidation['ValidationStatus'] = 'PENDING_VALIDATION',
): DomainValidation => ({
  DomainName,
  ValidationMethod: 'DNS',
  ValidationStatus,
  ResourceRecord: recordOf(DomainName),
})

/** The same for a domain and all names right below it. */
export function recordOf(domain: string) {
  const base = domain.replace(/^\*\./, '')
  return {Name: `_x.${base}.`, Type: 'CNAME' as const, Value: `_y.${base}.acm-validations.aws.`}
}

/** A certificate that is requested and waits for its records, unless told otherwise. */
export function certificate(
  id: string,
  domain: string,
  parts: Omit<CertificateDetail, 'CertificateArn' | 'DomainName'> = {},
): KnownCertificate {
  const names = parts.SubjectAlternativeNames ?? [domain]
  return {
    CertificateArn: certificateArn(id),
    DomainName: domain,
    SubjectAlternativeNames: names,
    Type: 'AMAZON_ISSUED',
    Status: 'PENDING_VALIDATION',
    KeyAlgorithm: 'RSA_2048',
    InUseBy: [],
    ...(parts.Type !== 'IMPORTED' && {DomainValidationOptions: names.map((name) => validationOf(name))}),
    ...parts,
  }
}

export function certificateCalls(world: CertificateWorld): FakeHandlers {
  return {acm: acmOf(world), route53: route53Of(world)}
}

function acmOf(world: CertificateWorld): NonNullable<FakeHandlers['acm']> {
  const known = (wanted: string | undefined) => {
    const found = world.certificates.find(({CertificateArn}) => CertificateArn === wanted)
    if (found === undefined) throw awsFailure('ResourceNotFoundException')
    return found
  }
  return {
    ListCertificates: () => ({
      CertificateSummaryList: world.certificates.map(({SubjectAlternativeNames, ...rest}) => ({
        ...rest,
        SubjectAlternativeNameSummaries: SubjectAlternativeNames,
        KeyUsages: [],
        ExtendedKeyUsages: [],
      })),
    }),
    DescribeCertificate: ({CertificateArn}) => ({Certificate: known(CertificateArn)}),
    GetCertificate: ({CertificateArn}) => world.texts.get(known(CertificateArn).CertificateArn) ?? {},
    ListTagsForCertificate: ({CertificateArn}) => ({
      Tags: Object.entries(world.tags.get(known(CertificateArn).CertificateArn) ?? {}).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
    AddTagsToCertificate: ({CertificateArn = '', Tags = []}) => {
      const more = Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value]))
      world.tags.set(CertificateArn, {...world.tags.get(CertificateArn), ...more})
      return {}
    },
    RequestCertificate: ({DomainName = '', SubjectAlternativeNames = [], KeyAlgorithm, Tags = []}) => {
      const names = [DomainName, ...SubjectAlternativeNames]
      const made = certificate(`new-${world.certificates.length}`, DomainName, {
        SubjectAlternativeNames: names,
        ...(KeyAlgorithm !== undefined && {KeyAlgorithm}),
      })
      world.certificates.push(made)
      world.tags.set(made.CertificateArn, Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])))
      return {CertificateArn: made.CertificateArn}
    },
    ImportCertificate: ({CertificateArn, Certificate = new Uint8Array(), CertificateChain, Tags = []}) => {
      const imported = CertificateArn ?? certificateArn(`new-${world.certificates.length}`)
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
      world.texts.set(imported, {
        Certificate: text(Certificate),
        ...(CertificateChain !== undefined && {CertificateChain: text(CertificateChain)}),
      })
      if (CertificateArn === undefined) {
        world.tags.set(imported, Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])))
      }
      return {CertificateArn: imported}
    },
    DeleteCertificate: ({CertificateArn}) => {
      const found = known(CertificateArn)
      if ((found.InUseBy ?? []).length > 0) throw awsFailure('ResourceInUseException')
      world.certificates.splice(world.certificates.indexOf(found), 1)
      return {}
    },
  }
}

function route53Of(world: CertificateWorld): NonNullable<FakeHandlers['route53']> {
  const zoneOf = (id: string | undefined) => {
    const found = world.zones.find((zone) => zone.id === id)
    if (found === undefined) throw awsFailure('NoSuchHostedZone')
    return found
  }
  return {
    ListHostedZones: () => ({
      HostedZones: world.zones.map(({id, name, isPrivate = false}) => ({
        Id: `/hostedzone/${id}`,
        Name: `${name}.`,
        CallerReference: id,
        Config: {PrivateZone: isPrivate},
      })),
      Marker: undefined,
      MaxItems: 100,
      IsTruncated: false,
    }),
    ListResourceRecordSets: ({HostedZoneId, StartRecordName = ''}) => ({
      ResourceRecordSets: zoneOf(HostedZoneId).records.filter(({Name = ''}) => Name >= StartRecordName),
      MaxItems: 100,
      IsTruncated: false,
    }),
    ChangeResourceRecordSets: ({HostedZoneId, ChangeBatch}) => {
      const {records} = zoneOf(HostedZoneId)
      for (const {Action, ResourceRecordSet: set} of ChangeBatch?.Changes ?? []) {
        const at = records.findIndex(({Name, Type}) => Name === set?.Name && Type === set?.Type)
        if (at !== -1) records.splice(at, 1)
        if (Action !== 'DELETE' && set !== undefined) records.push(set)
      }
      return {ChangeInfo: {Id: '/change/C1', Status: 'PENDING', SubmittedAt: new Date(0)}}
    },
    GetChange: () => ({ChangeInfo: {Id: '/change/C1', Status: 'INSYNC', SubmittedAt: new Date(0)}}),
  }
}
