import { readFileSync } from 'node:fs';
import type { GatewayConfig } from '../config.js';
import type { Me } from './access.schemas.js';
import type { Caller } from './caller.js';
import { allThat } from './permissions.pure.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** What the console is told of who is signed in and of this site. */
export function meAnswer(caller: Caller, config: GatewayConfig): Me {
  const { username, name, role, totp, password } = caller;
  const { LK_KIOSK_URL: url, LK_KIOSK_LOCAL_URL: localUrl } = config;
  return {
    operator: { username, name, role, totp, password },
    may: allThat(role),
    idleMinutes: config.LK_IDLE_MINUTES,
    site: {
      inbox: config.LK_INBOX_URL !== undefined,
      kiosk: { ...(url ? { url } : {}), ...(localUrl ? { localUrl } : {}) },
      version,
    },
  };
}
