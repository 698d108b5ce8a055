import {isIPv4, isIPv6} from 'node:net'

/** A block of IPv4 addresses; `base` is its first address as an unsigned number. */
interface Cidr {
  readonly base: number
  readonly prefix: number
}

/** Addresses that AWS keeps in every subnet: the first four and the last. */
export const reservedPerSubnet = 5

/** The first host number of a subnet that AWS hands out. */
export const firstHost = 4

/** Reads an IPv4 CIDR block in canonical form (host bits cleared, as AWS does); undefined where it is malformed. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = '', ...rest] = text.split('/')
  if (rest.length > 0 || !isIPv4(address) || !/^\d{1,2}$/.test(length)) return undefined
  const prefix = Number(length)
  if (prefix > 32) return undefined
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return {base: number - (number % sizeOf({prefix})), prefix}
}

export const formatCidr = (cidr: Cidr): string => `${formatAddress(cidr.base)}/${cidr.prefix}`

/** The address with this number, dotted. */
export const formatAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')

/** How many addresses a block has. */
export const sizeOf = ({prefix}: Pick<Cidr, 'prefix'>): number => 2 ** (32 - prefix)

export const containsCidr = (outer: Cidr, inner: Cidr): boolean =>
  inner.prefix >= outer.prefix && inner.base >= outer.base && inner.base < outer.base + sizeOf(outer)

export const overlaps = (one: Cidr, other: Cidr): boolean => containsCidr(one, other) || containsCidr(other, one)

/** Whether the text is an IPv6 CIDR block. */
export function isIpv6Cidr(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/')
  return rest.length === 0 && isIPv6(address) && /^\d{1,3}$/.test(length) && Number(length) <= 128
}
