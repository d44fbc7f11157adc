import type { Attack } from './attack.types.js';

const promises = {
  end: 'Who is nobody ends nothing and holds up nobody',
  picture: 'A picture can cost no more than a picture',
  mails: 'A mail is read by whom it is for',
} as const;
const kiosk = 'tests/src/attack/hostile-kiosk.test.ts';
const inbox = 'tools/devstack/src/mail-catcher.test.ts';

/** What a stranger does with a connection, an address or a picture to have others wait, or a program end. */
export const strangersAttacks: readonly Attack[] = [
  {
    id: 'many-scans-by-a-kiosk',
    promise: promises.picture,
    attack: 'A kiosk sends a JPEG of thousands of scans, for which a worker needs half a minute',
    file: kiosk,
    test: 'a JPEG of thousands of scans is refused before anybody looks at it',
  },
  {
    id: 'many-scans-at-enrolment',
    promise: promises.picture,
    attack: 'A sample is a JPEG of thousands of scans, each of which is gone over with all pixels',
    file: 'services/gateway/src/people/sample-picture.test.ts',
    test: 'is refused where it is gone over thousands of times to be unpacked',
  },
  {
    id: 'hung-up-upgrade',
    promise: promises.end,
    attack: 'A stranger asks for a WebSocket where there is none, and resets the connection',
    file: kiosk,
    test: 'who asks for a WebSocket elsewhere and hangs up at once ends nothing',
  },
  {
    id: 'inbox-address',
    promise: promises.end,
    attack: 'A page anywhere has a browser ask the mail catcher for what is no address',
    file: inbox,
    test: 'what is no address ends nothing: the inbox says so, and answers the next one',
  },
  {
    id: 'inbox-script',
    promise: promises.mails,
    attack: 'A mail that was caught has an SVG with scripts in it, which could read the others',
    file: inbox,
    test: 'an attachment that could hold scripts is not shown as a picture',
  },
];
