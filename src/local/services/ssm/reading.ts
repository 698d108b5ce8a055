import type {
  DescribeParametersCommandInput,
  DescribeParametersCommandOutput,
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParameterHistoryCommandInput,
  GetParameterHistoryCommandOutput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
} from '@aws-sdk/client-ssm'
import {
  DescribeParameters$,
  GetParameter$,
  GetParameterHistory$,
  GetParameters$,
  GetParametersByPath$,
} from '@aws-sdk/client-ssm'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {validation} from './faults.js'
import {isBelow, legacyFilter, parameterFilter} from './filters.js'
import {checkPath} from './names.js'
import {pageOf} from './paging.js'
import type {FoundVersion, ParameterStore} from './parameter-store.js'
import {newest} from './parameter-store.js'
import {historyView, metadataView, parameterView} from './views.js'

const DESCRIBE_KEYS = ['Path', 'Name', 'Type', 'KeyId', 'Tier', 'DataType', 'tag:']

/** GetParameter, GetParameters, GetParametersByPath, GetParameterHistory and DescribeParameters. */
export const readingOperations = (store: ParameterStore): Operation[] => [
  operation<WithRequired<GetParameterCommandInput, 'Name'>, GetParameterCommandOutput>(
    GetParameter$,
    (input, scope) => ({Parameter: parameterView(store.version(scope, input.Name), input.WithDecryption)}),
  ),

  operation<WithRequired<GetParametersCommandInput, 'Names'>, GetParametersCommandOutput>(
    GetParameters$,
    (input, scope) => {
      const wanted = input.Names.map((name) => ({name, found: findVersion(store, scope, name)}))
      return {
        Parameters: wanted.flatMap(({found}) => found ?? []).map((found) => parameterView(found, input.WithDecryption)),
        InvalidParameters: wanted.filter(({found}) => found === undefined).map(({name}) => name),
      }
    },
  ),

  operation<WithRequired<GetParametersByPathCommandInput, 'Path'>, GetParametersByPathCommandOutput>(
    GetParametersByPath$,
    (input, scope) => {
      checkPath(input.Path)
      const matches = parameterFilter(input.ParameterFilters ?? [], ['Type', 'KeyId'])
      const found = store
        .list(scope)
        .filter((parameter) => isBelow(parameter.name, input.Path, input.Recursive ?? false) && matches(parameter))
      const {items, next} = pageOf(found, input, {keyOf: ({name}) => name, defaultLimit: 10})
      return {
        Parameters: items.map((parameter) =>
          parameterView({parameter, version: newest(parameter)}, input.WithDecryption),
        ),
        ...next,
      }
    },
  ),

  operation<WithRequired<GetParameterHistoryCommandInput, 'Name'>, GetParameterHistoryCommandOutput>(
    GetParameterHistory$,
    (input, scope) => {
      const parameter = store.get(scope, input.Name)
      const keyOf = ({version}: {version: number}) => String(version).padStart(12, '0')
      const {items, next} = pageOf(parameter.versions, input, {keyOf, defaultLimit: 50})
      return {Parameters: items.map((version) => historyView(parameter, version, input.WithDecryption)), ...next}
    },
  ),

  operation<DescribeParametersCommandInput, DescribeParametersCommandOutput>(DescribeParameters$, (input, scope) => {
    if (input.Filters?.length && input.ParameterFilters?.length) {
      throw validation('You can use either Filters or ParameterFilters in a single request.')
    }
    const current = parameterFilter(input.ParameterFilters ?? [], DESCRIBE_KEYS)
    const legacy = legacyFilter(input.Filters ?? [])
    const found = store.list(scope).filter((parameter) => current(parameter) && legacy(parameter))
    const {items, next} = pageOf(found, input, {keyOf: ({name}) => name, defaultLimit: 50})
    return {Parameters: items.map(metadataView), ...next}
  }),
]

/** GetParameters reports what is missing instead of failing; a name that cannot be one fails all the same. */
function findVersion(store: ParameterStore, scope: Scope, name: string): FoundVersion | undefined {
  try {
    return store.version(scope, name)
  } catch (error) {
    const isMissing = error instanceof AwsFault && /^Parameter(Version)?NotFound$/.test(error.code)
    if (!isMissing) throw error
    return undefined
  }
}
