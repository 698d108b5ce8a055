import {expect, test} from 'vitest'
import {listNames} from '../../../../src/actions/completion/list-names.js'
import {fakeAws} from '../../../helpers/fake-aws.js'

const arn = (resource: string) => `arn:aws:ecs:us-east-1:123456789012:${resource}`

test('names the clusters of the region in order', async () => {
  const aws = fakeAws({ecs: {ListClusters: () => ({clusterArns: [arn('cluster/web'), arn('cluster/api')]})}})

  expect(await listNames({aws}, {kind: 'cluster', cluster: 'web'})).toEqual(['api', 'web'])
})

test('names the services of the cluster', async () => {
  const aws = fakeAws({
    ecs: {ListServices: (input) => ({serviceArns: input?.cluster === 'web' ? [arn('service/web/front')] : []})},
  })

  expect(await listNames({aws}, {kind: 'service', cluster: 'web'})).toEqual(['front'])
})

test('names a domain once, however many certificates it has', async () => {
  const certificate = {
    CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0',
    DomainName: '*.example.com',
  }
  const aws = fakeAws({acm: {ListCertificates: () => ({CertificateSummaryList: [certificate, certificate]})}})

  expect(await listNames({aws}, {kind: 'certificate', cluster: 'web'})).toEqual(['*.example.com'])
})
