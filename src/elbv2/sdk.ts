import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {AwsCalls} from '../aws/calls.js'

export {ElasticLoadBalancingV2Client as Client}

export const operations = {
  AddListenerCertificates: AddListenerCertificatesCommand,
  CreateListener: CreateListenerCommand,
  CreateLoadBalancer: CreateLoadBalancerCommand,
  CreateRule: CreateRuleCommand,
  CreateTargetGroup: CreateTargetGroupCommand,
  DeleteListener: DeleteListenerCommand,
  DeleteLoadBalancer: DeleteLoadBalancerCommand,
  DeleteRule: DeleteRuleCommand,
  DeleteTargetGroup: DeleteTargetGroupCommand,
  DescribeListenerCertificates: DescribeListenerCertificatesCommand,
  DescribeListeners: DescribeListenersCommand,
  DescribeLoadBalancers: DescribeLoadBalancersCommand,
  DescribeRules: DescribeRulesCommand,
  DescribeTags: DescribeTagsCommand,
  DescribeTargetGroupAttributes: DescribeTargetGroupAttributesCommand,
  DescribeTargetGroups: DescribeTargetGroupsCommand,
  DescribeTargetHealth: DescribeTargetHealthCommand,
  ModifyListener: ModifyListenerCommand,
  ModifyTargetGroup: ModifyTargetGroupCommand,
  ModifyTargetGroupAttributes: ModifyTargetGroupAttributesCommand,
}

/** Elastic Load Balancing v2, reduced to the operations that this program uses. */
export type Elbv2 = AwsCalls<typeof operations>
