import {expect, test} from 'vitest'
import {arnOf, CERTIFICATE, elasticLoadBalancing, OK, refusal} from './fixture.js'

function listenerOf(type: 'application' | 'network', Protocol: 'HTTP' | 'HTTPS' | 'TCP') {
  const elb = elasticLoadBalancing()
  const ListenerArn = arnOf.listener(elb, {
    LoadBalancerArn: arnOf.loadBalancer(elb, {Type: type}),
    Protocol,
    DefaultActions:
      type === 'application' ? [OK] : [{Type: 'forward', TargetGroupArn: arnOf.targetGroup(elb, {Protocol: 'TCP'})}],
    ...(Protocol === 'HTTPS' && {Certificates: [{CertificateArn: CERTIFICATE}]}),
  })
  const attributes = () =>
    Object.fromEntries(
      elb.call('describeListenerAttributes', {ListenerArn}).Attributes?.map(({Key = '', Value}) => [Key, Value]) ?? [],
    )
  const set = (Key: string, Value: string) =>
    elb.call('modifyListenerAttributes', {ListenerArn, Attributes: [{Key, Value}]})
  return {elb, ListenerArn, attributes, set}
}

test('a TCP listener has an idle timeout of 350 s, from 60 to 6000', () => {
  const {attributes, set} = listenerOf('network', 'TCP')
  expect(attributes()).toEqual({'tcp.idle_timeout.seconds': '350'})

  set('tcp.idle_timeout.seconds', '60')

  expect(attributes()).toEqual({'tcp.idle_timeout.seconds': '60'})
  expect(refusal(() => set('tcp.idle_timeout.seconds', '59')).code).toBe('ValidationError')
  expect(refusal(() => set('routing.http.response.server.enabled', 'false')).message).toBe(
    "Listener attribute key 'routing.http.response.server.enabled' is not recognized",
  )
})

test('an HTTPS listener has names for the headers of TLS, an HTTP listener has not', () => {
  const key = 'routing.http.request.x_amzn_tls_version.header_name'

  expect(listenerOf('application', 'HTTPS').attributes()).toMatchObject({[key]: 'X-Amzn-Tls-Version'})
  expect(listenerOf('application', 'HTTP').attributes()).not.toHaveProperty([key])
})

test.each([
  ['routing.http.response.server.enabled', 'no'],
  ['routing.http.response.x_frame_options.header_value', 'MAYBE'],
  ['routing.http.response.x_content_type_options.header_value', 'sniff'],
])('%s is not %s', (key, value) => {
  expect(refusal(() => listenerOf('application', 'HTTP').set(key, value)).code).toBe('ValidationError')
})
