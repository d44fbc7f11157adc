import { ConfigError, type ConfigFault, readConfig } from '@latchkey/runtime/config';
import { takenPorts } from './free-port.js';
import { type ServiceName, type ServiceRow, type StackFacts, services } from './services.table.js';
import { type StackConfig, stackConfig } from './stack.config.js';

/** What services are told where the person says nothing: here only so that nothing is missing when they are checked. */
const anyFacts: StackFacts = {
  dataDir: 'var',
  registryUrl: '127.0.0.1:1',
  gatewayPort: 0,
  kioskPort: 0,
  kioskTlsPort: 0,
  kioskPages: { here: 'http://127.0.0.1:1/kiosk', elsewhere: 'https://127.0.0.1:1/kiosk' },
  kioskCertificate: undefined,
  mail: { SMTP_URL: 'smtp://127.0.0.1:1' },
  inboxUrl: undefined,
};

function faultsOf(read: () => unknown): readonly ConfigFault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

function serviceFaults(row: ServiceRow, given: Record<string, string>): readonly ConfigFault[] {
  return faultsOf(() => readConfig(row.config, { ...row.env(anyFacts), ...given }));
}

/** Ports that the person has set, with the address on which each will be listened to. */
function wantedPorts(given: Record<string, string>) {
  const wanted = [
    { name: 'LK_GATEWAY_PORT', host: given['LK_GATEWAY_HOST'] },
    { name: 'LK_KIOSK_PORT', host: given['LK_KIOSK_HOST'] },
    { name: 'LK_KIOSK_TLS_PORT', host: given['LK_KIOSK_TLS_HOST'] ?? '0.0.0.0' },
  ];
  return wanted.flatMap(({ name, host = '127.0.0.1' }) =>
    given[name] === undefined ? [] : { name, host, port: Number(given[name]) },
  );
}

async function portFaults(given: Record<string, string>): Promise<ConfigFault[]> {
  const taken = await takenPorts(wantedPorts(given));
  return taken.map(({ name, host, port, code }) => ({
    name,
    expected: `a port that is free on ${host}`,
    came:
      code === 'EADDRINUSE'
        ? `${port}, on which another program listens`
        : `${port}, which cannot be listened to (${code})`,
    fix: `end the program that has it, or set ${name} to another port`,
  }));
}

/**
 * Reads what the person has set for the stack and its services, before anything is started.
 * @throws ConfigError with every fault of all of them at once, each setting once
 */
export async function checkSettings(
  given: Record<string, string>,
  only?: readonly ServiceName[],
): Promise<StackConfig> {
  const rows = services.filter(({ name }) => only?.includes(name) ?? true);
  const malformed = [
    ...faultsOf(() => readConfig(stackConfig, given)),
    ...rows.flatMap((row) => serviceFaults(row, given)),
  ];
  const byName = new Map<string, ConfigFault>();
  for (const fault of malformed) if (!byName.has(fault.name)) byName.set(fault.name, fault);
  const wellFormed = Object.fromEntries(
    Object.entries(given).filter(([name]) => !byName.has(name)),
  );
  for (const fault of await portFaults(wellFormed)) byName.set(fault.name, fault);
  if (byName.size > 0) throw new ConfigError([...byName.values()]);
  return readConfig(stackConfig, given);
}
