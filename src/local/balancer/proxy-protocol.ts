import {isIPv6} from 'node:net'

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const PROXY_COMMAND = 0x21
const TCP_OVER_IPV4 = 0x11
const LOCAL_COMMAND = 0x20

export interface Ends {
  readonly sourceIp: string
  readonly sourcePort: number
  readonly destinationIp: string
  readonly destinationPort: number
}

/** The header of the PROXY protocol, version 2, that tells a target who its client is. */
export function proxyHeader({sourceIp, sourcePort, destinationIp, destinationPort}: Ends): Buffer {
  // Listeners are on 127.0.0.1; a client that is not on IPv4 cannot come.
  if (isIPv6(sourceIp)) return Buffer.concat([SIGNATURE, Buffer.from([LOCAL_COMMAND, 0, 0, 0])])
  const addresses = Buffer.from([...octets(sourceIp), ...octets(destinationIp)])
  const ports = Buffer.alloc(4)
  ports.writeUInt16BE(sourcePort, 0)
  ports.writeUInt16BE(destinationPort, 2)
  const length = Buffer.from([0, addresses.length + ports.length])
  return Buffer.concat([SIGNATURE, Buffer.from([PROXY_COMMAND, TCP_OVER_IPV4]), length, addresses, ports])
}

const octets = (address: string): number[] => address.split('.').map(Number)
