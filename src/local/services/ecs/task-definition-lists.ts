import type {
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionFamiliesCommandOutput,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsCommandOutput,
} from '@aws-sdk/client-ecs'
import {ListTaskDefinitionFamilies$, ListTaskDefinitions$} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {EcsContext} from './context.js'
import {page} from './paging.js'
import {recordsOf} from './store.js'

const byFamilyAndRevision = (a: TaskDefinitionRecord, b: TaskDefinitionRecord): number =>
  a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1

export function taskDefinitionLists({store}: EcsContext): Operation[] {
  return [
    operation<ListTaskDefinitionsCommandInput, ListTaskDefinitionsCommandOutput>(
      ListTaskDefinitions$,
      (input, request) => {
        const {familyPrefix, status = 'ACTIVE', sort = 'ASC'} = input
        const sorted = recordsOf(request, store.taskDefinitions)
          .filter(
            (record) => record.status === status && (familyPrefix === undefined || record.family === familyPrefix),
          )
          .sort(byFamilyAndRevision)
        const arns = sorted.map(({taskDefinitionArn}) => taskDefinitionArn)
        const {items, ...next} = page(sort === 'DESC' ? arns.reverse() : arns, (arn) => arn, input)
        return {taskDefinitionArns: items, ...next}
      },
    ),
    operation<ListTaskDefinitionFamiliesCommandInput, ListTaskDefinitionFamiliesCommandOutput>(
      ListTaskDefinitionFamilies$,
      (input, request) => {
        const {familyPrefix = '', status = 'ALL'} = input
        const active = new Map<string, boolean>()
        for (const record of recordsOf(request, store.taskDefinitions).sort(byFamilyAndRevision)) {
          active.set(record.family, active.get(record.family) === true || record.status === 'ACTIVE')
        }
        const families = [...active]
          .filter(([family]) => family.startsWith(familyPrefix))
          .filter(([, isActive]) => status === 'ALL' || isActive === (status === 'ACTIVE'))
          .map(([family]) => family)
        const {items, ...next} = page(families, (family) => family, input)
        return {families: items, ...next}
      },
    ),
  ]
}
