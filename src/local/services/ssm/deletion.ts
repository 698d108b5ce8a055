import type {
  DeleteParameterCommandInput,
  DeleteParameterCommandOutput,
  DeleteParametersCommandInput,
  DeleteParametersCommandOutput,
} from '@aws-sdk/client-ssm'
import {DeleteParameter$, DeleteParameters$} from '@aws-sdk/client-ssm'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {parameterNotFound} from './faults.js'
import type {ParameterStore} from './parameter-store.js'

/** DeleteParameter, and DeleteParameters, which reports what is missing instead of failing. */
export const deletionOperations = (store: ParameterStore): Operation[] => [
  operation<WithRequired<DeleteParameterCommandInput, 'Name'>, DeleteParameterCommandOutput>(
    DeleteParameter$,
    (input, scope) => {
      if (!store.delete(scope, input.Name)) throw parameterNotFound()
      return {}
    },
  ),

  operation<WithRequired<DeleteParametersCommandInput, 'Names'>, DeleteParametersCommandOutput>(
    DeleteParameters$,
    (input, scope) => {
      const names = [...new Set(input.Names)]
      const deleted = names.filter((name) => store.delete(scope, name))
      return {DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name))}
    },
  ),
]
