import * as acm from '@aws-sdk/client-acm'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as ecr from '@aws-sdk/client-ecr'
import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import * as iam from '@aws-sdk/client-iam'
import * as route53 from '@aws-sdk/client-route-53'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import * as ssm from '@aws-sdk/client-ssm'
import * as sts from '@aws-sdk/client-sts'
import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {createLocalAws} from '../../../../src/local/local-aws.js'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'

interface Client {
  send(command: object): Promise<unknown>
}

const aws = createLocalAws({clock: new VirtualClock(), host: () => 'localhost', listen: false})

const clientOf = <Made>(Class: new (config: object) => Made) =>
  new Class({
    region: 'us-east-1',
    credentials: {accessKeyId: '000000000000', secretAccessKey: 'secret'},
    requestHandler: inProcessRequestHandler(aws.wire),
    maxAttempts: 1,
  }) as Client

const tooLong = 'x'.repeat(300)
/** Members of the wrong kind reach the wire too: other programs than this one have no types. */
const any = (input: unknown) => input as never

test.each<[string, Client, object, string, string]>([
  [
    'ECS: a word that it does not know',
    clientOf(ecs.ECSClient),
    new ecs.RunTaskCommand({taskDefinition: 'web', launchType: any('LAMBDA')}),
    'InvalidParameterException',
    'launch type should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]',
  ],
  [
    'ECS: the same in a task definition',
    clientOf(ecs.ECSClient),
    new ecs.RegisterTaskDefinitionCommand({family: 'web', containerDefinitions: [], networkMode: any('wifi')}),
    'ClientException',
    'network mode should be one of [bridge,host,awsvpc,none]',
  ],
  [
    'ECS: a number out of range',
    clientOf(ecs.ECSClient),
    new ecs.RunTaskCommand({
      taskDefinition: 'web',
      capacityProviderStrategy: [{capacityProvider: 'FARGATE', weight: 1001}],
    }),
    'InvalidParameterException',
    "1 validation error detected: Value '1001' at 'capacityProviderStrategy.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'ECR: one violation of several',
    clientOf(ecr.ECRClient),
    new ecr.BatchGetImageCommand({repositoryName: 'a', registryId: 'me', imageIds: []}),
    'InvalidParameterException',
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must have length greater than or equal to 2'",
  ],
  [
    "ECR: a repository's name, in its own words",
    clientOf(ecr.ECRClient),
    new ecr.CreateRepositoryCommand({repositoryName: 'Web'}),
    'InvalidParameterException',
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
  ],
  [
    'ECR: a list of texts',
    clientOf(ecr.ECRClient),
    new ecr.GetAuthorizationTokenCommand({registryIds: ['1234']}),
    'InvalidParameterException',
    "Invalid parameter at 'registryIds' failed to satisfy constraint: 'Member must satisfy constraint: [Member must satisfy regular expression pattern: [0-9]{12}]'",
  ],
  [
    'CloudWatch Logs',
    clientOf(logs.CloudWatchLogsClient),
    new logs.DescribeLogStreamsCommand({logGroupName: 'my group', limit: 51, orderBy: any('Size')}),
    'InvalidParameterException',
    "3 validation errors detected: Value 'my group' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+; Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]; Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
  ],
  [
    'Systems Manager',
    clientOf(ssm.SSMClient),
    new ssm.GetParametersCommand({Names: Array.from({length: 11}, () => 'a')}),
    'ValidationException',
    "1 validation error detected: Value '[a, a, a, a, a, a, a, a, a, a, a]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
  [
    'Secrets Manager',
    clientOf(secretsManager.SecretsManagerClient),
    new secretsManager.ListSecretsCommand({MaxResults: 101}),
    'ValidationException',
    "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
  [
    'ACM',
    clientOf(acm.ACMClient),
    new acm.RequestCertificateCommand({DomainName: 'example.com', IdempotencyToken: 'a b'}),
    'ValidationException',
    "1 validation error detected: Value 'a b' at 'idempotencyToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\w+",
  ],
  [
    'Elastic Load Balancing',
    clientOf(elbv2.ElasticLoadBalancingV2Client),
    new elbv2.CreateTargetGroupCommand({Name: 'web', Protocol: any('GOPHER'), Port: 70_000}),
    'ValidationError',
    "2 validation errors detected: Value 'GOPHER' at 'protocol' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, GENEVE, QUIC, TCP_QUIC]; Value '70000' at 'port' failed to satisfy constraint: Member must have value less than or equal to 65535",
  ],
  [
    'IAM, which keeps the value to itself',
    clientOf(iam.IAMClient),
    new iam.GetRoleCommand({RoleName: tooLong}),
    'ValidationError',
    "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
  ],
  [
    'STS',
    clientOf(sts.STSClient),
    new sts.GetSessionTokenCommand({DurationSeconds: 60}),
    'ValidationError',
    "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    'EC2: what is absent comes first, by the names of the request',
    clientOf(ec2.EC2Client),
    new ec2.CreateSecurityGroupCommand(any({TagSpecifications: [{ResourceType: 'planet'}]})),
    'MissingParameter',
    'The request must contain the parameter GroupDescription, GroupName',
  ],
  [
    'EC2: a word that it does not know',
    clientOf(ec2.EC2Client),
    new ec2.CreateSecurityGroupCommand({
      GroupName: 'a',
      Description: 'b',
      TagSpecifications: [{ResourceType: any('planet')}],
    }),
    'InvalidParameterValue',
    'Value (planet) for parameter TagSpecification.1.ResourceType is invalid.',
  ],
  [
    'Route 53: a word in the body',
    clientOf(route53.Route53Client),
    new route53.ChangeResourceRecordSetsCommand({
      HostedZoneId: 'Z1',
      ChangeBatch: {Changes: [{Action: any('REPLACE'), ResourceRecordSet: {Name: 'a.example.com', Type: 'A'}}]},
    }),
    'InvalidInput',
    "Invalid XML ; cvc-enumeration-valid: Value 'REPLACE' is not facet-valid with respect to enumeration '[CREATE, DELETE, UPSERT]'. It must be a value from the enumeration.",
  ],
  [
    'Route 53: an empty list in the body',
    clientOf(route53.Route53Client),
    new route53.ChangeResourceRecordSetsCommand({HostedZoneId: 'Z1', ChangeBatch: {Changes: []}}),
    'InvalidInput',
    "Invalid XML ; cvc-complex-type.2.4.b: The content of element 'Changes' is not complete. One of '{\"https://route53.amazonaws.com/doc/2013-04-01/\":Change}' is expected.",
  ],
  [
    'Route 53: an absent element of the body',
    clientOf(route53.Route53Client),
    new route53.CreateHostedZoneCommand(any({Name: 'example.com'})),
    'InvalidInput',
    "Invalid XML ; cvc-complex-type.2.4.b: The content of element 'CreateHostedZoneRequest' is not complete. One of '{\"https://route53.amazonaws.com/doc/2013-04-01/\":CallerReference}' is expected.",
  ],
  [
    'Route 53: a part of the path',
    clientOf(route53.Route53Client),
    new route53.GetHostedZoneCommand({Id: 'Z'.repeat(33)}),
    'InvalidInput',
    `1 validation error detected: Value '${'Z'.repeat(33)}' at 'resourceId' failed to satisfy constraint: Member must have length less than or equal to 32`,
  ],
])('%s', async (_case, client, command, name, message) => {
  const answer = await client.send(command).then(
    () => 'accepted',
    (error: unknown) => error,
  )

  expect(answer).toMatchObject({name, message, $metadata: {httpStatusCode: 400}})
})
