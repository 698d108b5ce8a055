import {VirtualClock} from '../../src/local/clock.js'
import {createLocalAws} from '../../src/local/local-aws.js'
import {RequestLog} from '../../src/local/request-log/request-log.js'
import {seedExamples} from '../../src/local/server/example-images.js'
import {takeInventory} from '../../src/local/server/inventory/inventory.js'
import {LiveFeed} from '../../src/local/server/live-feed.js'
import type {LoadBalancerAddresses} from '../../src/local/server/load-balancer-addresses.js'
import {loadBalancerAddresses} from '../../src/local/server/load-balancer-addresses.js'
import {startServer} from '../../src/local/server/server.js'

/** A local AWS on a socket whose time moves only when a test moves it. */
export interface SteeredAws {
  readonly url: string
  /** An example image, as a task definition names it. */
  image(tag: 'v1' | 'v2' | 'crash'): string
  /** Lets so many seconds of AWS time pass, with all that falls due in them. */
  pass(seconds: number): Promise<void>
  loadBalancers(): LoadBalancerAddresses[]
  close(): Promise<void>
}

/** Starts it; `close` it in `afterAll`. It shows time from the first of January 2026 on. */
export async function startSteeredAws(): Promise<SteeredAws> {
  const clock = new VirtualClock()
  const errors: string[] = []
  let host = ''
  const aws = createLocalAws({
    clock,
    seed: 1,
    host: () => host,
    listen: true,
    onError: (error, {service, operation}) => errors.push(`${service}:${operation}: ${String(error)}`),
  })
  await seedExamples(aws.registry)
  const requestLog = new RequestLog()
  const server = await startServer({
    aws: () => aws,
    port: 0,
    token: 'unused',
    describe: () => ({}),
    requestLog,
    liveFeed: new LiveFeed({look: () => takeInventory(aws), describe: () => ({}), log: requestLog, clock}),
    onRegistryRequest: () => undefined,
    reset: () => Promise.reject(new Error('not here')),
    saveFaults: () => undefined,
    save: () => true,
    stop: () => undefined,
  })
  host = `127.0.0.1:${server.port}`
  return {
    url: server.url,
    image: (tag) => `${host}/000000000000/us-east-1/fargate-examples:${tag}`,
    pass: (seconds) => clock.advance(seconds * 1000),
    loadBalancers: () => loadBalancerAddresses(aws),
    async close() {
      await aws.close()
      await server.close()
      if (errors.length > 0) throw new Error(errors.join('\n'))
    },
  }
}
