import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {ECRClient, GetAuthorizationTokenCommand} from '@aws-sdk/client-ecr'
import {systemClock} from '../../src/local/clock.js'
import type {Registry} from '../../src/local/registry/registry.js'
import {createRegistry} from '../../src/local/registry/registry.js'
import {createEcrService} from '../../src/local/services/ecr/service.js'
import {inProcessClient} from './in-process-client.js'

/** The registry on a port of loopback, with ECR's API on the same store. */
export interface RegistryEndpoint {
  readonly registry: Registry
  readonly ecr: ECRClient
  /** Address and port. */
  readonly host: string
  /** Method and path of what was asked for, in its order. */
  readonly requests: readonly string[]
  /** Called with each request before it is answered. */
  onRequest: (request: string) => Promise<void>
  /** A password of GetAuthorizationToken. */
  password(): Promise<string>
  close(): void
}

export async function startRegistryEndpoint(blobsFolder: string): Promise<RegistryEndpoint> {
  let host = ''
  const registry = createRegistry({clock: systemClock(), random: Math.random, host: () => host, blobsFolder})
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`
    requests.push(line)
    await endpoint.onRequest(line)
    await registry.handle(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const ecr = inProcessClient(ECRClient, createEcrService(registry.store))
  const endpoint: RegistryEndpoint = {
    registry,
    ecr,
    host,
    requests,
    onRequest: () => Promise.resolve(),
    async password() {
      const {authorizationData} = await ecr.send(new GetAuthorizationTokenCommand({}))
      const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString()
      return token.slice('AWS:'.length)
    },
    close() {
      registry.close()
      server.closeAllConnections()
      server.close()
    },
  }
  return endpoint
}
