import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** Who has one IPv6 address has all of its network: providers hand out 64 bits of it at least. */
const NETWORK_GROUPS = 4;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** By what tries from an address are counted: itself, or of IPv6 its network, such as `2001:db8:0:1::/64`. */
export function networkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.split('::');
  const first = groupsOf(head);
  const missing = tail === undefined ? 0 : GROUPS - first.length - groupsOf(tail).length;
  const groups = [...first, ...Array<string>(Math.max(0, missing)).fill('0')];
  const all = [...groups, ...groupsOf(tail ?? '')].slice(0, NETWORK_GROUPS);
  return `${all.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function groupsOf(part: string): string[] {
  // An IPv4 address at the end stands for two groups, which lie beyond the network.
  return part === ''
    ? []
    : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
