/** For tests: whatever reads what a kiosk or a camera sends. */
export { checkFrame } from './frame-check.pure.js';
export { parseKioskMessage } from './kiosk-message.pure.js';
