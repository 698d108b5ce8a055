import {expect, test} from 'vitest'
import {OK} from '../services/elbv2/fixture.js'
import {balanced, servers} from './balanced.js'
import {ask, at} from './loopback.js'

test('a listener puts headers into every answer, and takes the word of the server out', async () => {
  const port = await servers.http((_, response) =>
    response.setHeader('x-frame-options', 'ALLOWALL').setHeader('server', 'app').end(),
  )
  const {elb, register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
  const ListenerArn = listen()
  const fixed = listen({Port: 81, DefaultActions: [OK]})
  register('10.0.0.1')
  for (const arn of [ListenerArn, fixed]) {
    elb.call('modifyListenerAttributes', {
      ListenerArn: arn,
      Attributes: [
        {Key: 'routing.http.response.x_frame_options.header_value', Value: 'DENY'},
        {Key: 'routing.http.response.strict_transport_security.header_value', Value: 'max-age=60'},
        {Key: 'routing.http.response.server.enabled', Value: 'false'},
      ],
    })
  }

  for (const awsPort of [80, 81]) {
    const {headers} = await ask(await url(awsPort))
    expect(headers).toMatchObject({'x-frame-options': 'DENY', 'strict-transport-security': 'max-age=60'})
    expect(headers).not.toHaveProperty('server')
  }
})
