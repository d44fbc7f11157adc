import { isLoopback } from '@latchkey/runtime';
import type { CaptureConfig } from './capture.config.js';

/** What is wrong where kiosks of other machines are served without TLS, and what to do; undefined where none are. */
export function servedInClear({
  LK_KIOSK_HOST: host,
}: Pick<CaptureConfig, 'LK_KIOSK_HOST'>): string | undefined {
  if (isLoopback(host)) return undefined;
  return `Kiosks of other machines are served without TLS (LK_KIOSK_HOST is ${host}): browsers give no camera there, and the kiosks’ tokens and pictures pass in clear. Set LK_KIOSK_HOST to 127.0.0.1, and LK_TLS_CERT_FILE and LK_TLS_KEY_FILE for other devices.`;
}
