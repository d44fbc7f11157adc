import type { Attack } from './attack.types.js';

const promises = {
  end: 'Who is nobody ends nothing and holds up nobody',
  picture: 'A picture can cost no more than a picture',
  api: 'What a service may do is what its part says',
  mails: 'A mail is read by whom it is for',
} as const;
const kiosk = 'tests/src/attack/hostile-kiosk.test.ts';
const brokerApi = 'tests/src/attack/broker-api.test.ts';
const inbox = 'tools/devstack/src/mail-catcher.test.ts';

/** What is done with a connection, an address, a picture or an answer to have others wait, a program end, or what is kept be lost. */
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
    id: 'silent-strangers',
    promise: promises.end,
    attack: 'Strangers at several addresses connect as kiosks by the hundred, and say nothing',
    file: kiosk,
    test: 'strangers who connect by the hundred and say nothing keep no kiosk out',
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
  {
    id: 'others-passwords-in-environment',
    promise: promises.api,
    attack: 'A program that was taken over reads in its environment the passwords of others',
    file: 'tools/devstack/src/service-specs.test.ts',
    test: 'a password is told only to the program that it is for',
  },
  {
    id: 'integrator-api-by-answer',
    promise: promises.end,
    attack:
      'An integrator or a relay has the broker’s answers go to its API, to delete what is kept',
    file: brokerApi,
    test: '$name has no answer go to the broker’s API: it is in an account apart, or asks nothing',
  },
  {
    id: 'api-by-answer',
    promise: promises.api,
    attack:
      'A service that was taken over has the broker’s answers go to its API, to delete what is kept',
    result: 'each of them can: “What is left” says what follows; no door opens by it',
    file: brokerApi,
    test: 'a service can have the broker delete what it may not, by an answer: $name',
  },
];
