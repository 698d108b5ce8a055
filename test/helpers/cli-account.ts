import type {AwsCli} from './aws-cli.js'

/** Where tasks and load balancers are to be. */
export interface CliNetwork {
  readonly vpc: string
  readonly subnets: readonly [string, string]
  readonly group: string
}

/** A load balancer with a listener on port 80 that forwards to a target group; the values are ARNs. */
export interface CliBalancer {
  readonly loadBalancer: string
  readonly targetGroup: string
  readonly listener: string
}

const executionPolicy = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'

/** Finds the default network and makes a security group for port 80 in it. */
export async function makeNetwork(cli: AwsCli): Promise<CliNetwork> {
  const [[vpc = ''], [first = '', second = '']] = await Promise.all([
    cli.values('ec2 describe-vpcs --filters Name=is-default,Values=true', 'Vpcs[].VpcId'),
    cli.values('ec2 describe-subnets --filters Name=default-for-az,Values=true', 'Subnets[:2].SubnetId'),
  ])
  const create = `ec2 create-security-group --group-name web --vpc-id ${vpc} --description web`
  const [group = ''] = await cli.values(create, 'GroupId')
  await cli.text(`ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 80 --cidr 0.0.0.0/0`)
  return {vpc, subnets: [first, second], group}
}

/** Makes a load balancer that still needs a moment to be active. */
export async function makeBalancer(cli: AwsCli, {vpc, subnets, group}: CliNetwork): Promise<CliBalancer> {
  const [[loadBalancer = ''], [targetGroup = '']] = await Promise.all([
    cli.values(
      `elbv2 create-load-balancer --name web --security-groups ${group} --subnets ${subnets.join(' ')}`,
      'LoadBalancers[].LoadBalancerArn',
    ),
    cli.values(
      `elbv2 create-target-group --name web --protocol HTTP --port 80 --target-type ip --vpc-id ${vpc}`,
      'TargetGroups[].TargetGroupArn',
    ),
  ])
  const [[listener = '']] = await Promise.all([
    cli.values(
      `elbv2 create-listener --load-balancer-arn ${loadBalancer} --protocol HTTP --port 80` +
        ` --default-actions Type=forward,TargetGroupArn=${targetGroup}`,
      'Listeners[].ListenerArn',
    ),
    cli.text(
      `elbv2 modify-target-group-attributes --target-group-arn ${targetGroup}` +
        ' --attributes Key=deregistration_delay.timeout_seconds,Value=20',
    ),
  ])
  return {loadBalancer, targetGroup, listener}
}

/** Makes the role `exec` for the agent, and the one that ECS works with; a new role cannot be assumed at once. */
export async function makeRoles(cli: AwsCli): Promise<void> {
  const statement = {Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}
  const trust = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
  await Promise.all([
    cli.text('iam create-role --role-name exec --assume-role-policy-document', trust),
    cli.text('iam create-service-linked-role --aws-service-name ecs.amazonaws.com'),
  ])
  await cli.text(`iam attach-role-policy --role-name exec --policy-arn ${executionPolicy}`)
}

/** Deletes the role `exec`, detached from its policy first. */
export async function deleteRole(cli: AwsCli): Promise<void> {
  await cli.text(`iam detach-role-policy --role-name exec --policy-arn ${executionPolicy}`)
  await cli.text('iam delete-role --role-name exec')
}

/** Registers the next revision of the family `web`: one container that writes to the log group /fargate/web. */
export async function registerWeb(cli: AwsCli, account: string, image: string): Promise<string> {
  const options = {'awslogs-group': '/fargate/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'fargate'}
  const logConfiguration = {logDriver: 'awslogs', options}
  const container = {name: 'web', image, portMappings: [{containerPort: 80}], logConfiguration}
  return cli.text(
    'ecs register-task-definition --family web --network-mode awsvpc --requires-compatibilities FARGATE --cpu 256' +
      ` --memory 512 --execution-role-arn arn:aws:iam::${account}:role/exec --output text` +
      ' --query taskDefinition.taskDefinitionArn --container-definitions',
    JSON.stringify([container]),
  )
}

/** The network configuration of a service or task, as the CLI abbreviates it. */
export const awsvpc = ({subnets, group}: CliNetwork): string =>
  `awsvpcConfiguration={subnets=[${subnets.join(',')}],securityGroups=[${group}],assignPublicIp=ENABLED}`
