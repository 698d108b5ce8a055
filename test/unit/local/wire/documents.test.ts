import {describe, expect, it} from 'vitest'
import {AwsFault} from '../../../../src/local/aws-fault.js'
import type {WireRequest} from '../../../../src/local/wire/http-message.js'
import {ecsRequest, formRequest, sampleWire, signed} from './sample-services.js'

// The documents are as AWS's API references show them, so that they do not merely agree with the SDK's own reader.

const describeVpcs = formRequest('ec2', 'Action=DescribeVpcs&Version=2016-11-15')
const deleteLoadBalancer = formRequest(
  'elasticloadbalancing',
  'Action=DeleteLoadBalancer&Version=2015-12-01&LoadBalancerArn=arn',
)
const getHostedZone = signed('route53', {method: 'GET', path: '/2013-04-01/hostedzone/Z1'})
const getSchedule = signed('scheduler', {method: 'GET', path: '/schedules/nightly'})
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n'

interface Document {
  readonly title: string
  readonly request: WireRequest
  readonly answer: object
  readonly contentType: string
  readonly body: string
}

const outputs: readonly Document[] = [
  {
    title: 'JSON 1.1: a bare object',
    request: ecsRequest('ListClusters', '{}'),
    answer: {clusterArns: ['a"b'], nextToken: undefined},
    contentType: 'application/x-amz-json-1.1',
    body: '{"clusterArns":["a\\"b"]}',
  },
  {
    title: 'JSON 1.1: timestamps in seconds with a fraction',
    request: ecsRequest('DescribeServices', '{"services":["web"]}'),
    answer: {services: [{createdAt: new Date(1_767_225_600_250)}]},
    contentType: 'application/x-amz-json-1.1',
    body: '{"services":[{"createdAt":1767225600.25}]}',
  },
  {
    title: 'EC2: the result is not nested, and list items are called item',
    request: describeVpcs,
    answer: {Vpcs: [{VpcId: 'vpc-1', IsDefault: true, Tags: [{Key: 'a', Value: '<&>'}]}]},
    contentType: 'text/xml;charset=UTF-8',
    body:
      `${xml}<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15"><requestId>request-1</requestId>` +
      '<vpcSet><item><isDefault>true</isDefault>' +
      '<tagSet><item><key>a</key><value>&lt;&amp;&gt;</value></item></tagSet>' +
      '<vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>',
  },
  {
    title: 'query: the result is nested and the request id in the metadata',
    request: formRequest('sts', 'Action=GetCallerIdentity&Version=2011-06-15'),
    answer: {Account: '000000000000'},
    contentType: 'text/xml',
    body:
      `${xml}<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
      '<GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult>' +
      '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  },
  {
    title: 'query: an empty result',
    request: deleteLoadBalancer,
    answer: {},
    contentType: 'text/xml',
    body:
      `${xml}<DeleteLoadBalancerResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">` +
      '<DeleteLoadBalancerResult/>' +
      '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></DeleteLoadBalancerResponse>',
  },
  {
    title: 'restXml: the output is the root element',
    request: getHostedZone,
    answer: {HostedZone: {Id: '/hostedzone/Z1', Name: 'example.com.', CallerReference: 'x'}},
    contentType: 'text/xml',
    body:
      `${xml}<GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone>` +
      '<Id>/hostedzone/Z1</Id><Name>example.com.</Name><CallerReference>x</CallerReference>' +
      '</HostedZone></GetHostedZoneResponse>',
  },
  {
    title: 'restJson1: a bare object',
    request: getSchedule,
    answer: {Name: 'nightly'},
    contentType: 'application/json',
    body: '{"Name":"nightly"}',
  },
]

const faults: readonly (Document & {answer: AwsFault; status: number})[] = [
  {
    title: 'JSON 1.1: __type, message and the modelled members',
    request: ecsRequest('ListClusters', '{}'),
    answer: new AwsFault('ConflictException', 'In use.', {members: {resourceIds: ['task-1']}}),
    status: 400,
    contentType: 'application/x-amz-json-1.1',
    body: '{"message":"In use.","resourceIds":["task-1"],"__type":"ConflictException"}',
  },
  {
    title: 'EC2: Response, Errors, RequestID',
    request: describeVpcs,
    answer: new AwsFault('InvalidVpcID.NotFound', "The vpc ID 'vpc-1' does not exist"),
    status: 400,
    contentType: 'text/xml;charset=UTF-8',
    body:
      `${xml}<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code>` +
      '<Message>The vpc ID &apos;vpc-1&apos; does not exist</Message></Error></Errors>' +
      '<RequestID>request-1</RequestID></Response>',
  },
  {
    title: 'query: the short code where the handler names the exception',
    request: deleteLoadBalancer,
    answer: new AwsFault('LoadBalancerNotFoundException', 'not found'),
    status: 400,
    contentType: 'text/xml',
    body:
      `${xml}<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error>` +
      '<Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>not found</Message></Error>' +
      '<RequestId>request-1</RequestId></ErrorResponse>',
  },
  {
    title: 'restXml: the status of the model',
    request: getHostedZone,
    answer: new AwsFault('NoSuchHostedZone', 'No hosted zone found with ID: Z1'),
    status: 404,
    contentType: 'text/xml',
    body:
      `${xml}<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type>` +
      '<Code>NoSuchHostedZone</Code><Message>No hosted zone found with ID: Z1</Message></Error>' +
      '<RequestId>request-1</RequestId></ErrorResponse>',
  },
  {
    title: 'restJson1: a message with a capital, as the service has it',
    request: getSchedule,
    answer: new AwsFault('ResourceNotFoundException', 'Schedule nightly does not exist.'),
    status: 404,
    contentType: 'application/json',
    body: '{"Message":"Schedule nightly does not exist.","__type":"ResourceNotFoundException"}',
  },
]

describe('answers', () => {
  it.each(outputs)('$title', async ({request, answer, contentType, body}) => {
    const response = await sampleWire(() => answer).handle(request)

    expect(response.body).toBe(body)
    expect(response.status).toBe(200)
    expect(response.headers).toMatchObject({'content-type': contentType, 'x-amzn-requestid': 'request-1'})
  })
})

describe('errors', () => {
  it.each(faults)('$title', async ({request, answer, status, contentType, body}) => {
    const wire = sampleWire(() => {
      throw answer
    })
    const response = await wire.handle(request)

    expect(response.body).toBe(body)
    expect(response.status).toBe(status)
    expect(response.headers).toMatchObject({'content-type': contentType, 'x-amzn-requestid': 'request-1'})
  })

  it('names a restJson1 error in a header too', async () => {
    const wire = sampleWire(() => {
      throw new AwsFault('ResourceNotFoundException', 'gone')
    })
    const {headers} = await wire.handle(getSchedule)

    expect(headers['x-amzn-errortype']).toBe('ResourceNotFoundException')
  })
})
