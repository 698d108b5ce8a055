import {ACM} from '@aws-sdk/client-acm'
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {EC2} from '@aws-sdk/client-ec2'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAM} from '@aws-sdk/client-iam'
import {Route53} from '@aws-sdk/client-route-53'
import {SSM} from '@aws-sdk/client-ssm'

/** The SDK's own clients, with nothing of the program around them. */
export interface AwsSdk {
  readonly ecs: ECS
  readonly ec2: EC2
  readonly ecr: ECR
  readonly elbv2: ElasticLoadBalancingV2
  readonly iam: IAM
  readonly logs: CloudWatchLogs
  readonly acm: ACM
  readonly route53: Route53
  readonly ssm: SSM
}

/** Clients for a local AWS, whose account is its access key id. */
export function awsSdk({
  endpoint,
  accessKeyId,
  region,
}: {
  endpoint: string
  accessKeyId: string
  region: string
}): AwsSdk {
  const config = {endpoint, region, credentials: {accessKeyId, secretAccessKey: 'local'}, maxAttempts: 1}
  return {
    ecs: new ECS(config),
    ec2: new EC2(config),
    ecr: new ECR(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    acm: new ACM(config),
    route53: new Route53(config),
    ssm: new SSM(config),
  }
}
