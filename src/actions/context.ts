import type {AwsClients} from '../aws/clients.js'
import type {Docker} from '../docker/docker.js'
import type {Git} from '../git/git.js'
import type {Clock} from '../lib/clock.js'
import type {Output} from '../output/output.js'

/** What a command works with; an action takes the parts that it uses. Made in src/cli/context.ts. */
export interface Context {
  readonly aws: AwsClients
  readonly docker: Docker
  readonly git: Git
  readonly output: Output
  readonly clock: Clock
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Where a load balancer's listener is reached from this machine: its DNS name, or a loopback address for a local AWS. */
  readonly listenerUrl: (listener: ListenerAddress) => Promise<string>
}

export interface ListenerAddress {
  readonly loadBalancerArn: string
  readonly dnsName: string
  readonly protocol: string
  readonly port: number
}
