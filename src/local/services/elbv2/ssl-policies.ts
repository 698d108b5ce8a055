import type {
  SslPolicy as ApiPolicy,
  DescribeSSLPoliciesCommandInput,
  DescribeSSLPoliciesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {DescribeSSLPolicies$} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {SslPolicy} from '../../balancer/ssl-policies.js'
import {findSslPolicy, SSL_POLICIES} from '../../balancer/ssl-policies.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {pageOf} from './paging.js'

export const sslPolicyOperations = (): Operation[] => [
  operation<DescribeSSLPoliciesCommandInput, DescribeSSLPoliciesCommandOutput>(DescribeSSLPolicies$, (input) => {
    const wanted = input.Names?.length ? input.Names.map(named) : SSL_POLICIES
    const type = input.LoadBalancerType
    const {page, ...more} = pageOf(
      wanted.filter(({loadBalancerTypes}) => type === undefined || loadBalancerTypes.some((known) => known === type)),
      ({name}) => name,
      input,
    )
    return {SslPolicies: page.map(describe), ...more}
  }),
]

function named(name: string): SslPolicy {
  const policy = findSslPolicy(name)
  if (policy === undefined) throw new AwsFault('SSLPolicyNotFound', `SSL policy '${name}' not found`)
  return policy
}

const describe = ({name, protocols, ciphers, loadBalancerTypes}: SslPolicy): ApiPolicy => ({
  Name: name,
  SslProtocols: [...protocols],
  Ciphers: ciphers.map((cipher, index) => ({Name: cipher, Priority: index + 1})),
  SupportedLoadBalancerTypes: [...loadBalancerTypes],
})
