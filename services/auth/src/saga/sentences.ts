import type { DenialReason, DoorDisplay } from '@latchkey/contracts';

type Hint = NonNullable<DoorDisplay['hint']>;

const hints: Record<Hint, string> = {
  'one-at-a-time': 'One at a time, please',
  'not-our-code': 'This is not a Latchkey code. Show the QR code from your latest mail',
  'wrong-code': 'That is not your latest code. Show the QR code from your latest mail',
  'new-code-on-its-way': 'A new code is on its way by mail',
  'new-code-too-often': 'You asked for a code a short while ago. Look into your mail',
  'come-closer': 'Come closer, please',
  'keep-showing': 'One moment, please. Keep your code before the camera',
  blink: 'Blink once, slowly',
  'turn-left': 'Turn your head to the left',
  'turn-right': 'Turn your head to the right',
};

const denials: Record<DenialReason, string> = {
  unknown: 'ACCESS DENIED – not recognised',
  'not-live': 'ACCESS DENIED – could not tell that you are really there',
  mismatch: 'ACCESS DENIED – face and code are of different people',
  'wrong-code': 'ACCESS DENIED – wrong code shown',
  suspended: 'ACCESS DENIED – your access is suspended. Ask an operator',
  locked: 'ACCESS DENIED – locked for a while after wrong codes. Ask an operator',
  'code-expired': 'ACCESS DENIED – your code has expired. Ask for a new one',
};

type Shown = Omit<DoorDisplay, 'sentence'>;

const sentences: Record<DoorDisplay['phase'], (display: Shown) => string> = {
  idle: ({ hint }) => (hint ? hints[hint] : 'Look at the camera'),
  identifying: ({ hint }) => (hint ? hints[hint] : 'Look at the camera, please wait'),
  'awaiting-code': ({ hint, name }) => {
    if (hint) return hints[hint];
    return name
      ? `Welcome, ${name}. Show the QR code you have`
      : 'Welcome. Show the QR code you have';
  },
  'checking-code': () => 'Checking your code',
  granted: () => 'ACCESS GRANTED – your next code is on its way by mail',
  denied: ({ reason }) => (reason ? denials[reason] : 'ACCESS DENIED'),
  expired: ({ hint }) =>
    `Time is up. ${hint ? hints[hint] : 'Step away for a moment, then look again'}`,
  abandoned: () => 'Goodbye',
  'out-of-service': () => 'This door is out of service',
};

/** The one large sentence, in English. It may be at most 200 characters, of which a name takes at most 100. */
export function sentenceOf(display: Shown): string {
  return sentences[display.phase](display);
}
