import type {
  CreateTargetGroupCommandInput,
  CreateTargetGroupCommandOutput,
  DeleteTargetGroupCommandInput,
  DeleteTargetGroupCommandOutput,
  DescribeTargetGroupAttributesCommandInput,
  DescribeTargetGroupAttributesCommandOutput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetGroupsCommandOutput,
  ModifyTargetGroupAttributesCommandInput,
  ModifyTargetGroupAttributesCommandOutput,
  ModifyTargetGroupCommandInput,
  ModifyTargetGroupCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  CreateTargetGroup$,
  DeleteTargetGroup$,
  DescribeTargetGroupAttributes$,
  DescribeTargetGroups$,
  ModifyTargetGroup$,
  ModifyTargetGroupAttributes$,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {TargetGroupRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {targetGroupAttributes} from './attribute-tables.js'
import {attributeList, changedAttributes} from './attributes.js'
import type {Elbv2Context} from './context.js'
import {describeTargetGroup} from './descriptions.js'
import {invalid, required} from './faults.js'
import {changedHealthCheck} from './health-check-settings.js'
import {checkArn, findLoadBalancer, findTargetGroup, pick, someNotFound} from './lookups.js'
import {checkSelection, pageOf} from './paging.js'
import {createTargetGroup} from './target-group-creation.js'

export function targetGroupOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<CreateTargetGroupCommandInput, CreateTargetGroupCommandOutput>(CreateTargetGroup$, (input, request) => ({
      TargetGroups: [describeTargetGroup(store, createTargetGroup(context, request, input))],
    })),
    operation<DescribeTargetGroupsCommandInput, DescribeTargetGroupsCommandOutput>(
      DescribeTargetGroups$,
      (input, request) => {
        const {page, ...more} = pageOf(select(context, request, input), ({arn}) => arn, input)
        return {TargetGroups: page.map((group) => describeTargetGroup(store, group)), ...more}
      },
    ),
    operation<ModifyTargetGroupCommandInput, ModifyTargetGroupCommandOutput>(ModifyTargetGroup$, (input, request) => {
      const group = findTargetGroup(store, request, input.TargetGroupArn)
      group.healthCheck = changedHealthCheck(group.protocol, group.healthCheck, input)
      return {TargetGroups: [describeTargetGroup(store, group)]}
    }),
    operation<DeleteTargetGroupCommandInput, DeleteTargetGroupCommandOutput>(DeleteTargetGroup$, (input, request) => {
      deleteTargetGroup(context, request, checkArn(required(input.TargetGroupArn, 'targetGroupArn'), 'targetgroup'))
      return {}
    }),
    ...attributeOperations(context),
  ]
}

function attributeOperations({store}: Elbv2Context): Operation[] {
  return [
    operation<DescribeTargetGroupAttributesCommandInput, DescribeTargetGroupAttributesCommandOutput>(
      DescribeTargetGroupAttributes$,
      ({TargetGroupArn}, request) => ({
        Attributes: attributeList(findTargetGroup(store, request, TargetGroupArn).attributes),
      }),
    ),
    operation<ModifyTargetGroupAttributesCommandInput, ModifyTargetGroupAttributesCommandOutput>(
      ModifyTargetGroupAttributes$,
      ({TargetGroupArn, Attributes}, request) => {
        const group = findTargetGroup(store, request, TargetGroupArn)
        const table = targetGroupAttributes(group)
        const changes = required(Attributes, 'attributes')
        group.attributes = changedAttributes('Target group', table, group.attributes, changes)
        return {Attributes: attributeList(group.attributes)}
      },
    ),
  ]
}

function select(
  {store}: Elbv2Context,
  scope: Scope,
  {LoadBalancerArn, TargetGroupArns = [], Names = []}: DescribeTargetGroupsCommandInput,
): TargetGroupRecord[] {
  checkSelection(TargetGroupArns)
  checkSelection(Names)
  const {targetGroups} = store.of(scope)
  const filters = [LoadBalancerArn !== undefined, TargetGroupArns.length > 0, Names.length > 0]
  if (filters.filter(Boolean).length > 1) {
    throw invalid('Target group ARNs, target group names and a load balancer ARN cannot be specified at the same time')
  }
  const all = [...targetGroups.values()]
  if (LoadBalancerArn !== undefined) {
    const {arn: balancer} = findLoadBalancer(store, scope, LoadBalancerArn)
    return all.filter(({arn}) => store.loadBalancersOf(arn).includes(balancer))
  }
  if (TargetGroupArns.length > 0) return pick(targetGroups, 'targetgroup', TargetGroupArns)
  if (Names.length === 0) return all
  if (Names.some((wanted) => !all.some(({name}) => name === wanted))) throw someNotFound('targetgroup')
  return all.filter(({name}) => Names.includes(name))
}

/** Deletes a target group that no listener or rule uses. One that is not there counts as deleted, as on AWS. */
function deleteTargetGroup({store, changed}: Elbv2Context, scope: Scope, arn: string): void {
  if (store.loadBalancersOf(arn).length > 0) {
    throw new AwsFault('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`)
  }
  store.of(scope).targetGroups.delete(arn)
  store.of(scope).tags.delete(arn)
  changed()
}
