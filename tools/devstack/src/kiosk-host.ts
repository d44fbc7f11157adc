import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Networks that a machine has with its own containers, guests and tunnels: no tablet is on them. */
const inside = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|tun|tap|utun|wg|tailscale)/;

/** The machine's IPv4 address for other devices on its network; undefined where it is on none. */
export function lanAddress(interfaces: Interfaces = networkInterfaces()): string | undefined {
  return Object.entries(interfaces)
    .filter(([name]) => !inside.test(name))
    .flatMap(([, all = []]) => all)
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/** How a browser on another device may call this machine: an address that one can type where nothing else is set. */
export function kioskHost(env: Readonly<Record<string, string>>): string {
  const set = env['LK_KIOSK_TLS_HOST'] ?? '0.0.0.0';
  if (set !== '0.0.0.0') return set;
  // A certificate of one's own is for a name.
  return (env['LK_TLS_CERT_FILE'] ? undefined : lanAddress()) ?? hostname();
}
