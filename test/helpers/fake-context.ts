import type {Context} from '../../src/actions/context.js'
import type {Docker} from '../../src/docker/docker.js'
import type {GitState} from '../../src/git/git.js'
import type {MemoryOutput} from '../../src/output/memory.js'
import {createMemoryOutput} from '../../src/output/memory.js'
import type {FakeHandlers} from './fake-aws.js'
import {fakeAws} from './fake-aws.js'
import type {VirtualClock} from './product-clock.js'
import {createVirtualClock} from './product-clock.js'

export interface FakeContext extends Context {
  readonly aws: ReturnType<typeof fakeAws>
  readonly output: MemoryOutput
  readonly clock: VirtualClock
  readonly docker: Docker & {readonly done: readonly string[]}
  /** As Ctrl-C does. */
  readonly interrupt: () => void
}

export interface FakeSurroundings {
  readonly git?: GitState
  readonly docker?: Partial<Docker>
  /** To questions; without any nobody is there to be asked. */
  readonly answers?: readonly boolean[]
}

/** What an action works with, over fake AWS calls. */
export function fakeContext(handlers: FakeHandlers, surroundings: FakeSurroundings = {}): FakeContext {
  const {git = {kind: 'commit', commit: 'abc1234', dirty: false}, answers} = surroundings
  const abort = new AbortController()
  return {
    aws: fakeAws(handlers),
    output: createMemoryOutput(answers),
    clock: createVirtualClock(),
    docker: fakeDocker(surroundings.docker),
    git: {describe: async () => git},
    signal: abort.signal,
    interrupt: () => abort.abort(),
    listenerUrl: async ({protocol, port, dnsName}) => `${protocol.toLowerCase()}://${dnsName}:${port}`,
  }
}

/** A docker that does all it is told at once. */
function fakeDocker(overrides: Partial<Docker> = {}): FakeContext['docker'] {
  const done: string[] = []
  return {
    done,
    available: async () => {
      done.push('available')
    },
    checkContext: async () => undefined,
    build: async ({tags, platform}) => {
      done.push(`build ${tags.join()} for ${platform}`)
    },
    tag: async (source, target) => {
      done.push(`tag ${source} ${target}`)
    },
    login: async ({registry, username}) => {
      done.push(`login ${registry} ${username}`)
    },
    push: async ({reference}) => {
      done.push(`push ${reference}`)
      return {digest: undefined}
    },
    inspect: async () => undefined,
    removeImage: async () => undefined,
    ...overrides,
  }
}
