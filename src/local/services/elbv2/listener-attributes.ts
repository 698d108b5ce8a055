import type {
  DescribeListenerAttributesCommandInput,
  DescribeListenerAttributesCommandOutput,
  ModifyListenerAttributesCommandInput,
  ModifyListenerAttributesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {DescribeListenerAttributes$, ModifyListenerAttributes$} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {ListenerRecord} from '../../balancer/model.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {listenerAttributes} from './attribute-tables.js'
import {attributeList, changedAttributes, initialAttributes} from './attributes.js'
import type {Elbv2Context} from './context.js'
import {required} from './faults.js'
import {findListener} from './lookups.js'

export function listenerAttributeOperations({store}: Elbv2Context): Operation[] {
  return [
    operation<DescribeListenerAttributesCommandInput, DescribeListenerAttributesCommandOutput>(
      DescribeListenerAttributes$,
      ({ListenerArn}, request) => ({Attributes: attributeList(allOf(findListener(store, request, ListenerArn)))}),
    ),
    operation<ModifyListenerAttributesCommandInput, ModifyListenerAttributesCommandOutput>(
      ModifyListenerAttributes$,
      ({ListenerArn, Attributes}, request) => {
        const listener = findListener(store, request, ListenerArn)
        const table = listenerAttributes(listener.protocol)
        listener.attributes = changedAttributes('Listener', table, allOf(listener), required(Attributes, 'attributes'))
        return {Attributes: attributeList(listener.attributes)}
      },
    ),
  ]
}

/** The attributes that a listener of this protocol has; it may have had another one when they were set. */
function allOf({protocol, attributes}: ListenerRecord): Record<string, string> {
  const initial = initialAttributes(listenerAttributes(protocol))
  return Object.fromEntries(Object.entries(initial).map(([key, value]) => [key, attributes[key] ?? value]))
}
