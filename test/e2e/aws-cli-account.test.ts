import {createHash} from 'node:crypto'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, onTestFinished, test} from 'vitest'
import type {AwsCli} from '../helpers/aws-cli.js'
import {awsCli, findAwsClis} from '../helpers/aws-cli.js'
import type {SteeredAws} from '../helpers/steered-aws.js'
import {startSteeredAws} from '../helpers/steered-aws.js'

const [program] = await findAwsClis()
const timeout = 180_000

let aws: SteeredAws
let cli: AwsCli

beforeAll(async () => {
  aws = await startSteeredAws()
  if (program !== undefined) cli = awsCli(program, aws.url, '000000000000')
})

afterAll(() => aws.close())

beforeEach(({skip}) => {
  if (program === undefined) skip('no AWS CLI is installed')
})

test('STS knows who asks, and lends keys of the same account', {timeout}, async () => {
  const role = 'arn:aws:iam::000000000000:role/deploy'
  const [json, assumed] = await Promise.all([
    cli.json('sts get-caller-identity'),
    cli.json(`sts assume-role --role-arn ${role} --role-session-name me --duration-seconds 900`),
  ])
  expect(json).toEqual({
    UserId: expect.stringMatching(/^AIDA/),
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/local',
  })
  expect(assumed).toMatchObject({
    Credentials: {AccessKeyId: '000000000000', Expiration: '2026-01-01T00:15:00+00:00'},
    AssumedRoleUser: {Arn: 'arn:aws:sts::000000000000:assumed-role/deploy/me'},
  })
})

test('a role has policies and tags, and goes when they are gone', {timeout}, async () => {
  const statement = {Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}
  const trust = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
  const create = 'iam create-role --role-name task --path /app/ --tags Key=team,Value=web --assume-role-policy-document'
  await cli.text(create, trust)
  const policy = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]}
  const put = 'iam put-role-policy --role-name task --policy-name files --policy-document'
  const [twice, principal] = await Promise.all([
    cli.error(create, trust),
    cli.error(put, trust),
    cli.text(put, JSON.stringify(policy)),
  ])
  expect([twice, principal]).toMatchObject([
    {code: 'EntityAlreadyExists', message: 'Role with name task already exists.'},
    {code: 'MalformedPolicyDocument', message: 'Policy document should not specify a principal.'},
  ])
  const [role, inline, inUse, absent] = await Promise.all([
    cli.json('iam get-role --role-name task --query Role'),
    cli.json('iam get-role-policy --role-name task --policy-name files --query PolicyDocument'),
    cli.error('iam delete-role --role-name task'),
    cli.error('iam get-role --role-name absent'),
  ])
  expect(role).toMatchObject({
    Arn: 'arn:aws:iam::000000000000:role/app/task',
    AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [statement]},
    CreateDate: expect.stringMatching(/^2026-01-01T00:00:00(\+00:00|Z)$/),
    Tags: [{Key: 'team', Value: 'web'}],
  })
  expect(inline).toEqual(policy)
  expect([inUse, absent]).toMatchObject([
    {code: 'DeleteConflict', message: 'Cannot delete entity, must delete policies first.'},
    {code: 'NoSuchEntity', message: 'The role with name absent cannot be found.'},
  ])
  await cli.text('iam delete-role-policy --role-name task --policy-name files')
  await cli.text('iam delete-role --role-name task')
})

test('ECR shows images page by page and keeps a repository that has some', {timeout}, async () => {
  const list = 'ecr list-images --repository-name fargate-examples'
  const [page, described, held, absent] = await Promise.all([
    cli.json(`${list} --max-items 1 --page-size 1`),
    cli.json('ecr describe-images --repository-name fargate-examples --image-ids imageTag=v1'),
    cli.error('ecr delete-repository --repository-name fargate-examples'),
    cli.error('ecr describe-images --repository-name fargate-examples --image-ids imageTag=v9'),
  ])
  const {imageIds, NextToken} = page as {imageIds: {imageTag: string}[]; NextToken: string}
  const rest = await cli.values(`${list} --starting-token ${NextToken}`, 'imageIds[].imageTag')
  expect([...imageIds.map(({imageTag}) => imageTag), ...rest].sort()).toEqual(['crash', 'v1', 'v2'])
  expect(described).toMatchObject({
    imageDetails: [{imageTags: ['v1'], imagePushedAt: expect.stringMatching(/^2026-01-01T00:00:00(\.\d+)?\+00:00$/)}],
  })
  expect(held).toMatchObject({
    code: 'RepositoryNotEmptyException',
    message:
      "The repository with name 'fargate-examples' in registry with id '000000000000' cannot be deleted because it" +
      ' still contains images',
  })
  expect(absent).toMatchObject({code: 'ImageNotFoundException', operation: 'DescribeImages'})
})

test('a repository is made with tags and a login, and deleted', {timeout}, async () => {
  const create = 'ecr create-repository --repository-name web --tags Key=team,Value=web'
  expect(await cli.json(`${create} --query repository`)).toMatchObject({
    repositoryArn: 'arn:aws:ecr:us-east-1:000000000000:repository/web',
    imageTagMutability: 'MUTABLE',
    createdAt: '2026-01-01T00:00:00+00:00',
  })
  const [twice, tags, password] = await Promise.all([
    cli.error(create),
    cli.json(
      'ecr list-tags-for-resource --resource-arn arn:aws:ecr:us-east-1:000000000000:repository/web --query tags',
    ),
    cli.text('ecr get-login-password'),
  ])
  expect(twice).toEqual({
    code: 'RepositoryAlreadyExistsException',
    operation: 'CreateRepository',
    message: "The repository with name 'web' already exists in the registry with id '000000000000'",
  })
  expect(tags).toEqual([{Key: 'team', Value: 'web'}])
  const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
  expect((await fetch(`${aws.url}/v2/`, {headers: {authorization}})).status).toBe(200)
  expect(await cli.values('ecr delete-repository --repository-name web', 'repository.repositoryName')).toEqual(['web'])
})

test('an image is put together from layers, and a layer is downloaded again', {timeout}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layers-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  const [repository, tar] = ['--repository-name layers', '\0'.repeat(1024)]
  await cli.text(`ecr create-repository ${repository}`)
  const upload = async (content: string) => {
    const [file, digest] = [join(folder, 'layer'), `sha256:${createHash('sha256').update(content).digest('hex')}`]
    await writeFile(file, content)
    const [id = '', partSize] = await cli.values(`ecr initiate-layer-upload ${repository}`, '[uploadId,partSize]')
    expect(partSize).toBe('10485760')
    const range = `--part-first-byte 0 --part-last-byte ${content.length - 1}`
    const part = `ecr upload-layer-part ${repository} --upload-id ${id} ${range} --layer-part-blob fileb://${file}`
    expect(await cli.values(part, 'lastByteReceived')).toEqual([String(content.length - 1)])
    await cli.text(`ecr complete-layer-upload ${repository} --upload-id ${id} --layer-digests ${digest}`)
    return {digest, size: content.length}
  }
  const layer = await upload(tar)
  const config = await upload(JSON.stringify({os: 'linux', architecture: 'amd64', config: {}}))
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = JSON.stringify({
    ...{schemaVersion: 2, mediaType},
    config: {mediaType: 'application/vnd.oci.image.config.v1+json', ...config},
    layers: [{mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer}],
  })
  const put = `ecr put-image ${repository} --image-tag v1 --image-manifest`
  await cli.text(put, manifest)
  const [twice, url, layers, got] = await Promise.all([
    cli.error(put, manifest),
    cli.text(
      `ecr get-download-url-for-layer ${repository} --layer-digest ${layer.digest} --query downloadUrl --output text`,
    ),
    cli.values(
      `ecr batch-check-layer-availability ${repository} --layer-digests ${layer.digest} sha256:${'0'.repeat(64)}`,
      'layers[].layerAvailability',
    ),
    cli.json(`ecr batch-get-image ${repository} --image-ids imageTag=v1 --query images[0].imageManifest`),
  ])
  expect(twice).toMatchObject({code: 'ImageAlreadyExistsException', operation: 'PutImage'})
  expect(await (await fetch(url)).text()).toBe(tar)
  expect(layers).toEqual(['AVAILABLE', 'UNAVAILABLE'])
  expect(got).toBe(manifest)
})

test('log events are written, read by token and found by pattern', {timeout}, async () => {
  await cli.text('logs create-log-group --log-group-name /fargate/cli --tags team=web')
  await cli.text('logs create-log-stream --log-group-name /fargate/cli --log-stream-name one')
  const now = Date.UTC(2026, 0, 1)
  const stream = '--log-group-name /fargate/cli --log-stream-name one'
  const events = ['hello', 'ERROR größer', 'bye'].map((message, index) => ({timestamp: now + index, message}))
  await cli.text(`logs put-log-events ${stream} --log-events`, JSON.stringify(events))
  const get = `logs get-log-events ${stream} --start-from-head --limit 2`
  const [first, found, groups, streams, absent] = await Promise.all([
    cli.json(get),
    cli.json('logs filter-log-events --log-group-name /fargate/cli --filter-pattern ERROR --query events[].message'),
    cli.json('logs describe-log-groups --log-group-name-prefix /fargate --query logGroups'),
    cli.values('logs describe-log-streams --log-group-name /fargate/cli', 'logStreams[].lastEventTimestamp'),
    cli.error('logs get-log-events --log-group-name /fargate/cli --log-stream-name absent'),
  ])
  expect(first).toMatchObject({events: events.slice(0, 2)})
  const {nextForwardToken} = first as {nextForwardToken: string}
  expect(await cli.json(`${get} --next-token ${nextForwardToken} --query events[].message`)).toEqual(['bye'])
  expect(found).toEqual(['ERROR größer'])
  expect(groups).toMatchObject([{logGroupName: '/fargate/cli', creationTime: now, metricFilterCount: 0}])
  expect(streams).toEqual([String(now + 2)])
  expect(absent).toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'The specified log stream does not exist.',
  })
})

test('parameters and secrets are kept, in versions, and not shown where they are only described', {
  timeout,
}, async () => {
  await Promise.all([
    cli.text('ssm put-parameter --name /web/key --type SecureString --value one'),
    cli.text('secretsmanager create-secret --name web --secret-string one'),
  ])
  const overwritten = cli.values('ssm put-parameter --name /web/key --value two --overwrite', 'Version')
  const replaced = cli.values('secretsmanager put-secret-value --secret-id web --secret-string two', 'VersionStages')
  expect(await Promise.all([overwritten, replaced])).toEqual([['2'], ['AWSCURRENT']])
  const [parameter, hidden, secret, previous, absent] = await Promise.all([
    cli.json('ssm get-parameter --name /web/key --with-decryption --query Parameter'),
    cli.json('ssm describe-parameters --query Parameters'),
    cli.values('secretsmanager get-secret-value --secret-id web', 'SecretString'),
    cli.values('secretsmanager get-secret-value --secret-id web --version-stage AWSPREVIOUS', 'SecretString'),
    cli.error('secretsmanager get-secret-value --secret-id absent'),
  ])
  expect(parameter).toMatchObject({Type: 'SecureString', Value: 'two', Version: 2})
  expect(hidden).toEqual([expect.not.objectContaining({Value: expect.anything()})])
  expect([secret, previous]).toEqual([['two'], ['one']])
  expect(absent).toEqual({
    code: 'ResourceNotFoundException',
    operation: 'GetSecretValue',
    message: "Secrets Manager can't find the specified secret.",
  })
})

test('what the local AWS does not do is named, in the protocol of each service', {timeout}, async () => {
  const commands = [
    'ecs create-task-set --cluster c --service s --task-definition t',
    'ec2 describe-instances',
    'iam list-users',
    'elbv2 describe-account-limits',
    'route53 list-health-checks',
    's3api list-buckets',
    'lambda list-functions',
  ]
  const refusals = await Promise.all(commands.map((command) => cli.error(command)))
  expect(refusals.map(({code, message}) => `${code}: ${message}`)).toEqual([
    'NotImplemented: The local AWS does not emulate ecs: CreateTaskSet',
    'NotImplemented: The local AWS does not emulate ec2: DescribeInstances',
    'NotImplemented: The local AWS does not emulate iam: ListUsers',
    'NotImplemented: The local AWS does not emulate elasticloadbalancing: DescribeAccountLimits',
    'NotImplemented: The local AWS does not emulate route53: GET /2013-04-01/healthcheck',
    'NotImplemented: The local AWS does not emulate s3: GET /',
    'NotImplemented: The local AWS does not emulate lambda: GET /2015-03-31/functions/',
  ])
})
