import type {GetAuthorizationTokenCommandInput, GetAuthorizationTokenCommandOutput} from '@aws-sdk/client-ecr'
import {GetAuthorizationToken$} from '@aws-sdk/client-ecr'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'

/** Logins for docker: one for each registry asked for, of which callers today name none. */
export const authorizationOperations = ({tokens, host}: RegistryStore): Operation[] => [
  operation<GetAuthorizationTokenCommandInput, GetAuthorizationTokenCommandOutput>(
    GetAuthorizationToken$,
    ({registryIds}, {account}) => ({
      authorizationData: (registryIds ?? [account]).map(() => {
        const {user, password, expiresAt} = tokens.issue()
        return {
          authorizationToken: Buffer.from(`${user}:${password}`).toString('base64'),
          expiresAt: new Date(expiresAt),
          proxyEndpoint: `http://${host()}`,
        }
      }),
    }),
  ),
]
