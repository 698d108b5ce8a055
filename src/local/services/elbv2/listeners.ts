import type {
  CreateListenerCommandInput,
  CreateListenerCommandOutput,
  DeleteListenerCommandInput,
  DeleteListenerCommandOutput,
  DescribeListenersCommandInput,
  DescribeListenersCommandOutput,
  ModifyListenerCommandInput,
  ModifyListenerCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  CreateListener$,
  DeleteListener$,
  DescribeListeners$,
  ModifyListener$,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {ListenerRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {actionFrom} from './actions.js'
import type {Elbv2Context} from './context.js'
import {describeListener} from './descriptions.js'
import {invalid} from './faults.js'
import {checkAction} from './forward-checks.js'
import {newListenerArn, newRuleArn} from './identifiers.js'
import {changedListenerSettings, newListenerSettings} from './listener-settings.js'
import {findListener, findLoadBalancer, pick} from './lookups.js'
import {checkSelection, pageOf} from './paging.js'
import {tagsFrom} from './tags.js'

const MOST_LISTENERS = 50

export function listenerOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<CreateListenerCommandInput, CreateListenerCommandOutput>(CreateListener$, (input, request) => ({
      Listeners: [describeListener(store, createListener(context, request, input))],
    })),
    operation<DescribeListenersCommandInput, DescribeListenersCommandOutput>(DescribeListeners$, (input, request) => {
      const {page, ...more} = pageOf(select(context, request, input), ({arn}) => arn, input)
      return {Listeners: page.map((listener) => describeListener(store, listener)), ...more}
    }),
    operation<ModifyListenerCommandInput, ModifyListenerCommandOutput>(ModifyListener$, (input, request) => ({
      Listeners: [describeListener(store, modifyListener(context, request, input))],
    })),
    operation<DeleteListenerCommandInput, DeleteListenerCommandOutput>(DeleteListener$, ({ListenerArn}, request) => {
      store.removeListener(request, findListener(store, request, ListenerArn).arn)
      context.changed()
      return {}
    }),
  ]
}

function createListener(context: Elbv2Context, scope: Scope, input: CreateListenerCommandInput): ListenerRecord {
  const {store, random, changed} = context
  const loadBalancer = findLoadBalancer(store, scope, input.LoadBalancerArn)
  const settings = newListenerSettings(context, scope, loadBalancer.type, input)
  const action = actionFrom(input.DefaultActions, 'defaultActions')
  const siblings = store.listenersOf(loadBalancer.arn)
  if (siblings.some(({port}) => port === settings.port)) {
    const message = 'A listener already exists on this port for this load balancer'
    throw new AwsFault('DuplicateListener', `${message} '${loadBalancer.arn}'`)
  }
  if (siblings.length >= MOST_LISTENERS) {
    throw new AwsFault('TooManyListeners', `A load balancer can only have '${MOST_LISTENERS}' listeners`)
  }
  checkAction(store, scope, {loadBalancer, protocol: settings.protocol, action})
  const tags = tagsFrom(input.Tags)

  const arn = newListenerArn(loadBalancer.arn, random)
  const listener = {...settings, arn, loadBalancerArn: loadBalancer.arn, extraCertificates: [], attributes: {}}
  const ruleArn = newRuleArn(arn, random)
  const state = store.of(scope)
  state.listeners.set(arn, listener)
  state.rules.set(ruleArn, {arn: ruleArn, listenerArn: arn, priority: 'default', conditions: [], action})
  state.tags.set(arn, tags)
  changed()
  return listener
}

function modifyListener(context: Elbv2Context, scope: Scope, input: ModifyListenerCommandInput): ListenerRecord {
  const {store, changed} = context
  const listener = findListener(store, scope, input.ListenerArn)
  const loadBalancer = findLoadBalancer(store, scope, listener.loadBalancerArn)
  const settings = changedListenerSettings(context, scope, loadBalancer.type, listener, input)
  const siblings = store.listenersOf(loadBalancer.arn).filter(({arn}) => arn !== listener.arn)
  if (siblings.some(({port}) => port === settings.port)) {
    throw invalid(`Listener port '${settings.port}' is already in use`)
  }
  const rules = store.rulesOf(listener.arn)
  const action = input.DefaultActions === undefined ? undefined : actionFrom(input.DefaultActions, 'defaultActions')
  for (const rule of rules) {
    const future = rule.priority === 'default' ? (action ?? rule.action) : rule.action
    checkAction(store, scope, {loadBalancer, protocol: settings.protocol, action: future})
  }
  for (const rule of rules) if (rule.priority === 'default' && action !== undefined) rule.action = action

  const {arn, loadBalancerArn, extraCertificates, attributes, localPort} = listener
  const kept = {arn, loadBalancerArn, extraCertificates, attributes, ...(localPort !== undefined && {localPort})}
  const changedListener = {...settings, ...kept}
  store.of(scope).listeners.set(arn, changedListener)
  changed()
  return changedListener
}

function select(
  {store}: Elbv2Context,
  scope: Scope,
  {LoadBalancerArn, ListenerArns = []}: DescribeListenersCommandInput,
): readonly ListenerRecord[] {
  checkSelection(ListenerArns)
  if (LoadBalancerArn !== undefined && ListenerArns.length > 0) {
    throw invalid('Listener ARNs and a load balancer ARN cannot be specified at the same time')
  }
  if (LoadBalancerArn !== undefined) return store.listenersOf(findLoadBalancer(store, scope, LoadBalancerArn).arn)
  if (ListenerArns.length === 0) throw invalid('You must specify either listener ARNs or a load balancer ARN')
  return pick(store.of(scope).listeners, 'listener', ListenerArns)
}
