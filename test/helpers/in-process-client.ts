import {inProcessRequestHandler} from '../../src/local/wire/request-handler.js'
import type {LocalService} from '../../src/local/wire/service.js'
import {createWire} from '../../src/local/wire/wire.js'

interface ClientConfig {
  readonly region: string
  readonly credentials: {accessKeyId: string; secretAccessKey: string}
  readonly requestHandler: ReturnType<typeof inProcessRequestHandler>
  readonly maxAttempts: number
  readonly disableHostPrefix: boolean
}

/** An SDK client that talks to a local service in the same process; an access key of twelve digits is the account. */
export function inProcessClient<Client>(
  Class: new (config: ClientConfig) => Client,
  service: LocalService,
  {region = 'us-east-1', accessKeyId = '000000000000'}: {region?: string; accessKeyId?: string} = {},
): Client {
  const requestHandler = inProcessRequestHandler(createWire({services: [service]}))
  const credentials = {accessKeyId, secretAccessKey: 'secret'}
  return new Class({region, credentials, requestHandler, maxAttempts: 1, disableHostPrefix: true})
}
