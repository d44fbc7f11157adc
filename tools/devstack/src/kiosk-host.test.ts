import type { NetworkInterfaceInfo } from 'node:os';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { kioskHost, lanAddress } from './kiosk-host.js';

const at = (address: string, more: Partial<NetworkInterfaceInfo> = {}) =>
  ({ address, family: 'IPv4', internal: false, ...more }) as NetworkInterfaceInfo;

test('a tablet is told an address of the network that it is on, not one inside the machine', () => {
  const interfaces = {
    lo: [at('127.0.0.1', { internal: true })],
    docker0: [at('172.17.0.1')],
    wlan0: [at('fe80::1', { family: 'IPv6' }), at('192.168.1.7')],
  };
  expect(lanAddress(interfaces)).toBe('192.168.1.7');
  expect(lanAddress({ lo: interfaces.lo, docker0: interfaces.docker0 })).toBeUndefined();
});

test('what the settings say goes before it', () => {
  expect(kioskHost({ LK_KIOSK_TLS_HOST: '10.0.0.9' })).toBe('10.0.0.9');
  expect(kioskHost({ LK_TLS_CERT_FILE: 'door.pem' })).toBe(hostname());
});
