import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {startLocalServer} from '../helpers/local-account.js'
import type {Issued} from '../unit/local/services/acm/materials.js'
import {selfSigned} from '../unit/local/services/acm/materials.js'

let local: LocalServer
let folder: string

beforeAll(async () => {
  local = await startLocalServer()
  folder = await mkdtemp(join(tmpdir(), 'fargate-certificate-'))
})

afterAll(async () => {
  await local?.stop()
  if (folder !== undefined) await rm(folder, {force: true, recursive: true})
})

/** Writes a certificate and its key, and answers the flags that name them. */
async function filesOf({certificate, privateKey}: Issued, name: string): Promise<string[]> {
  const paths = {'--certificate': join(folder, `${name}.pem`), '--key': join(folder, `${name}.key`)}
  await writeFile(paths['--certificate'], certificate)
  await writeFile(paths['--key'], privateKey)
  return Object.entries(paths).flat()
}

async function zone({sdk}: LocalAccount, name: string): Promise<string> {
  const {HostedZone} = await sdk.route53.createHostedZone({Name: name, CallerReference: name})
  return HostedZone?.Id ?? ''
}

const cnames = async ({sdk}: LocalAccount, HostedZoneId: string) => {
  const {ResourceRecordSets = []} = await sdk.route53.listResourceRecordSets({HostedZoneId})
  return ResourceRecordSets.filter(({Type}) => Type === 'CNAME')
}

const certificates = async ({sdk}: LocalAccount) =>
  (await sdk.acm.listCertificates({Includes: {keyTypes: ['RSA_2048', 'EC_prime256v1']}})).CertificateSummaryList ?? []

test.concurrent('a certificate is requested, validated, shown and destroyed, each also a second time', async () => {
  const account = local.account()
  const id = await zone(account, 'example.com')
  const request = ['certificate', 'request', 'example.com', '--alias', '*.example.com', '--key-type', 'EC_prime256v1']

  const requested = await account.succeed(request)
  expect(requested.stdout).toMatch(/^Requested certificate example.com \(arn:aws:acm:.*\)\n/)
  expect(requested.stdout).toMatch(/\n {2}CNAME _\w+\.example\.com\. -> _\S+\.acm-validations\.aws\.\n/)
  expect(requested.stdout).toContain('fargate certificate validate example.com')
  expect((await account.succeed(request)).stdout).toMatch(
    /exists as asked for \(Pending Validation.*nothing has changed/,
  )
  expect(await certificates(account)).toHaveLength(1)

  const validate = ['certificate', 'validate', 'example.com', '--wait']
  const validated = await account.succeed(validate)
  expect(validated.stdout).toMatch(
    /^\[example.com\] created validation record\n\[\*\.example\.com\] created .*\nCertificate example.com is issued/,
  )
  expect(await cnames(account, id)).toMatchObject([{TTL: 86_400}])
  expect((await account.succeed(validate)).stdout).toMatch(/already validated; nothing has changed/)

  const info = await account.succeed(['certificate', 'info', 'example.com'])
  expect(info.stdout).toMatch(/Status: +Issued\n/)
  expect(info.stdout).toMatch(/Expires: +\d{4}-.* \(in \d+d/)
  expect((await account.succeed(['certificate', 'list'])).stdout).toMatch(
    /^CERTIFICATE .*\nexample.com +Amazon Issued +Issued +example.com, \*\.example\.com +\d{4}-\d\d-\d\d$/,
  )

  const destroy = ['certificate', 'destroy', 'example.com']
  expect(await account.run(destroy)).toMatchObject({exitCode: 2, stdout: ''})
  expect(await certificates(account)).toHaveLength(1)
  expect((await account.succeed([...destroy, '--yes'])).stdout).toBe('Deleted certificate example.com')
  expect(await certificates(account)).toEqual([])
  expect(await cnames(account, id)).toEqual([])
  expect((await account.succeed([...destroy, '--yes'])).stdout).toMatch(/nothing has changed/)
})

test.concurrent('a zone elsewhere gets nothing made, and its records printed', async () => {
  const account = local.account()
  const ids = [await zone(account, 'example.com'), await zone(account, 'com')]
  await account.succeed(['certificate', 'request', 'example.org', '--alias', 'notexample.net'])

  const {stdout} = await account.succeed(['certificate', 'validate', 'example.org'])
  expect(stdout).toMatch(/^Nothing was made for example.org, notexample.net: /)
  expect(stdout.match(/^ {2}CNAME _\w+\.(example\.org|notexample\.net)\. -> _\S+$/gm)).toHaveLength(2)
  for (const id of ids) expect(await cnames(account, id)).toEqual([])

  const late = await account.run(['certificate', 'validate', 'example.org', '--wait', '--timeout', '60s'])
  expect(late).toMatchObject({exitCode: 7, stderr: expect.stringMatching(/CNAME _\w+\.example\.org\. -> /)})
})

test.concurrent('request does it all at once with --validate --wait', async () => {
  const account = local.account()
  await zone(account, 'example.com')

  const {stdout} = await account.succeed([
    'certificate',
    'request',
    'www.example.com',
    '--validate',
    '--wait',
    '--json',
  ])
  expect(JSON.parse(stdout)).toMatchObject({status: 'ISSUED', validation: [{state: 'made'}]})
  expect(await certificates(account)).toMatchObject([{DomainName: 'www.example.com', Status: 'ISSUED'}])
})

test.concurrent('several certificates of one domain are told apart by their ARNs', async () => {
  const account = local.account()
  await account.succeed(['certificate', 'request', 'example.com'])
  await account.succeed(['certificate', 'request', 'example.com', '--alias', 'www.example.com'])
  const arns = (await certificates(account)).map(({CertificateArn = ''}) => CertificateArn)

  const ambiguous = await account.run(['certificate', 'info', 'example.com'])
  expect(ambiguous.exitCode).toBe(2)
  for (const arn of arns) expect(ambiguous.stderr).toContain(arn)
  expect((await account.succeed(['certificate', 'info', arns[1] ?? ''])).stdout).toContain(arns[1])
})

test.concurrent('a certificate is imported, not imported again, and replaced in place', async () => {
  const account = local.account()
  const issued = [selfSigned('example.com', {days: [-10, 500]}), selfSigned('example.com', {days: [-10, 600]})] as const
  const first = ['certificate', 'import', ...(await filesOf(issued[0], 'first'))]
  const second = ['certificate', 'import', ...(await filesOf(issued[1], 'second'))]
  const arns = async () => (await certificates(account)).map(({CertificateArn}) => CertificateArn)

  const imported = await account.succeed([...first, '--verbose'])
  expect(imported.stdout).toMatch(/^Imported certificate example.com \(arn:.*\)\nIt expires on /)
  const [arn = ''] = await arns()
  expect((await account.succeed(first)).stdout).toMatch(/is imported already .*nothing has changed/)
  const replaced = await account.succeed([...second, '--verbose'])
  expect(replaced.stdout).toMatch(/^Replaced certificate example.com in place/)

  expect(await arns()).toEqual([arn])
  const {Certificate} = await account.sdk.acm.getCertificate({CertificateArn: arn})
  expect(Certificate?.trim()).toBe(issued[1].certificate.trim())
  for (const {privateKey} of issued) {
    const [, line = ''] = privateKey.split('\n')
    for (const {stdout, stderr} of [imported, replaced]) expect(stdout + stderr).not.toContain(line)
  }
})

test.concurrent('bad input is refused with exit code 2, and AWS is not called', async () => {
  const account = local.account()
  const flags = await filesOf(selfSigned('example.com'), 'good')
  const wrongKey = await filesOf(selfSigned('example.com'), 'other')
  const lines = [
    ['request', 'localhost'],
    ['request', 'example.com', '--alias', 'a..b'],
    ['request', 'example.com', '--key-type', 'RSA_512'],
    ['import', ...flags.slice(0, 2)],
    ['import', ...flags.slice(0, 2), ...wrongKey.slice(2)],
    ['import', '-c', join(folder, 'nope.pem'), ...flags.slice(2)],
    ['info', 'arn:aws:s3:::bucket'],
    ['validate', 'a b'],
  ]

  for (const line of lines) {
    const {exitCode, stdout, stderr} = await account.run(['certificate', ...line, '--verbose'])
    expect(exitCode, line.join(' ')).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/acm:|route53:/)
  }
})

test.concurrent('a certificate that a load balancer uses is not destroyed, and the load balancer is named', async () => {
  const account = local.account()
  const files = await filesOf(selfSigned('example.com', {days: [-10, 500]}), 'used')
  await account.succeed(['certificate', 'import', ...files])
  await account.succeed(['lb', 'create', 'front', '--port', '80'])
  const [{CertificateArn} = {}] = await certificates(account)
  const {LoadBalancers = []} = await account.sdk.elbv2.describeLoadBalancers({Names: ['front']})
  await account.sdk.elbv2.createListener({
    LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{CertificateArn}],
    DefaultActions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '404'}}],
  })

  const {exitCode, stderr} = await account.run(['certificate', 'destroy', 'example.com', '--yes'])
  expect(exitCode).toBe(5)
  expect(stderr).toContain(`is in use by ${LoadBalancers[0]?.LoadBalancerArn}`)
  expect(stderr).toContain('fargate lb info front')
  expect(await certificates(account)).toHaveLength(1)
  expect((await account.succeed(['certificate', 'info', 'example.com'])).stdout).toMatch(
    /Used By:\n {2}arn:.*\/front\//,
  )
})

test.concurrent('commands that look make nothing in an empty account, and no cluster', async () => {
  const account = local.account()
  const before = await account.state()

  expect(await account.run(['certificate', 'list'])).toMatchObject({exitCode: 0, stdout: 'No certificates found'})
  expect(await account.run(['certificate', 'info', 'example.com'])).toMatchObject({exitCode: 5, stdout: ''})
  expect(await account.state()).toEqual(before)
})
