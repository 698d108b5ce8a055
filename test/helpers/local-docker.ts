import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {expect} from 'vitest'
import type {ProductResult} from './run-product.js'
import {runProduct} from './run-product.js'

export type LocalDocker = Awaited<ReturnType<typeof localDocker>>

/** The built program in a folder of its own, with a local AWS whose tasks are containers of this machine's engine. */
export async function localDocker() {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'containers-'))
  const stateFolder = join(folder, 'state')
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProductResult> =>
    runProduct([...args, '--json'], {
      cwd: folder,
      env: {FARGATE_STATE_DIR: stateFolder, FARGATE_LOCAL: '1', DOCKER_HOST: process.env.DOCKER_HOST, ...env},
    })
  const succeed = async (args: readonly string[]): Promise<unknown> => {
    const {exitCode, stdout, stderr} = await run(args)
    expect(exitCode, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
    return JSON.parse(stdout)
  }
  return {
    folder,
    stateFolder,
    /** In the names of the images that are built, which are the user's to keep. */
    service: `web-${folder.slice(-6).toLowerCase()}`,
    run,
    succeed,
    /** Makes a load balancer and answers the address at which it is on this machine. */
    async createLoadBalancer(name: string): Promise<string> {
      await succeed(['lb', 'create', name, '--port', '80'])
      const {loadBalancers} = (await succeed(['local', 'status'])) as {
        loadBalancers: {listeners: {url: string}[]}[]
      }
      return loadBalancers[0]?.listeners[0]?.url ?? ''
    },
    async remove(): Promise<void> {
      await run(['local', 'stop'])
      await rm(folder, {recursive: true, force: true})
      const {stdout} = await execa('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])
      const built = stdout.split('\n').filter((name) => name.includes(folder.slice(-6).toLowerCase()))
      if (built.length > 0) await execa('docker', ['image', 'rm', '--force', ...built])
    },
  }
}

/** Everything of the product in the engine, one line each. */
export async function inEngine(): Promise<string[]> {
  const lists = await Promise.all([
    execa('docker', ['ps', '--all', '--format', '{{.ID}} {{.Names}}']),
    execa('docker', ['network', 'ls', '--format', '{{.ID}} {{.Name}}']),
    execa('docker', ['volume', 'ls', '--format', '{{.Name}}']),
    execa('docker', ['image', 'ls', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}']),
  ])
  return lists.flatMap(({stdout}) => stdout.split('\n')).filter((line) => line.includes('fargate'))
}

/** `200 body`, or what went wrong. A connection of its own, so that the load balancer chooses anew; nothing is retried. */
export const get = (url: string): Promise<string> =>
  new Promise((resolve) => {
    const failed = (error: Error) => resolve(`no answer: ${error.message}`)
    request(url, {agent: false}, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('error', failed)
      response.on('end', () => resolve(`${response.statusCode} ${body.trim()}`))
    })
      .on('error', failed)
      .end()
  })

/** Sends requests at a steady rate, whether or not the ones before are answered. */
export function sendRequests(url: string, perSecond: number) {
  const answers: Promise<string>[] = []
  const timer = setInterval(() => answers.push(get(url)), 1000 / perSecond)
  return {
    /** The answers so far, in the order of the requests. */
    answers: () => Promise.all(answers),
    stop(): Promise<string[]> {
      clearInterval(timer)
      return Promise.all(answers)
    },
  }
}
