import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import type {Server} from 'node:http'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, test, vi} from 'vitest'
import LbCreate from '../../../commands/lb/create.js'
import LbDestroy from '../../../commands/lb/destroy.js'
import LbInfo from '../../../commands/lb/info.js'
import LocalStart from '../../../commands/local/start.js'
import ServiceCreate from '../../../commands/service/create.js'
import ServiceDeploy from '../../../commands/service/deploy.js'
import ServiceInfo from '../../../commands/service/info.js'
import ServiceList from '../../../commands/service/list.js'
import ServiceLogs from '../../../commands/service/logs.js'
import ServiceScale from '../../../commands/service/scale.js'
import {CliError} from '../../../src/errors/errors.js'
import {runCommand} from '../../helpers/run-command.js'

const commands = {
  'lb create': LbCreate,
  'lb destroy': LbDestroy,
  'lb info': LbInfo,
  'local start': LocalStart,
  'service create': ServiceCreate,
  'service deploy': ServiceDeploy,
  'service info': ServiceInfo,
  'service list': ServiceList,
  'service logs': ServiceLogs,
  'service scale': ServiceScale,
}

let aws: Server
let folder: string
let requests = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-bad-input-'))
  aws = createServer((_request, response) => {
    requests += 1
    response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve))
  await writeFile(join(folder, 'no-equals.env'), 'A=1\nhunter2\n')
  await writeFile(join(folder, 'export.env'), '\nexport PASSWORD=hunter2\n')
  await writeFile(join(folder, 'space.env'), '# comment\n\nPASS WORD=hunter2\n')
  await writeFile(join(folder, 'no-name.env'), '=hunter2\n')
})

afterAll(async () => {
  aws.close()
  await rm(folder, {force: true, recursive: true})
})

beforeEach(() => {
  requests = 0
  const {port} = aws.address() as AddressInfo
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  vi.stubEnv('FARGATE_STATE_DIR', folder)
  vi.stubEnv('FARGATE_LOCAL', undefined)
  vi.stubEnv('FARGATE_JSON', undefined)
})

async function refused(command: keyof typeof commands, argv: readonly string[]): Promise<string> {
  const {error, stdout, stderr} = await runCommand(commands[command] as never, argv, command.replace(' ', ':'))
  expect(error, stderr).toBeInstanceOf(CliError)
  expect((error as CliError).exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(requests).toBe(0)
  return stderr
}

const create = ['web', '--image', 'nginx']
const behind = [...create, '--port', '80', '--lb', 'front']
const long = (length: number) => 'a'.repeat(length)

type Row = readonly [argv: readonly string[], says: string]

const ofCreate: readonly Row[] = [
  [[...create, '--port', '0'], '--port: port 0 is not valid: use a number from 1 to 65535'],
  [[...create, '--port', '70000'], '--port: port 70000 is not valid'],
  [[...create, '--port', 'http:x'], '--port: port x is not valid'],
  [
    [...create, '--port', 'UDP:53'],
    'protocol UDP in port UDP:53 is not supported by this tool: use HTTP, HTTPS or TCP',
  ],
  [[...create, '--port', '80:80:80'], 'port 80:80:80 has too many fields: use PROTOCOL:PORT'],
  [[...create, '--port', ':80'], 'port :80 has no protocol before the colon'],
  [[...create, '--port', ''], '--port: port "" is not valid'],
  [[...create, '--port', '80', '--port', '90'], 'flag --port can only be specified once'],
  [[...create, '--lb', 'front'], '--lb front needs --port'],
  [[...create, '--rule', 'path=/a'], '--rule needs --lb'],
  [[...create, '--replace-default'], '--replace-default needs --lb'],
  [[...behind, '--rule', '/api'], '--rule: rule /api has no "=": use path=/api/* or host=example.com'],
  [[...behind, '--rule', 'hostname=x.com'], 'rule type hostname in hostname=x.com is not valid: use path or host'],
  [[...behind, '--rule', 'path='], 'rule path= has no value'],
  [[...behind, '--rule', 'path=a'], 'path a in rule path=a does not start with / or *: use /a'],
  [[...behind, '--rule', 'path=/a,/b'], 'rule /b has no "="'],
  [[...behind, '--rule', 'host=nodot'], 'host nodot in rule host=nodot has no dot'],
  [[...behind, '--rule', 'path=/a,path=/a'], 'rule path=/a is given more than once: give each rule once'],
  [[...behind, '--rule', 'path=/*a*b*c*d*e*f*'], 'has too many wildcards: use at most 6 of * and ?'],
  [[...create, '--port', 'TCP:80', '--lb', 'x', '--rule', 'path=/a'], '--rule needs an HTTP or HTTPS port, not TCP:80'],
  [['my service', '--image', 'x'], 'SERVICE: service name "my service" is not valid: use letters, digits'],
  [['', '--image', 'x'], 'SERVICE: service name "" is not valid'],
  [[long(248), '--image', 'x'], 'has 248 characters: use at most 247'],
  [['--image', 'x'], 'missing argument SERVICE (name of the new service)'],
  [['a', 'b', '--image', 'x'], 'unexpected argument b'],
  [[...create, '--cpu', '300'], 'cpu 300 is not valid: use 256, 512, 1024'],
  [
    [...create, '--memory', '8192'],
    'memory 8192 does not go with cpu 256 on Fargate: use memory 2048 with cpu 256, or cpu 1024',
  ],
  [[...create, '--memory', 'lots'], 'memory lots is not valid: use MiB'],
  [[...create, '--cpu', '256', '--cpu', '512'], 'flag --cpu can only be specified once'],
  [[...create, '--ephemeral-storage', '5'], 'ephemeral storage 5 is not valid: use a number from 21 to 200 GiB'],
  [[...create, '--num', '0'], '--num: expected an integer greater than or equal to 1 but received: 0'],
  [[...create, '--num', 'x'], '--num: expected an integer but received: x'],
  [[...create, '--num', '5001'], '--num: expected an integer less than or equal to 5000 but received: 5001'],
  [[...create, '--architecture', 'mips'], '--architecture=mips to be one of: x86_64, arm64'],
  [[...create, '--env', 'NAME'], 'environment variable NAME has no "=": use KEY=value'],
  [[...create, '--env', '=x'], 'an environment variable has no name before "="'],
  [[...create, '--env', 'A B=1'], 'environment variable name "A B" has a space'],
  [[...create, '--secret', 'TOKEN'], 'secret TOKEN has no "="'],
  [[...create, '--secret', 'TOKEN='], 'secret TOKEN= has no source after "="'],
  [
    [...create, '--secret', 'T=arn:aws:s3:::b'],
    'secret T comes from arn:aws:s3:::b, which is neither a Secrets Manager secret',
  ],
  [
    [...create, '--secret', 'A=/x:3'],
    'secret A comes from /x:3, which is not the name of an SSM parameter: leave out the colon',
  ],
  [[...create, '--secret', 'A=/x', '--secret', 'A=/y'], 'secret A is given more than once: give each name once'],
  [
    [...create, '--env', 'A=1', '--secret', 'A=/x'],
    'A is both an environment variable and a secret: keep one of the two',
  ],
  [[...create, '--tag', 'team'], 'tag team has no "=": use KEY=value'],
  [[...create, '--tag', 'fargate:managed=no'], 'tag fargate:managed=no starts with fargate:, which this tool sets'],
  [[...create, '--tag', 'aws:x=1'], 'tag aws:x=1 starts with aws:, which AWS keeps for itself'],
  [[...create, '--tag', 'a=1', '--tag', 'a=2'], 'tag a is given more than once: give each key once'],
  [[...create, '--tag', 'a=%'], 'tag a=% has a character that AWS does not take'],
  [[...behind, '--health-check-path', 'health'], 'health check path health does not start with /: use e.g. /health'],
  [
    [...behind, '--health-check-interval', '3'],
    'health check interval 3 is not valid: use a number from 5 to 300 seconds',
  ],
  [[...behind, '--health-check-interval', 'x'], '--health-check-interval: expected an integer but received: x'],
  [[...behind, '--health-check-timeout', '20'], 'health check timeout 20 is not shorter than the interval 10'],
  [[...behind, '--health-check-codes', '600'], 'health check code 600 is not valid: use codes from 200 to 499'],
  [[...behind, '--health-check-healthy', '1'], 'healthy threshold 1 is not valid: use a number from 2 to 10'],
  [
    [...behind, '--deregistration-delay', '2h'],
    'deregistration delay 2h is not valid: use a number from 0 to 3600 seconds',
  ],
  [[...create, '--health-check-path', '/health'], '--health-check-… needs --lb'],
  [[...create, '--health-check-healthy', '3'], '--health-check-… needs --lb'],
  [[...create, '--health-check-grace-period', '1m'], '--health-check-grace-period needs --lb'],
  [[...create, '--deregistration-delay', '5s'], '--deregistration-delay needs --lb'],
  [
    [...create, '--port', 'TCP:80', '--lb', 'x', '--health-check-path', '/x'],
    '--health-check-path and --health-check-codes need an HTTP port',
  ],
  [[...create, '--log-retention', '10'], 'log retention 10 is not valid: CloudWatch Logs takes 7 or 14 days, or never'],
  [[...create, '--log-retention', 'forever'], 'log retention forever is not valid: use a number of days or never'],
  [
    [...create, '--subnet-id', 'vpc-12345678'],
    '--subnet-id: subnet id vpc-12345678 is not valid: use subnet- and 8 or 17',
  ],
  [[...create, '--subnet-id', ''], '--subnet-id: a value is empty'],
  [[...create, '--security-group-id', 'sg-xyz'], 'security group id sg-xyz is not valid: use sg- and 8 or 17'],
  [
    [...create, '--security-group-id', [1, 2, 3, 4, 5, 6].map((digit) => `sg-0000000${digit}`).join()],
    '6 security groups are too many: use at most 5',
  ],
  [
    [...create, '--launch-type', 'FARGATE', '--capacity-provider', 'blue=1'],
    '--capacity-provider cannot also be provided when using --launch-type',
  ],
  [[...create, '--dockerfile', 'D'], '--dockerfile cannot also be provided when using --image'],
  [[...create, '--context', '.'], '--context cannot also be provided when using --image'],
  [[...create, '--build-arg', 'X=1'], 'cannot also be provided when using --image'],
  [[...create, '--command', 'a', '--task-command', 'b'], '--command cannot also be provided when using --task-command'],
  [[...create, '--command', 'sh -c "echo'], 'has a " without its pair: close it or escape it'],
  [[...create, '--command', 'a && b'], 'command "a && b" has &&, which only a shell understands'],
  [[...create, '--command', ''], 'command "" is empty: name a program'],
  [[...create, '--task-command', 'a,"b'], 'list a,"b has a quote in the wrong place'],
  [[...create, '--task-role', 'my role'], 'role "my role" is not valid'],
  [[...create, '--task-role', 'arn:aws:s3:::x'], 'role arn:aws:s3:::x is the ARN of something else'],
  [['web', '--image', 'Nginx:1'], 'image Nginx:1 is not valid: repository Nginx has capitals: use nginx'],
  [['web', '--image', 'nginx:'], 'image nginx: is not valid: tag "" is not valid'],
  [['web', '--image', 'https://x/y'], 'image https://x/y is not valid: it starts with a scheme'],
  [['web', '--image'], 'flag --image expects a value'],
  [['web', '--imag', 'nginx'], 'unknown flag --imag; did you mean --image?'],
  [['web', '--build-arg', '1X=2'], '--build-arg: "1X=2" is not valid: use NAME=value or NAME'],
  [['web', '--dockerfile', '/nowhere/Dockerfile'], 'no Dockerfile at /nowhere/Dockerfile'],
  [['web', '--context', '/nowhere'], 'no folder to build from at /nowhere'],
  [[...create, '--env-file', '/nowhere.env'], '--env-file: cannot read /nowhere.env: ENOENT'],
  [[...create, '--env-file', tmpdir()], `--env-file: cannot read ${tmpdir()}: EISDIR`],
  [[...create, '--wait=maybe'], '--wait: maybe is neither true nor false'],
  [[...create, '--timeout', 'soon'], '--timeout: duration soon is not valid: use e.g. 90s, 10m or 1h30m'],
  [[...create, '--cluster', 'a b'], '--cluster: "a b" is no cluster name'],
  [[...create, '--region', 'moon'], '--region: "moon" is no AWS region: use one such as us-east-1'],
]

test.each(ofCreate)('service create refuses %j and asks AWS nothing', async (argv, says) => {
  expect(await refused('service create', argv)).toContain(says)
})

test.each<readonly [keyof typeof commands, ...Row]>([
  ['lb create', ['front'], 'missing required flag --port'],
  ['lb create', ['front', '--port', '80,TCP:90'], 'ports HTTP:80, TCP:90 mix TCP with HTTP or HTTPS'],
  ['lb create', ['front', '--port', '80', '--port', '80'], 'port 80 is given more than once: give each port once'],
  ['lb create', ['front', '--port', '80,,443'], '--port: a value is empty'],
  [
    'lb create',
    ['front', '--port', '80', '--scheme', 'public'],
    '--scheme=public to be one of: internet-facing, internal',
  ],
  ['lb create', [long(33), '--port', '80'], 'has 33 characters: use at most 32'],
  ['lb create', ['front_1', '--port', '80'], 'load balancer name front_1 is not valid'],
  ['lb create', ['internal-x', '--port', '80'], 'internal-x starts with internal-, which AWS keeps for itself'],
  ['lb destroy', ['front', '--keep-logs'], 'unknown flag --keep-logs'],
  ['lb info', ['a', 'b'], 'unexpected argument b'],
  ['lb info', ['a_b'], '"a_b" is no load balancer name'],
  ['service scale', ['web', '+5x'], 'COUNT: scale +5x is not valid: use a number of tasks such as 5, or a change'],
  ['service scale', ['web', '5.5'], 'scale 5.5 is not valid'],
  ['service scale', ['web', ''], 'scale "" is not valid'],
  ['service scale', ['web', '5001'], 'scale 5001 is too large: a service runs at most 5000 tasks'],
  ['service scale', ['web'], 'missing argument COUNT'],
  ['service logs', ['web', '--start', 'yesterday'], '--start: time yesterday is not valid'],
  ['service logs', ['web', '--start', '5'], '--start: time 5 has no unit'],
  ['service logs', ['web', '--start', '2026-13-01'], 'time 2026-13-01 is not valid: month 13 is not from 1 to 12'],
  ['service logs', ['web', '--start', '1h', '--end', '2h'], 'start 1h is not before end 2h'],
  ['service logs', ['web', '--start', '2026-01-01 10:00 XYZ'], 'time zone XYZ in "2026-01-01 10:00 XYZ" is not known'],
  ['service logs', ['web', '--follow', '--end', '1h'], '--follow goes on without an end, and --end sets one'],
  ['service deploy', ['web', '--image', 'nginx', '--timeout', '-5s'], '--timeout: duration -5s is not valid'],
  ['service deploy', ['web', '--context', '/nowhere'], 'no folder to build from at /nowhere'],
  ['service info', ['a/b'], '"a/b" is no service name'],
  ['service info', [], 'missing argument SERVICE'],
  ['service list', ['extra'], 'unexpected argument extra'],
  ['service list', ['--json=1'], '--json: 1 is neither true nor false'],
  ['service list', ['--region', 'us_east_1'], '"us_east_1" is no AWS region'],
  ['local start', ['--port', '70000'], '--port: expected an integer less than or equal to 65535 but received: 70000'],
  ['local start', ['--speed', '0'], '--speed: expected an integer greater than or equal to 1 but received: 0'],
])('%s refuses %j and asks AWS nothing', async (command, argv, says) => {
  expect(await refused(command, argv)).toContain(says)
})

test('asks AWS where nothing is wrong with the input', async () => {
  const {error} = await runCommand(ServiceList, [], 'service:list')

  expect(error).toMatchObject({exitCode: 5})
  expect(requests).toBeGreaterThan(0)
})

test.each([
  ['no-equals.env', 'line 2: it has no "="'],
  ['export.env', 'line 2: it starts with "export"'],
  ['space.env', 'line 3: it has a space before "="'],
  ['no-name.env', 'line 1: an environment variable has no name before "="'],
])('a bad line of an environment file is told by its number and never shown: %s', async (name, says) => {
  const text = await refused('service create', [...create, '--env-file', join(folder, name)])

  expect(text).toContain(`${name} ${says}`)
  expect(text).not.toContain('hunter2')
})
