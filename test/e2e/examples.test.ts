import {readFileSync} from 'node:fs'
import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import type {ExampleShell} from '../helpers/example-shell.js'
import {exampleShell} from '../helpers/example-shell.js'
import type {FakeDocker} from '../helpers/fake-docker.js'
import {createFakeDocker} from '../helpers/fake-docker.js'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'
import {authority, leaf} from '../unit/local/services/acm/materials.js'

let local: LocalServer
let docker: FakeDocker
let root: string

beforeAll(async () => {
  ;[local, docker] = await Promise.all([startLocalServer({speed: 100}), createFakeDocker()])
  root = await mkdtemp(join(await realpath(tmpdir()), 'fargate-examples-'))
})

afterAll(async () => {
  await local?.stop()
  await docker?.remove()
  if (root !== undefined) await rm(root, {force: true, recursive: true})
})

interface World {
  readonly account: LocalAccount
  readonly shell: ExampleShell
  readonly folder: string
}

/** A line of a story: an example as it is printed, or what has to happen in between. */
type Line =
  | string
  | {readonly example: string; readonly typed: string}
  | {readonly example: string; readonly until: 'Ctrl-C'}
  | {readonly example: string; readonly shell: 'zsh' | 'pwsh'}
  | ((world: World) => Promise<unknown>)

const typed = (example: string, text: string): Line => ({example, typed: text})
const inShell = (shell: 'zsh' | 'pwsh', example: string): Line => ({example, shell})
const followed = (example: string): Line => ({example, until: 'Ctrl-C'})
/** A command that is no example. */
const command =
  (...args: string[]): Line =>
  ({account}) =>
    account.succeed(args)
const file =
  (name: string, text: string): Line =>
  ({folder}) =>
    writeFile(join(folder, name), text)

const dockerfile = (version: number) => `FROM scratch\nLABEL fargate.simulate.response="version ${version}"\n`
const v1 = () => exampleImage(local, 'v1')

const stories: Readonly<Record<string, readonly Line[]>> = {
  'a service from a folder': [
    file('Dockerfile', dockerfile(1)),
    'fargate lb create web --port 80',
    'fargate service create web --port 80 --lb web',
    'fargate service create api --port HTTP:8080 --lb web --rule path=/api/* --num 3',
    'fargate service list',
    'fargate service info web',
    'fargate service info web --verbose',
    'fargate service info web --json',
    'fargate service ps web',
    'fargate service ps web --all',
    'fargate service logs web --start 1h --filter ERROR --timestamps',
    'fargate service logs web --start "2026-01-31 09:36:00 UTC" --end "2026-01-31 10:00:00 UTC"',
    followed('fargate service logs web --follow --tail 20'),
    'fargate lb list',
    'fargate lb info web',
    'fargate lb list --region eu-central-1 --json',
    'fargate lb info web --cluster production --json',
    file('Dockerfile', dockerfile(2)),
    'fargate service deploy web',
    'fargate service deploy web --no-wait --json',
    command('service', 'destroy', 'api', '--force', '--yes'),
    'fargate service destroy web --force --dry-run',
    typed('fargate service destroy web --force', 'y\n'),
    'fargate lb destroy web --yes --dry-run',
    typed('fargate lb destroy web', 'y\n'),
  ],
  'a service that changes': [
    command('lb', 'create', 'web', '--port', '80'),
    ({account}) => account.succeed(['service', 'create', 'web', '--port', '80', '--lb', 'web', '--image', v1()]),
    'fargate service update web --cpu 512 --memory 1GB',
    'fargate service update web --health-check-grace-period 2m --no-circuit-breaker',
    'fargate service update web --ephemeral-storage 50 --log-retention 90 --tag team=blue --dry-run',
    'fargate service scale web 5',
    'fargate service scale web +2',
    'fargate service scale web -1 --no-wait',
    command('service', 'scale', 'web', '1'),
    'fargate service env set web --env LOG_LEVEL=debug --env ORIGINS=a.example.com,b.example.com',
    file('production.env', 'LOG_LEVEL=info\n'),
    'fargate service env set web --env-file production.env --no-wait',
    'fargate service env list web',
    'fargate service env list web > web.env',
    'fargate service env unset web --key LOG_LEVEL,ORIGINS --dry-run',
    'fargate service env unset web --key LOG_LEVEL',
    'fargate service list --cluster production --json',
  ],
  'a service with secrets and a past': [
    ({account}) => account.succeed(['service', 'create', 'web', '--image', v1()]),
    typed('fargate service secret set web DB_PASSWORD', 'typed in secret\n'),
    file('password.txt', 'from a file\n'),
    'fargate service secret set web DB_PASSWORD --stdin < password.txt',
    ({account}) => account.parameter('/shared/api-token'),
    'fargate service secret set web --secret API_TOKEN=/shared/api-token',
    'fargate service secret list web',
    'fargate service secret unset web --key DB_PASSWORD --keep',
    'fargate service restart web',
    'fargate service revisions web',
    'fargate service revisions web --limit 50 --all',
    'fargate service rollback web --dry-run',
    'fargate service rollback web',
    'fargate service rollback web 1',
    ({shell}) => shell.run('fargate service secret set web DB_PASSWORD --stdin < password.txt'),
    'fargate service secret unset web --key DB_PASSWORD',
    withInstances,
    'fargate service debug web --capacity-provider debugging',
    'fargate service debug web --back',
    'fargate service deploy web --image public.ecr.aws/nginx/nginx:1.27',
    'fargate service destroy web --force --yes --keep-logs --keep-images',
    'fargate service create worker --image public.ecr.aws/nginx/nginx:latest --cpu 512 --memory 1GB',
  ],
  tasks: [
    'fargate task run migrate --image public.ecr.aws/docker/library/busybox:1.37 --command "sleep 5"',
    'fargate task run migrate --image public.ecr.aws/docker/library/busybox:1.37 --command "sleep 5" --follow --exit-code',
    'fargate task run report --image public.ecr.aws/docker/library/busybox:1.37 --num 12 --spot',
    'fargate task list',
    'fargate task list --cluster production --json',
    'fargate task logs migrate',
    'fargate task logs migrate --start 2d --filter ERROR --timestamps',
    followed('fargate task logs migrate --follow --tail 20'),
    ({account}) => account.succeed(['task', 'run', 'migrate', '--image', v1()]),
    'fargate task info migrate',
    'fargate task info migrate --all --json',
    'fargate task ps migrate',
    'fargate task ps migrate --all',
    'fargate task stop migrate --no-wait',
    ({account}) => account.succeed(['task', 'run', 'migrate', '--image', v1()]),
    'fargate task stop migrate',
    'fargate config',
    'fargate config --cluster staging --json',
  ],
  completion: [
    'source <(fargate completion bash)',
    inShell('zsh', 'source <(fargate completion zsh)'),
    ({folder}) => mkdir(join(folder, '.config', 'fish', 'completions'), {recursive: true}),
    'fargate completion fish > ~/.config/fish/completions/fargate.fish',
    inShell('pwsh', 'fargate completion powershell | Out-String | Invoke-Expression'),
  ],
  'certificates and domains': [
    ({account}) => account.sdk.route53.createHostedZone({Name: 'example.com', CallerReference: 'one'}),
    certificateFiles,
    ({shell}) => shell.run('cat leaf.pem chain.pem > cert.pem'),
    'fargate certificate import --certificate cert.pem --key key.pem',
    ({shell}) => shell.run('cp leaf.pem cert.pem'),
    'fargate certificate import -c cert.pem -k key.pem --chain chain.pem',
    'fargate certificate request example.com --alias www.example.com',
    'fargate certificate request example.com --key-type EC_prime256v1',
    "fargate certificate request '*.example.com' --validate --wait",
    command('certificate', 'request', 'www.example.com'),
    'fargate certificate list',
    'fargate certificate list --region us-east-1 --json',
    'fargate certificate info www.example.com',
    'fargate certificate info www.example.com --json',
    'fargate certificate validate www.example.com',
    'fargate certificate validate www.example.com --wait',
    'fargate lb create shop --port 443 --certificate www.example.com --redirect-http',
    'fargate lb create api --port HTTP:8080 --scheme internal',
    'fargate lb create db --port TCP:5432',
    command('lb', 'create', 'web', '--port', '80'),
    'fargate lb alias web www.example.com',
    'fargate lb alias web www.example.com --replace --dry-run',
    command('lb', 'destroy', 'shop', '--yes'),
    'fargate certificate destroy www.example.com --yes --dry-run',
    typed('fargate certificate destroy www.example.com', 'y\n'),
  ],
}

/** A local AWS of its own, in the folder of the story. */
const localStory: readonly Line[] = [
  file('faults.json', JSON.stringify({faults: [{kind: 'throttle', every: 3}]})),
  'fargate local start --faults faults.json --seed 7',
  'fargate local stop',
  'fargate local reset',
  'fargate local start --speed 10 --runtime simulated',
  'fargate local start',
  'fargate local status',
  'eval "$(fargate local env)"',
  'fargate local fault add throttle --operation ecs:UpdateService --count 3',
  'fargate local fault add no-capacity --service-name web --for 2m',
  'fargate local fault add latency --service ecs --delay 3s --probability 0.2',
  'fargate local fault add --file faults.json',
  'fargate local fault list',
  'fargate local fault remove throttle-1',
  'fargate local fault clear',
  async ({account}) => expect((await account.run(['lb', 'info', 'nope'])).exitCode).toBe(5),
  'fargate local logs',
  followed('fargate local logs --follow --errors'),
  'fargate local logs --service ecs --json',
  async ({shell}) => {
    if (await hasAwsCli()) await shell.run(withAwsCli)
  },
  ({shell}) => shell.run('fargate local stop'),
  followed('fargate local start --foreground'),
  'fargate local start --state-dir ./second',
  ({shell}) => shell.run('fargate local stop --state-dir ./second'),
]
const withAwsCli = 'eval "$(fargate local env)" && aws ecs list-clusters'

const hasAwsCli = async (): Promise<boolean> => (await execa('aws', ['--version'], {reject: false})).exitCode === 0

async function withInstances({account: {id, sdk}}: World): Promise<void> {
  const name = 'debugging'
  const autoScalingGroupArn = `arn:aws:autoscaling:us-east-1:${id}:autoScalingGroup:11111111-2222-3333-4444-555555555555:autoScalingGroupName/${name}`
  await sdk.ecs.createCapacityProvider({name, autoScalingGroupProvider: {autoScalingGroupArn}})
  const capacityProviders = [name, 'FARGATE']
  await sdk.ecs.putClusterCapacityProviders({
    cluster: 'fargate',
    capacityProviders,
    defaultCapacityProviderStrategy: [],
  })
}

async function certificateFiles({folder}: World): Promise<void> {
  const issuer = authority('Examples')
  const {certificate, privateKey} = leaf(['shop.example.org'], issuer)
  await writeFile(join(folder, 'leaf.pem'), certificate)
  await writeFile(join(folder, 'key.pem'), privateKey)
  await writeFile(join(folder, 'chain.pem'), issuer.certificate)
}

async function tell(lines: readonly Line[], world: World): Promise<void> {
  for (const line of lines) {
    if (typeof line === 'string') await world.shell.run(line)
    else if (typeof line === 'function') await line(world)
    else if ('shell' in line) await world.shell.runIn(line.shell, line.example)
    else if ('typed' in line) await world.shell.type(line.example, line.typed)
    else await world.shell.interrupt(line.example)
  }
}

type Example = string | {readonly command: string}

const timeout = 240_000

test.concurrent.each(Object.keys(stories))('the examples run as printed: %s', {timeout}, async (title) => {
  const account = local.account()
  const folder = join(root, account.id)
  await mkdir(folder)
  const shell = await exampleShell(folder, {...account.env, ...docker.env})

  await tell(stories[title] ?? [], {account, shell, folder})
})

test.concurrent('the examples run as printed: the local AWS', {timeout}, async () => {
  const folder = await mkdtemp(join(root, 'local-'))
  const state = {FARGATE_STATE_DIR: join(folder, 'state')}
  const shell = await exampleShell(folder, state)
  const run: LocalAccount['run'] = (args) => runProduct(args, {env: {...state, FARGATE_LOCAL: '1'}})
  const account = {...local.account(), run}

  await tell(localStory, {account, shell, folder})
})

test('every command has an example, and each one is told', () => {
  const manifest = JSON.parse(readFileSync(join(inject('product'), 'oclif.manifest.json'), 'utf8'))
  const commands = Object.entries(manifest.commands as Record<string, {examples?: Example[]; hidden?: boolean}>)
  const printed = commands.flatMap(([id, {examples = []}]) =>
    examples.map((example) =>
      (typeof example === 'string' ? example : example.command)
        .replaceAll('<%= config.bin %>', 'fargate')
        .replaceAll('<%= command.id %>', id.replaceAll(':', ' ')),
    ),
  )
  const told = [...Object.values(stories).flat(), ...localStory].flatMap((line) =>
    typeof line === 'function' ? [] : [typeof line === 'string' ? line : line.example],
  )

  expect(commands.filter(([, {examples = [], hidden}]) => !hidden && examples.length === 0)).toEqual([])
  expect([...told, withAwsCli].toSorted()).toEqual(printed.toSorted())
})
