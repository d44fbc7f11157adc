/** What qr's own providers are injected by. */
export const CODE_READER = Symbol('qr.code-reader');
export const SHOWING_KEYS = Symbol('qr.showing-keys');
