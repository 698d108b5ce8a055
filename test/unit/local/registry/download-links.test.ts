import type {GetDownloadUrlForLayerCommandOutput} from '@aws-sdk/client-ecr'
import {expect, test} from 'vitest'
import {createEcrService} from '../../../../src/local/services/ecr/service.js'
import {callOperation} from '../../../helpers/call-operation.js'
import type {RegistryServer} from './registry-server.js'
import {errorOf, scope, startRegistry} from './registry-server.js'

async function downloadUrl(server: RegistryServer, layerDigest: string): Promise<string> {
  const request = {...scope, requestId: 'request', accessKeyId: undefined}
  const input = {repositoryName: 'app', layerDigest}
  const service = createEcrService(server.registry.store)
  const answer = await callOperation(service, 'GetDownloadUrlForLayer', input, request)
  return (answer as GetDownloadUrlForLayerCommandOutput).downloadUrl ?? ''
}

test('a download URL brings a layer without a login, for an hour', async () => {
  await using server = await startRegistry()
  const {digest} = await server.push('content')
  const url = await downloadUrl(server, digest)

  expect(await (await fetch(url)).text()).toBe('content')
  await server.clock.advance(60 * 60 * 1000)
  expect((await fetch(url)).status).toBe(401)
})

test('a download URL opens its own layer only, and only to read it', async () => {
  await using server = await startRegistry()
  const [mine, other] = [await server.push('mine'), await server.push('other')]
  const url = await downloadUrl(server, mine.digest)

  const refused = [
    await fetch(url.replace(mine.digest, other.digest)),
    await fetch(url.replace('/app/', '/another/')),
    await fetch(url.replace(/expires=\d/, 'expires=9')),
    await fetch(url.replace(/signature=.*/, 'signature=')),
    await fetch(url, {method: 'DELETE'}),
  ]

  for (const response of refused) {
    expect(await errorOf(response)).toEqual({status: 401, code: 'UNAUTHORIZED', message: 'Not Authorized'})
  }
})
