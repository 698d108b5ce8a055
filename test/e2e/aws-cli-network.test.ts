import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {AwsCli} from '../helpers/aws-cli.js'
import {awsCli, findAwsClis} from '../helpers/aws-cli.js'
import {makeBalancer, makeNetwork} from '../helpers/cli-account.js'
import type {SteeredAws} from '../helpers/steered-aws.js'
import {startSteeredAws} from '../helpers/steered-aws.js'

const [program] = await findAwsClis()
const timeout = 180_000

let aws: SteeredAws
let accounts = 0

beforeAll(async () => {
  aws = await startSteeredAws()
})

afterAll(() => aws.close())

beforeEach(({skip}) => {
  if (program === undefined) skip('no AWS CLI is installed')
})

/** The CLI on an account in which nothing has been made yet. */
function newAccount(): {cli: AwsCli; account: string} {
  if (program === undefined) throw new Error('no AWS CLI is installed')
  const account = String(200_000_000_000 + ++accounts)
  return {cli: awsCli(program, aws.url, account), account}
}

test('a security group is made, opened, searched, closed and deleted', {timeout}, async () => {
  const {cli, account} = newAccount()
  const create = 'ec2 create-security-group --group-name api --tag-specifications'
  const tags = 'ResourceType=security-group,Tags=[{Key=team,Value=web},{Key=Name,Value=the api}]'
  const made = (await cli.json(create, tags, '--description', 'from the web only')) as {GroupId: string}
  const {GroupId: id} = made
  expect(made).toMatchObject({
    GroupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
    Tags: [
      {Key: 'team', Value: 'web'},
      {Key: 'Name', Value: 'the api'},
    ],
  })
  const pair = {GroupId: id, Description: 'each other'}
  const permissions = [
    {IpProtocol: 'tcp', FromPort: 8080, ToPort: 8090, UserIdGroupPairs: [pair]},
    {IpProtocol: '-1', Ipv6Ranges: [{CidrIpv6: '::/0'}]},
  ]
  const authorize = `ec2 authorize-security-group-ingress --group-id ${id} --ip-permissions`
  await cli.text(authorize, JSON.stringify(permissions))
  const [twice, groups, rules, dry] = await Promise.all([
    cli.error(`${authorize} IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]`),
    cli.json('ec2 describe-security-groups --filters Name=tag:team,Values=web Name=group-name,Values=a*'),
    cli.values(
      `ec2 describe-security-group-rules --filters Name=group-id,Values=${id}`,
      'SecurityGroupRules[?!IsEgress].SecurityGroupRuleId',
    ),
    cli.error(`ec2 delete-security-group --group-id ${id} --dry-run`),
  ])
  expect(twice).toEqual({
    code: 'InvalidPermission.Duplicate',
    operation: 'AuthorizeSecurityGroupIngress',
    message: 'the specified rule "peer: ::/0, ALL, ALLOW" already exists',
  })
  expect(groups).toMatchObject({
    SecurityGroups: [
      {
        GroupName: 'api',
        Description: 'from the web only',
        OwnerId: account,
        IpPermissions: [
          {IpProtocol: 'tcp', FromPort: 8080, ToPort: 8090, UserIdGroupPairs: [{...pair, UserId: account}]},
          {IpProtocol: '-1', Ipv6Ranges: [{CidrIpv6: '::/0'}]},
        ],
        IpPermissionsEgress: [{IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]}],
      },
    ],
  })
  expect(dry).toMatchObject({
    code: 'DryRunOperation',
    message: 'Request would have succeeded, but DryRun flag is set.',
  })
  await cli.text(`ec2 revoke-security-group-ingress --group-id ${id} --security-group-rule-ids ${rules.join(' ')}`)
  await cli.text(`ec2 delete-security-group --group-id ${id}`)
  expect(await cli.error(`ec2 describe-security-groups --group-ids ${id}`)).toEqual({
    code: 'InvalidGroup.NotFound',
    operation: 'DescribeSecurityGroups',
    message: `The security group '${id}' does not exist`,
  })
})

test('the default network is there, in pages and in each form of output', {timeout}, async () => {
  const {cli} = newAccount()
  const subnets = 'ec2 describe-subnets --query Subnets[].AvailabilityZone'
  const [page, text, table, ...waited] = await Promise.all([
    cli.json('ec2 describe-subnets --max-items 1'),
    cli.text(`${subnets} --output text`),
    cli.text('ec2 describe-vpcs --output table --query Vpcs[].{block:CidrBlock,isDefault:IsDefault}'),
    cli.text('ec2 wait vpc-available --filters Name=is-default,Values=true'),
    cli.text('ec2 wait subnet-available --filters Name=default-for-az,Values=true'),
    cli.text('ec2 wait security-group-exists --filters Name=group-name,Values=default'),
  ])
  expect(waited).toEqual(['', '', ''])
  expect(text).toBe('us-east-1a\tus-east-1b\tus-east-1c')
  expect(table).toMatch(/172\.31\.0\.0\/16\s*\|\s*True/)
  const {Subnets, NextToken} = page as {Subnets: object[]; NextToken: string}
  expect(Subnets).toMatchObject([{AvailabilityZone: 'us-east-1a', DefaultForAz: true, MapPublicIpOnLaunch: true}])
  expect(await cli.json(`${subnets} --starting-token ${NextToken}`)).toEqual(['us-east-1b', 'us-east-1c'])
})

test('EC2 refuses in its own words', {timeout}, async () => {
  const {cli} = newAccount()
  const refusals = await Promise.all([
    cli.error('ec2 describe-security-groups --group-ids group'),
    cli.error('ec2 describe-vpcs --vpc-ids vpc-0123456789abcdef0'),
    cli.error('ec2 describe-subnets --filters Name=color,Values=red'),
    cli.error('ec2 create-security-group --group-name default --description another'),
  ])
  expect(refusals.map(({code, message}) => `${code}: ${message}`)).toEqual([
    'InvalidGroupId.Malformed: Invalid id: "group" (expecting "sg-...")',
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist",
    "InvalidParameterValue: The filter 'color' is invalid",
    'InvalidParameterValue: Cannot use reserved security group name: default',
  ])
})

test('a listener has rules in the order of their priorities', {timeout}, async () => {
  const {cli} = newAccount()
  const {loadBalancer, targetGroup, listener} = await makeBalancer(cli, await makeNetwork(cli))
  const condition = {Field: 'path-pattern', Values: ['/api/*']}
  const fixed = {Type: 'fixed-response', FixedResponseConfig: {StatusCode: '404', MessageBody: 'not here'}}
  const create = `elbv2 create-rule --listener-arn ${listener} --priority`
  const forward = `--actions Type=forward,TargetGroupArn=${targetGroup}`
  const conditions = ['--conditions', JSON.stringify([condition]), '--actions', JSON.stringify([fixed])]
  const rule = (await cli.json(`${create} 20 --query Rules[0]`, ...conditions)) as {RuleArn: string}
  expect(rule).toMatchObject({Priority: '20', IsDefault: false, Conditions: [condition], Actions: [fixed]})
  await cli.text(`${create} 10 --conditions Field=host-header,Values=api.example.com ${forward}`)
  expect(await cli.error(`${create} 20 --conditions Field=path-pattern,Values=/x ${forward}`)).toEqual({
    code: 'PriorityInUse',
    operation: 'CreateRule',
    message: "Priority '20' is currently in use",
  })
  const rules = [`elbv2 describe-rules --listener-arn ${listener}`, 'Rules[].Priority'] as const
  expect(await cli.values(...rules)).toEqual(['10', '20', 'default'])
  await cli.text(`elbv2 set-rule-priorities --rule-priorities RuleArn=${rule.RuleArn},Priority=5`)
  await cli.text(`elbv2 add-tags --resource-arns ${loadBalancer} --tags Key=team,Value=web`)
  const [order, tags, groups, exists, absent] = await Promise.all([
    cli.values(...rules),
    cli.json(`elbv2 describe-tags --resource-arns ${loadBalancer} --query TagDescriptions[].Tags[]`),
    cli.json(`elbv2 describe-target-groups --load-balancer-arn ${loadBalancer} --page-size 1`),
    cli.text('elbv2 wait load-balancer-exists --names web'),
    cli.error('elbv2 describe-load-balancers --names absent'),
  ])
  expect(order).toEqual(['5', '10', 'default'])
  expect(tags).toEqual([{Key: 'team', Value: 'web'}])
  expect(groups).toMatchObject({
    TargetGroups: [
      {
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        Matcher: {HttpCode: '200'},
        LoadBalancerArns: [loadBalancer],
      },
    ],
  })
  expect(exists).toBe('')
  expect(absent).toMatchObject({code: 'LoadBalancerNotFound', message: "Load balancers '[absent]' not found"})
})

test('a certificate is issued when Route 53 has its proof, and waiters see both', {timeout}, async () => {
  const {cli} = newAccount()
  const [certificate = ''] = await cli.values(
    'acm request-certificate --domain-name www.example.com --validation-method DNS',
    'CertificateArn',
  )
  const create = 'route53 create-hosted-zone --name example.com --caller-reference one'
  const [zone = ''] = await cli.values(create, 'HostedZone.Id')
  const describe = `acm describe-certificate --certificate-arn ${certificate}`
  const option = 'Certificate.DomainValidationOptions[0]'
  // ACM needs a moment until it tells which record it wants to see.
  expect(await cli.values(describe, `${option}.[DomainName,ResourceRecord]`)).toEqual(['www.example.com', 'None'])
  await aws.pass(10)
  const [status, name, value] = await cli.values(
    describe,
    `${option}.[ValidationStatus,ResourceRecord.Name,ResourceRecord.Value]`,
  )
  expect(status).toBe('PENDING_VALIDATION')
  const record = {Name: name, Type: 'CNAME', TTL: 300, ResourceRecords: [{Value: value}]}
  const changes = (Action: string) => JSON.stringify({Changes: [{Action, ResourceRecordSet: record}]})
  const change = `route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch`
  const made = (await cli.json(change, changes('CREATE'))) as {ChangeInfo: {Id: string; Status: string}}
  expect(made.ChangeInfo.Status).toBe('PENDING')
  await aws.pass(600)
  const [, , types, twice, held] = await Promise.all([
    cli.text(`route53 wait resource-record-sets-changed --id ${made.ChangeInfo.Id}`),
    cli.text(`acm wait certificate-validated --certificate-arn ${certificate}`),
    cli.values(`route53 list-resource-record-sets --hosted-zone-id ${zone} --page-size 1`, 'ResourceRecordSets[].Type'),
    cli.error(change, changes('CREATE')),
    cli.error(`route53 delete-hosted-zone --id ${zone}`),
  ])
  expect(types.sort()).toEqual(['CNAME', 'NS', 'SOA'])
  expect(twice).toMatchObject({
    code: 'InvalidChangeBatch',
    message: expect.stringContaining(`but it already exists`),
  })
  expect(held).toMatchObject({code: 'HostedZoneNotEmpty', operation: 'DeleteHostedZone'})
})
