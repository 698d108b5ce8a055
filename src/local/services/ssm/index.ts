import {SSMClient} from '@aws-sdk/client-ssm'
import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import type {ParametersPort} from '../../ports.js'
import type {LocalService} from '../../wire/service.js'
import {deletionOperations} from './deletion.js'
import {ParameterStore} from './parameter-store.js'
import {putParameter} from './put-parameter.js'
import {readingOperations} from './reading.js'
import {tagOperations} from './tags.js'

/** The Parameter Store of Systems Manager. Values are kept as they are: there is no KMS. */
export function createSsm({clock}: {clock: Clock}): {
  service: LocalService
  parameters: ParametersPort
  state: ParameterStore
} {
  const store = new ParameterStore()
  const operations = [
    putParameter(store, clock),
    ...readingOperations(store),
    ...deletionOperations(store),
    ...tagOperations(store),
  ]
  return {service: {signingName: 'ssm', client: SSMClient, operations}, parameters: parametersPort(store), state: store}
}

const parametersPort = (store: ParameterStore): ParametersPort => ({
  findValue(scope, name) {
    try {
      return store.version(scope, name).version.value
    } catch (error) {
      // A name that cannot be one is no parameter either.
      if (error instanceof AwsFault) return undefined
      throw error
    }
  },
})
