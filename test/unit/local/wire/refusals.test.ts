import {describe, expect, it} from 'vitest'
import {AwsFault} from '../../../../src/local/aws-fault.js'
import type {Violation} from '../../../../src/local/constraints/violation.js'
import type {WireRequest} from '../../../../src/local/wire/http-message.js'
import {createWire} from '../../../../src/local/wire/wire.js'
import {ecsRequest, formRequest, sampleServices, sampleWire, signed} from './sample-services.js'

const unreached = () => {
  throw new Error('the handler must not be reached')
}

const securityGroup = (form: string) => formRequest('ec2', `Action=CreateSecurityGroup&Version=2016-11-15${form}`)

const refused: readonly {title: string; request: WireRequest; status: number; code: string; message: string}[] = [
  {
    title: 'a missing member of a JSON service with InvalidParameterException',
    request: ecsRequest('DescribeServices', '{}'),
    status: 400,
    code: 'InvalidParameterException',
    message:
      "1 validation error detected: Value null at 'services' failed to satisfy constraint: Member must not be null",
  },
  {
    title: 'a missing member deep in a list, and null for absent',
    request: ecsRequest('PutAttributes', '{"attributes":[{"name":"a"},{"name":null}]}'),
    status: 400,
    code: 'InvalidParameterException',
    message:
      "1 validation error detected: Value null at 'attributes.2.member.name' failed to satisfy constraint: Member must not be null",
  },
  {
    title: 'a null item of a list',
    request: ecsRequest('DescribeServices', '{"services":["web",null]}'),
    status: 400,
    code: 'InvalidParameterException',
    message:
      "1 validation error detected: Value null at 'services.2.member' failed to satisfy constraint: Member must not be null",
  },
  {
    title: 'a missing parameter of a query service',
    request: formRequest('elasticloadbalancing', 'Action=DeleteLoadBalancer&Version=2015-12-01'),
    status: 400,
    code: 'ValidationError',
    message:
      "1 validation error detected: Value null at 'loadBalancerArn' failed to satisfy constraint: Member must not be null",
  },
  {
    title: 'missing parameters of EC2',
    request: securityGroup(''),
    status: 400,
    code: 'MissingParameter',
    message: 'The request must contain the parameter GroupDescription, GroupName',
  },
  {
    title: 'a member that the schema does not have',
    request: ecsRequest('DescribeServices', '{"services":["web"],"clusterr":"x"}'),
    status: 400,
    code: 'InvalidParameterException',
    message: 'Unknown member in the request: clusterr',
  },
  {
    title: 'an unknown member deep in the input',
    request: ecsRequest('PutAttributes', '{"attributes":[{"name":"a","colour":"b"}]}'),
    status: 400,
    code: 'InvalidParameterException',
    message: 'Unknown member in the request: attributes.1.colour',
  },
  {
    title: 'text for a number',
    request: ecsRequest('ListClusters', '{"maxResults":"5"}'),
    status: 400,
    code: 'SerializationException',
    message: 'STRING_VALUE cannot be converted to Integer',
  },
  {
    title: 'a number for text',
    request: ecsRequest('ListClusters', '{"nextToken":5}'),
    status: 400,
    code: 'SerializationException',
    message: 'NUMBER_VALUE cannot be converted to String',
  },
  {
    title: 'text for a list',
    request: ecsRequest('DescribeServices', '{"services":"web"}'),
    status: 400,
    code: 'SerializationException',
    message: 'Expected list or null',
  },
  {
    title: 'a list for text',
    request: ecsRequest('ListClusters', '{"nextToken":[]}'),
    status: 400,
    code: 'SerializationException',
    message: 'Start of list found where not expected',
  },
  {
    title: 'a list for the whole input',
    request: ecsRequest('ListClusters', '[]'),
    status: 400,
    code: 'SerializationException',
    message: 'Start of list found where not expected',
  },
  {
    title: 'a form value that is no boolean',
    request: securityGroup('&Description=d&GroupName=g&DryRun=maybe'),
    status: 400,
    code: 'InvalidParameterValue',
    message: "'maybe' is not a boolean",
  },
  {
    title: 'an operation that a service does not emulate',
    request: ecsRequest('CreateCapacityProvider', '{}'),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate ecs: CreateCapacityProvider',
  },
  {
    title: 'another API version under the same signing name',
    request: formRequest('elasticloadbalancing', 'Action=DescribeLoadBalancers&Version=2012-06-01'),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate elasticloadbalancing: DescribeLoadBalancers (version 2012-06-01)',
  },
  {
    title: 'a REST path that no operation has',
    request: signed('route53', {method: 'DELETE', path: '/2013-04-01/hostedzone/Z1'}),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate route53: DELETE /2013-04-01/hostedzone/Z1',
  },
  {
    title: 'an unknown service that speaks JSON',
    request: signed('kms', {headers: {'x-amz-target': 'TrentService.ListKeys'}, body: '{}'}),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate kms: TrentService.ListKeys',
  },
  {
    title: 'an unknown query service',
    request: formRequest('monitoring', 'Action=ListMetrics&Version=2010-08-01'),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate monitoring: ListMetrics (version 2010-08-01)',
  },
  {
    title: 'an unknown service that speaks XML over REST',
    request: signed('s3', {method: 'GET', path: '/bucket'}),
    status: 501,
    code: 'NotImplemented',
    message: 'The local AWS does not emulate s3: GET /bucket',
  },
]

describe('before any handler runs, the wire refuses', () => {
  it.each(refused)('$title', async ({request, status, code, message}) => {
    const response = await sampleWire(unreached).handle(request)

    expect({status: response.status, ...errorIn(String(response.body))}).toEqual({status, code, message})
  })

  it('a body that is no JSON', async () => {
    const {status, body} = await sampleWire(unreached).handle(ecsRequest('ListClusters', '{"maxResults":'))

    expect(status).toBe(400)
    expect(errorIn(String(body)).code).toBe('SerializationException')
  })

  it('a body that is no XML', async () => {
    const request = signed('route53', {path: '/2013-04-01/hostedzone', body: '<CreateHostedZoneRequest><Name>'})
    const {status, body} = await sampleWire(unreached).handle(request)

    expect(status).toBe(400)
    expect(errorIn(String(body)).code).toBe('InvalidInput')
  })

  it('in the words of a service that has its own', async () => {
    const services = sampleServices(unreached).map((service) => ({
      ...service,
      requestFaults: {
        invalid: (violations: readonly Violation[]) =>
          new AwsFault('ClientException', `no ${violations.map(({path}) => path).join()}`),
      },
    }))
    const {body} = await createWire({services}).handle(ecsRequest('DescribeServices', '{}'))

    expect(errorIn(String(body))).toEqual({code: 'ClientException', message: 'no services'})
  })
})

it('takes __type in a request, and an empty body for an empty input', async () => {
  const inputs: unknown[] = []
  const wire = sampleWire((_, input) => {
    inputs.push(input)
    return {}
  })
  await wire.handle(ecsRequest('ListClusters', ''))
  const {status} = await wire.handle(ecsRequest('DescribeServices', '{"__type":"x","services":[]}'))

  expect(status).toBe(200)
  expect(inputs[0]).toEqual({})
  expect(inputs[1]).toMatchObject({services: []})
})

it('ignores parameters of a form that the operation does not have, as AWS does', async () => {
  const {status} = await sampleWire(() => ({})).handle(
    formRequest('sts', 'Action=GetCallerIdentity&Version=2011-06-15&Colour=red'),
  )

  expect(status).toBe(200)
})

/** Code and message of a JSON or XML error. */
function errorIn(body: string): {code: string | undefined; message: string | undefined} {
  if (body.startsWith('<')) {
    const unescaped = body.replaceAll('&apos;', "'")
    return {
      code: /<Code>(.*)<\/Code>/.exec(unescaped)?.[1],
      message: /<Message>(.*)<\/Message>/.exec(unescaped)?.[1],
    }
  }
  const {__type, message, Message} = JSON.parse(body) as Record<string, string>
  return {code: __type, message: message ?? Message}
}
