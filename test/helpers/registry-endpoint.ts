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
  /** A password of GetAuthorizationToken. */
  password(): Promise<string>
  close(): void
}

export async function startRegistryEndpoint(blobsFolder: string): Promise<RegistryEndpoint> {
  let host = ''
  const registry = createRegistry({clock: systemClock(), random: Math.random, host: () => host, blobsFolder})
  const server = createServer((request, response) => void registry.handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const ecr = inProcessClient(ECRClient, createEcrService(registry.store))
  return {
    registry,
    ecr,
    host,
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
}
