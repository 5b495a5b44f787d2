import { BlockList, isIP } from 'node:net'

/** Addresses that a user of the API has no business to reach through us: this host, its network, its cloud. */
const insideIpv4 = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  insideIpv4.addSubnet(network, prefix, 'ipv4')
// One list of each: an IPv4 address would be looked for among those of IPv6 as well.
const insideIpv6 = new BlockList()
// Outside is what is global unicast, 2000::/3, less what only wraps an IPv4 address: Teredo, 6to4.
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 32],
  ['2002::', 16],
] as const)
  insideIpv6.addSubnet(network, prefix, 'ipv6')

export function isInside(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return insideIpv4.check(address, 'ipv4')
  return family === 0 || insideIpv6.check(address, 'ipv6')
}
