import type {Context} from '../../src/actions/context.js'
import type {Surroundings} from '../../src/cli/context.js'
import type {GlobalFlags} from '../../src/cli/global-flags.js'

/**
 * A stand-in for src/cli/context.ts, for tests of commands: the command's own output and signal, with these clients
 * and this clock.
 */
export const contextOver =
  (parts: Pick<Context, 'aws' | 'clock'> & Partial<Context>) =>
  async (_flags: GlobalFlags, {output, signal}: Surroundings): Promise<Context> => ({
    output,
    signal,
    docker: unused('docker'),
    git: unused('git'),
    listenerUrl: async ({protocol, dnsName, port}) => `${protocol.toLowerCase()}://${dnsName}:${port}`,
    ...parts,
  })

function unused(name: string): never {
  const refuse = () => {
    throw new Error(`${name} is not used here`)
  }
  return new Proxy({}, {get: refuse}) as never
}
