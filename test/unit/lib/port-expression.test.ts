import {constantFrom, integer, record} from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Port} from '../../../src/lib/port-expression.js'
import {formatPort, parsePort, parsePorts, portsOfLoadBalancer} from '../../../src/lib/port-expression.js'
import {holdsFor} from './property.js'

const http: Port = {protocol: 'HTTP', port: 80}
const https: Port = {protocol: 'HTTPS', port: 443}
const tcp: Port = {protocol: 'TCP', port: 8080}

describe('one port', () => {
  test.for([
    ['80', 'HTTP', 80],
    ['443', 'HTTPS', 443],
    ['8080', 'TCP', 8080],
    ['1', 'TCP', 1],
    ['65535', 'TCP', 65_535],
    ['HTTP:8080', 'HTTP', 8080],
    ['http:80', 'HTTP', 80],
    ['Https:8443', 'HTTPS', 8443],
    ['tcp:80', 'TCP', 80],
    ['HTTPS:80', 'HTTPS', 80],
  ] as const)('reads %s as %s:%i', ([text, protocol, port]) => {
    expect(parsePort(text)).toEqual({ok: true, value: {protocol, port}})
  })

  const range = 'use a number from 1 to 65535'
  const protocols = 'use HTTP, HTTPS or TCP'
  test.for([
    ['70000', `port 70000 is not valid: ${range}`],
    ['0', `port 0 is not valid: ${range}`],
    ['65536', `port 65536 is not valid: ${range}`],
    ['', `port "" is not valid: ${range}`],
    ['x', `port x is not valid: ${range}`],
    ['+80', `port +80 is not valid: ${range}`],
    ['-80', `port -80 is not valid: ${range}`],
    ['080', `port 080 is not valid: ${range}`],
    ['80.0', `port 80.0 is not valid: ${range}`],
    [' 80', `port " 80" is not valid: ${range}`],
    ['HTTP:', `port "" is not valid: ${range}`],
    ['HTTP:080', `port 080 is not valid: ${range}`],
    ['HTTP:99999', `port 99999 is not valid: ${range}`],
    ['TCPX:80', `protocol TCPX in port TCPX:80 is not valid: ${protocols}`],
    ['XHTTP:80', `protocol XHTTP in port XHTTP:80 is not valid: ${protocols}`],
    ['fooHTTPS:1', `protocol fooHTTPS in port fooHTTPS:1 is not valid: ${protocols}`],
    ['x:80', `protocol x in port x:80 is not valid: ${protocols}`],
    [':80', `port :80 has no protocol before the colon: ${protocols}`],
    ['http:80:90', 'port http:80:90 has too many fields: use PROTOCOL:PORT, e.g. HTTP:8080'],
    ['udp:53', `protocol udp in port udp:53 is not supported by this tool: ${protocols}`],
    ['TLS:443', `protocol TLS in port TLS:443 is not supported by this tool: ${protocols}`],
  ] as const)('refuses %j', ([text, problem]) => {
    expect(parsePort(text)).toEqual({ok: false, problem})
  })

  test('reads back what it writes', () => {
    const ports = record({
      protocol: constantFrom<Port['protocol']>('HTTP', 'HTTPS', 'TCP'),
      port: integer({min: 1, max: 65_535}),
    })
    holdsFor(ports, (port) => {
      expect(parsePort(formatPort(port))).toEqual({ok: true, value: port})
    })
  })
})

describe('a list of ports', () => {
  test('takes commas, repeated values and both', () => {
    expect(parsePorts(['80,443'])).toEqual({ok: true, value: [http, https]})
    expect(parsePorts(['80', '443'])).toEqual({ok: true, value: [http, https]})
    expect(parsePorts(['HTTP:80, 443', '8080'])).toEqual({ok: true, value: [http, https, tcp]})
  })

  test('tells the problem of every port', () => {
    expect(parsePorts(['80,,0'])).toEqual({
      ok: false,
      problem: 'port "" is not valid: use a number from 1 to 65535; port 0 is not valid: use a number from 1 to 65535',
    })
  })
})

describe('the ports of a load balancer', () => {
  test('ask for an application load balancer when all are HTTP or HTTPS', () => {
    expect(portsOfLoadBalancer([http, https])).toEqual({ok: true, value: {type: 'application', ports: [http, https]}})
  })

  test('ask for a network load balancer when all are TCP', () => {
    expect(portsOfLoadBalancer([tcp])).toEqual({ok: true, value: {type: 'network', ports: [tcp]}})
  })

  test.for([
    ['none', [], 'no port is given: give at least one, e.g. 80 or HTTPS:443'],
    ['a repeated one', [http, https, http], 'port 80 is given more than once: give each port once'],
    [
      'two protocols on one',
      [http, {protocol: 'HTTPS', port: 80}],
      'port 80 is given more than once: give each port once',
    ],
    [
      'TCP beside HTTP',
      [http, tcp],
      'ports HTTP:80, TCP:8080 mix TCP with HTTP or HTTPS: ' +
        'use one load balancer for TCP and another for HTTP and HTTPS',
    ],
    [
      'HTTPS beside TCP',
      [tcp, https],
      'ports TCP:8080, HTTPS:443 mix TCP with HTTP or HTTPS: ' +
        'use one load balancer for TCP and another for HTTP and HTTPS',
    ],
  ] satisfies [string, Port[], string][])('cannot be %s', ([, ports, problem]) => {
    expect(portsOfLoadBalancer(ports)).toEqual({ok: false, problem})
  })
})
