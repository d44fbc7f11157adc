import { type KioskMessage, kioskMessage } from '@latchkey/contracts';

/** What a kiosk said; undefined where it is no message of the protocol. */
export function parseKioskMessage(bytes: Buffer): KioskMessage | undefined {
  try {
    return kioskMessage.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
