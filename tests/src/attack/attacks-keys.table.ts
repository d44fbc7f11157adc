import type { Attack } from './attack.types.js';

const promises = {
  callers: 'Each service may ask the registry for what it needs, and for nothing else',
  stale:
    'A key, a token, a role that was taken away is worth nothing within 5 s, and no entry fails by it',
  argv: 'Secrets stand in files and the environment, never in a command line',
} as const;
const rotation = 'tests/src/attack/rotation.test.ts';
const retired = 'tests/src/attack/retired-keys.test.ts';
const grpcCallers = 'tests/src/attack/grpc-callers.test.ts';

/** On keys and certificates. */
export const keyAttacks: readonly Attack[] = [
  {
    id: 'calls-of-each-certificate',
    promise: promises.callers,
    attack: 'Each certificate of the campus calls each method of the registry',
    file: grpcCallers,
    test: 'may call what is its own, and is refused all else',
  },
  {
    id: 'notify-opens-doors',
    promise: promises.callers,
    attack: 'The list of callers is made wider than each service needs',
    file: grpcCallers,
    test: 'opens doors by one method alone, which auth alone may call',
  },
  {
    id: 'grpc-in-clear',
    promise: promises.callers,
    attack: 'The registry is called without TLS',
    file: grpcCallers,
    test: 'hears nobody who speaks in clear',
  },
  {
    id: 'grpc-without-certificate',
    promise: promises.callers,
    attack: 'The registry is called by TLS without a certificate',
    file: grpcCallers,
    test: 'hears nobody without a certificate',
  },
  {
    id: 'certificate-of-another-authority',
    promise: promises.callers,
    attack: 'Somebody makes a certificate in the gateway’s name with an authority of his own',
    file: grpcCallers,
    test: "hears nobody whose certificate another authority has signed, though it bears a service's name",
  },
  {
    id: 'call-with-the-brokers-certificate',
    promise: promises.callers,
    attack: 'With the broker’s key somebody calls the registry',
    file: grpcCallers,
    test: "hears nobody with the broker's certificate, which the same authority has signed",
  },
  {
    id: 'poses-as-the-registry',
    promise: promises.callers,
    attack: 'With notify’s certificate somebody answers in the registry’s place',
    file: grpcCallers,
    test: "is told nothing by a service that poses as the registry with another's certificate",
  },
  {
    id: 'rotation-fails-nobody',
    promise: promises.stale,
    attack: 'None: every key is rotated and its predecessor retired while people go in',
    file: rotation,
    test: 'every key is rotated, its predecessor taken away, and no entry fails',
  },
  {
    id: 'old-operator-token',
    promise: promises.stale,
    attack: 'A program goes on with the operator token after it was replaced',
    file: rotation,
    test: 'the operator token is replaced while the gateway runs, and the old one is worth nothing',
  },
  {
    id: 'rotated-identities',
    promise: promises.stale,
    attack: 'None: keys that were rotated and not retired go on being good',
    file: retired,
    test: 'is known by each as long as its predecessor is not retired, since nothing may stop by a rotation',
  },
  {
    id: 'retired-identities',
    promise: promises.stale,
    attack:
      'Whoever copied the key of each identity goes on with connections made before it was retired, and connects anew',
    file: retired,
    test: 'is cut off from the broker by every identity, and let in by none',
  },
  {
    id: 'retired-certificate',
    promise: promises.stale,
    attack:
      'Whoever copied the gateway’s certificate calls the registry once the authority was replaced',
    file: retired,
    test: 'is not heard by the registry',
  },
  {
    id: 'sealed-for-retired-key',
    promise: promises.stale,
    attack: 'A template is sealed for a key of the registry that was retired',
    file: retired,
    test: 'has nobody open what is sealed for a retired key',
  },
  {
    id: 'opened-by-retired-key',
    promise: promises.stale,
    attack:
      'Whoever copied the private keys reads templates, codes to be mailed and photographs that were sealed after the rotation',
    file: retired,
    test: 'opens nothing that is sealed since: no template, no code, no photograph',
  },
  {
    id: 'opening-by-retired-key',
    promise: promises.stale,
    attack: 'An opening is signed by auth’s retired key, and stored past all permissions',
    file: retired,
    test: 'has no lock opened by a signature of a retired key',
  },
  {
    id: 'session-by-retired-key',
    promise: promises.stale,
    attack: 'An operator’s session is signed by the gateway’s retired key, with the right stamp',
    file: retired,
    test: 'has nobody signed in by it',
  },
  {
    id: 'kiosk-by-retired-key',
    promise: promises.stale,
    attack: 'A door’s settings with a token of one’s own are signed by the registry’s retired key',
    file: retired,
    test: 'has no kiosk let in by it',
  },
  {
    id: 'stolen-key',
    promise: promises.stale,
    attack: 'A key that somebody else has is taken away at once, without the wait',
    file: 'libs/runtime/src/sign.test.ts',
    test: 'a key that somebody else has is retired at once',
  },
  {
    id: 'revoked-kiosk',
    promise: promises.stale,
    attack: 'A kiosk goes on, and comes back, with a token that was revoked',
    file: rotation,
    test: 'a kiosk whose token was revoked is sent away',
  },
  {
    id: 'former-administrator',
    promise: promises.stale,
    attack: 'A former administrator goes on with the old cookie, and signs in again',
    file: rotation,
    test: 'an operator who is no administrator any more may not do what one may',
  },
  {
    id: 'secrets-in-process-list',
    promise: promises.argv,
    attack: 'Somebody on the machine lists the processes of a running campus',
    file: rotation,
    test: 'no process shows a secret in its command line or its name',
  },
];
