import type { DenialReason, DoorDisplay } from '@latchkey/contracts';

type Hint = NonNullable<DoorDisplay['hint']>;

const hints: Record<Hint, string> = {
  'one-at-a-time': 'One at a time, please',
  'not-our-code': 'This is not a Latchkey code. Show the QR code from your latest mail',
  'wrong-code': 'That is not your latest code. Show the QR code from your latest mail',
  'new-code-on-its-way': 'A new code is on its way by mail',
  'new-code-too-often': 'You asked for a code a short while ago. Look into your mail',
  'come-closer': 'Come closer, please',
};

const denials: Record<DenialReason, string> = {
  unknown: 'ACCESS DENIED – not recognised',
  'not-live': 'ACCESS DENIED – show your own face',
  mismatch: 'ACCESS DENIED – face and code are of different people',
  'wrong-code': 'ACCESS DENIED – wrong code shown',
  suspended: 'ACCESS DENIED – your access is suspended. Ask an operator',
  locked: 'ACCESS DENIED – locked for a few minutes after wrong codes',
  'code-expired': 'ACCESS DENIED – your code has expired. Ask for a new one',
};

/** The one large sentence, in English. It may be at most 200 characters, of which a name takes at most 100. */
export function sentenceOf(display: Omit<DoorDisplay, 'sentence'>): string {
  const { phase, name, reason, hint } = display;
  switch (phase) {
    case 'idle':
      return hint ? hints[hint] : 'Look at the camera';
    case 'identifying':
      return hint ? hints[hint] : 'Look at the camera, please wait';
    case 'awaiting-code':
      if (hint) return hints[hint];
      return name
        ? `Welcome, ${name}. Show the QR code you have`
        : 'Welcome. Show the QR code you have';
    case 'checking-code':
      return 'Checking your code';
    case 'granted':
      return 'ACCESS GRANTED – your next code is on its way by mail';
    case 'denied':
      return reason ? denials[reason] : 'ACCESS DENIED';
    case 'expired':
      return hint ? `Time is up. ${hints[hint]}` : 'Time is up. Please try again';
    case 'abandoned':
      return 'Goodbye';
    case 'out-of-service':
      return 'This door is out of service';
  }
}
