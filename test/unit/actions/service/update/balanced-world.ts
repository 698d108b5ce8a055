import type {Service} from '@aws-sdk/client-ecs'
import type {FakeHandlers} from '../../../../helpers/fake-aws.js'
import {webService} from '../deployed-world.js'

export const targetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/fargate-web/0123456789abcdef'

/** A service behind a load balancer. */
export const balancedService: Service = {
  ...webService,
  loadBalancers: [{targetGroupArn, containerName: 'web', containerPort: 80}],
  healthCheckGracePeriodSeconds: 60,
}

/** Its target group, whose health check is HTTP GET / every 10 s. */
export const balancing = (protocol: 'HTTP' | 'TCP' = 'HTTP'): NonNullable<FakeHandlers['elbv2']> => ({
  DescribeTargetGroups: () => ({
    TargetGroups: [
      {
        TargetGroupArn: targetGroupArn,
        TargetGroupName: 'fargate-web',
        Protocol: protocol,
        VpcId: 'vpc-1',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        ...(protocol === 'HTTP' && {HealthCheckPath: '/', Matcher: {HttpCode: '200'}}),
      },
    ],
  }),
  DescribeTargetGroupAttributes: () => ({
    Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '30'}],
  }),
  ModifyTargetGroup: () => ({}),
  ModifyTargetGroupAttributes: () => ({}),
})

export const network = (assignPublicIp: 'ENABLED' | 'DISABLED') => ({
  awsvpcConfiguration: {subnets: ['subnet-0000000a'], securityGroups: ['sg-0000000a'], assignPublicIp},
})

/** Any subnet is in the VPC that is given, any security group in vpc-1. */
export const subnets = (vpc: string): NonNullable<FakeHandlers['ec2']> => ({
  DescribeSubnets: (input) => ({Subnets: (input?.SubnetIds ?? []).map((SubnetId) => ({SubnetId, VpcId: vpc}))}),
  DescribeSecurityGroups: (input) => ({
    SecurityGroups: (input?.GroupIds ?? []).map((GroupId) => ({GroupId, VpcId: 'vpc-1'})),
  }),
})
