/** For tests: whatever reads what callers and people at a door give. */
export { digestOf, isCodeText } from './domain/code-text.pure.js';
export { pairingDigestsOf } from './domain/pairing-code.pure.js';
export { checked, readSettings, requests } from './requests.js';
