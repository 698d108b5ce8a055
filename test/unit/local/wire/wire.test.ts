import {describe, expect, it} from 'vitest'
import {AwsFault} from '../../../../src/local/aws-fault.js'
import {VirtualClock} from '../../../../src/local/clock.js'
import type {WireRequest} from '../../../../src/local/wire/http-message.js'
import type {RequestContext} from '../../../../src/local/wire/service.js'
import {createWire} from '../../../../src/local/wire/wire.js'
import type {FinishedCall, WireCall, WireOptions} from '../../../../src/local/wire/wire-options.js'
import type {Handle} from './sample-services.js'
import {ecsRequest, formRequest, sampleServices, sampleWire, signed} from './sample-services.js'

/** What the handler is told for a request. */
async function served(request: WireRequest, options: Partial<WireOptions> = {}) {
  const calls: {operation: string; context: RequestContext}[] = []
  const handle: Handle = (operation, _, context) => {
    calls.push({operation, context})
    return {}
  }
  const response = await sampleWire(handle, options).handle(request)
  return {response, calls, context: calls[0]?.context}
}

const stsForm = 'Action=GetCallerIdentity&Version=2011-06-15'
const unsigned = (request: Partial<WireRequest>): WireRequest => ({
  ...signed('', request),
  headers: request.headers ?? {},
})

describe('routing', () => {
  const requests: readonly {title: string; request: WireRequest; operation: string}[] = [
    {title: 'a signed JSON request', request: ecsRequest('ListClusters', '{}'), operation: 'ListClusters'},
    {title: 'a signed form', request: formRequest('sts', stsForm), operation: 'GetCallerIdentity'},
    {
      title: 'a presigned GET',
      request: unsigned({
        method: 'GET',
        query: {
          Action: 'GetCallerIdentity',
          Version: '2011-06-15',
          'X-Amz-Credential': 'AKIA/20260101/us-east-1/sts/aws4_request',
        },
      }),
      operation: 'GetCallerIdentity',
    },
    {
      title: 'an unsigned X-Amz-Target',
      request: unsigned({headers: {'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters'}, body: '{}'}),
      operation: 'ListClusters',
    },
    {title: 'an unsigned Version and Action', request: unsigned({body: stsForm}), operation: 'GetCallerIdentity'},
    {
      title: 'a REST path',
      request: signed('scheduler', {method: 'GET', path: '/schedules/nightly%2Fone', query: {groupName: 'g'}}),
      operation: 'GetSchedule',
    },
  ]

  it.each(requests)('finds the operation of $title', async ({request, operation}) => {
    const {calls, response} = await served(request)

    expect(calls.map((call) => call.operation)).toEqual([operation])
    expect(response.status).toBe(200)
  })

  it('makes no client of a service before a request for it', async () => {
    const made: string[] = []
    const services = sampleServices(() => ({})).map((service) => {
      const counted = class extends service.client {
        constructor(config: ConstructorParameters<typeof service.client>[0]) {
          super(config)
          made.push(service.signingName)
        }
      }
      return {...service, client: counted}
    })
    const wire = createWire({services})
    await wire.handle(formRequest('sts', stsForm))
    await wire.handle(formRequest('sts', stsForm))

    expect(made).toEqual(['sts'])
  })
})

describe('the context of a request', () => {
  it('has region and access key of the signature and the default account', async () => {
    const {context} = await served(ecsRequest('ListClusters', '{}'))

    expect(context).toMatchObject({
      region: 'eu-central-1',
      accessKeyId: 'AKIALOCAL',
      account: '000000000000',
      requestId: 'request-1',
    })
  })

  it('has defaults for an unsigned request', async () => {
    const options = {defaultAccount: '111111111111', defaultRegion: 'ap-south-1'}
    const {context} = await served(unsigned({body: stsForm}), options)

    expect(context).toMatchObject({region: 'ap-south-1', account: '111111111111', accessKeyId: undefined})
  })

  it('takes the account from the access key as the options say', async () => {
    const {context} = await served(ecsRequest('ListClusters', '{}'), {accountOf: (key) => `account of ${key}`})

    expect(context).toMatchObject({account: 'account of AKIALOCAL'})
  })

  it('has another request id every time', async () => {
    const wire = createWire({services: sampleServices(() => ({}))})
    const ids = await Promise.all(
      [1, 2].map(async () => (await wire.handle(ecsRequest('ListClusters', '{}'))).headers['x-amzn-requestid']),
    )

    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('a handler that throws', () => {
  const throwing = (error: unknown) => () => {
    throw error
  }

  it('keeps a status that is not the default', async () => {
    const fault = new AwsFault('ThrottlingException', 'Rate exceeded', {status: 429})
    const {status} = await sampleWire(throwing(fault)).handle(ecsRequest('ListClusters', '{}'))

    expect(status).toBe(429)
  })

  it('takes the status of the model where the fault has the default', async () => {
    const wire = sampleWire(throwing(new AwsFault('AccessDeniedException', 'no')))

    expect((await wire.handle(ecsRequest('ListClusters', '{}'))).status).toBe(403)
  })

  it('answers 500 for a fault of the server', async () => {
    const wire = sampleWire(throwing(new AwsFault('ServerException', 'no')))

    expect((await wire.handle(ecsRequest('ListClusters', '{}'))).status).toBe(500)
  })

  it('answers InternalFailure for a mistake of ours, and reports it', async () => {
    const reported: unknown[] = []
    const mistake = new TypeError('x is undefined')
    const wire = sampleWire(throwing(mistake), {onError: (error, call) => reported.push([error, call.operation])})
    const {status, body} = await wire.handle(ecsRequest('ListClusters', '{}'))

    expect(status).toBe(500)
    expect(JSON.parse(String(body))).toEqual({
      __type: 'InternalFailure',
      message: 'The local AWS failed at ecs:ListClusters: TypeError: x is undefined',
    })
    expect(reported).toEqual([[mistake, 'ListClusters']])
  })

  it('answers InternalFailure for an output that does not fit the schema', async () => {
    const wire = sampleWire(() => ({Vpcs: [{VpcId: {}}]}))
    const {status, body} = await wire.handle(formRequest('ec2', 'Action=DescribeVpcs&Version=2016-11-15'))

    expect(status).toBe(500)
    expect(body).toContain('<Code>InternalFailure</Code>')
  })
})

describe('hooks', () => {
  it('sees start and end of every request, with times of the clock', async () => {
    const clock = new VirtualClock(1_000)
    const log: [string, WireCall | FinishedCall][] = []
    const handle: Handle = async () => {
      log.push(['handler', {} as WireCall])
      await clock.advance(250)
      return {}
    }
    const wire = sampleWire(handle, {
      clock,
      onStart: (call) => log.push(['start', call]),
      onEnd: (call) => log.push(['end', call]),
    })
    await wire.handle(ecsRequest('DescribeServices', '{"services":["web"]}'))

    const call = {
      service: 'ecs',
      operation: 'DescribeServices',
      region: 'eu-central-1',
      account: '000000000000',
      accessKeyId: 'AKIALOCAL',
      requestId: 'request-1',
      input: {services: ['web']},
      startedAt: 1_000,
    }
    expect(log.map(([event]) => event)).toEqual(['start', 'handler', 'end'])
    expect(log[0]?.[1]).toEqual(call)
    expect(log[2]?.[1]).toEqual({...call, status: 200, errorCode: undefined, endedAt: 1_250})
  })

  const failing: readonly {title: string; request: WireRequest; end: object}[] = [
    {
      title: 'a refused input',
      request: ecsRequest('DescribeServices', '{"services":1}'),
      end: {
        service: 'ecs',
        operation: 'DescribeServices',
        status: 400,
        errorCode: 'SerializationException',
        input: undefined,
      },
    },
    {
      title: 'a fault',
      request: ecsRequest('ListClusters', '{}'),
      end: {service: 'ecs', operation: 'ListClusters', status: 400, errorCode: 'ClientException'},
    },
    {
      title: 'an unknown service',
      request: signed('kms', {headers: {'x-amz-target': 'TrentService.ListKeys'}}),
      end: {service: 'kms', operation: 'TrentService.ListKeys', status: 501, errorCode: 'NotImplemented'},
    },
  ]

  it.each(failing)('sees the status and the error of $title', async ({request, end}) => {
    const ended: FinishedCall[] = []
    const handle = () => {
      throw new AwsFault('ClientException', 'no')
    }
    await sampleWire(handle, {onEnd: (call) => ended.push(call)}).handle(request)

    expect(ended).toHaveLength(1)
    expect(ended[0]).toMatchObject(end)
  })

  it('lets a fault answer in the place of the handler, before the input is checked', async () => {
    const before = (call: WireCall) =>
      call.operation === 'DescribeServices' ? new AwsFault('ThrottlingException', 'Rate exceeded') : undefined
    const {calls, response} = await served(ecsRequest('DescribeServices', '{}'), {before})

    expect(calls).toEqual([])
    expect(JSON.parse(String(response.body))).toEqual({__type: 'ThrottlingException', message: 'Rate exceeded'})
  })

  it('goes on to the handler where the hook has nothing to say', async () => {
    const {calls} = await served(ecsRequest('ListClusters', '{}'), {before: () => Promise.resolve(undefined)})

    expect(calls).toHaveLength(1)
  })

  it('rejects where the connection is to be dropped, and ends the call with status 0', async () => {
    const ended: FinishedCall[] = []
    const wire = sampleWire(() => ({}), {before: () => 'drop', onEnd: (call) => ended.push(call)})

    await expect(wire.handle(ecsRequest('ListClusters', '{}'))).rejects.toThrow('ecs:ListClusters')
    expect(ended).toMatchObject([{status: 0}])
  })
})
