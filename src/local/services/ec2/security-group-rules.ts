import type {DescribeSecurityGroupRulesCommandInput, DescribeSecurityGroupRulesCommandOutput} from '@aws-sdk/client-ec2'
import {DescribeSecurityGroupRules$} from '@aws-sdk/client-ec2'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import type {FilterFields} from './filters.js'
import {applyResourceFilters} from './filters.js'
import {pageOf} from './paging.js'
import type {RuleRecord} from './records.js'
import {ruleView} from './rule-views.js'

const filterFields: FilterFields<RuleRecord> = {
  'group-id': ({groupId}) => [groupId],
  'security-group-rule-id': ({id}) => [id],
}

/** DescribeSecurityGroupRules. */
export const describeSecurityGroupRules = (store: NetworkStore): Operation =>
  ec2Operation<DescribeSecurityGroupRulesCommandInput, DescribeSecurityGroupRulesCommandOutput>(
    DescribeSecurityGroupRules$,
    (input, scope) => {
      const network = store.of(scope)
      const rules = input.SecurityGroupRuleIds?.map((id) => network.rule(id)) ?? [...network.rules.values()]
      const {items, next} = pageOf(applyResourceFilters(rules, input.Filters, filterFields), input)
      return {...next, SecurityGroupRules: items.map((rule) => ruleView(network, rule))}
    },
  )
