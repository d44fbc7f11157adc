import type { ConsumerDefinition, StreamDefinition } from '@latchkey/contracts';
import type { Answer } from '@latchkey/gateway/api';

type Status = Answer<'getStatus'>;
export type PartName = Status['parts'][number]['name'];

/** What a part is for, and what happens and what to do while it is away. */
export interface PartWords {
  readonly title: string;
  readonly does: string;
  readonly withoutIt: string;
}

/** Every part of the system. */
export const partWords: Readonly<Record<PartName, PartWords>> = {
  broker: {
    title: 'Message broker',
    does: 'Carries every message between the services and to the locks.',
    withoutIt: 'Every door stays shut. See whether nats-server runs, and NATS_URL leads to it.',
  },
  registry: {
    title: 'People and codes',
    does: 'Keeps people, codes, doors and the audit.',
    withoutIt: 'Nobody enters or is registered. See its log, and whether its database is there.',
  },
  notify: {
    title: 'Mail',
    does: 'Mails codes and news.',
    withoutIt: 'Codes wait and are mailed once it is back. See its log, and the mail server.',
  },
  face: {
    title: 'Face recognition',
    does: 'Recognises faces. More of them look at more doors at once.',
    withoutIt: 'No door recognises anybody. Start at least one face worker.',
  },
  qr: {
    title: 'Code reading',
    does: 'Reads the codes that people show.',
    withoutIt: 'No code is read, so nobody enters. Start at least one qr worker.',
  },
  auth: {
    title: 'Decisions at the doors',
    does: 'Decides what each door does next.',
    withoutIt: 'Every door stays as it is, shut. Start at least one.',
  },
  capture: {
    title: 'Cameras and kiosks',
    does: 'Takes the pictures of cameras and kiosks, and serves the doors’ screens.',
    withoutIt: 'Doors’ screens say that the service is gone. Start it where the cameras are.',
  },
  gateway: {
    title: 'Console and API',
    does: 'Serves this console and the API.',
    withoutIt: 'This page would not be here.',
  },
};

const hints: Readonly<Record<string, string>> = {
  started: 'It is starting. If that takes longer than a minute, its log says what it waits for.',
  bus: 'It has lost the broker, and comes back by itself.',
  consumers: 'It no longer hears its messages. Its log says why; a restart helps.',
  clock:
    'This machine’s clock differs from the broker’s. Have both keep time by NTP; until then, entries would come too late.',
  policy: 'It has not read the doors yet. That takes seconds after a start.',
  gallery: 'It is reading the faces of everybody. Until it has them all, other workers look.',
  history: 'It reads what happened anew. Everything else works meanwhile.',
  store: 'Its database does not answer. See whether it runs, and LK_STORE_URL leads to it.',
};

/** What to do about a check that fails; undefined for one that is not known here. */
export function hintOf(check: string): string | undefined {
  return Object.hasOwn(hints, check) ? hints[check] : undefined;
}

/** What each stream holds, and for how long. */
export const streamWords: Readonly<Record<StreamDefinition['name'], string>> = {
  FRAMES: 'The newest picture of each camera, for 2 seconds',
  OBSERVATIONS: 'What was seen in the pictures, for 10 seconds',
  ACCESS: 'What happened at the doors, for 90 days',
  ALARMS: 'Alarms, for 90 days',
  LOCKTESTS: 'Tests of locks, for 10 minutes',
  REGISTRY: 'What changed about people, codes and doors, for 90 days',
  NOTICES: 'Mails that are still to be sent',
  DEAD: 'Messages that could not be handled, for 30 days',
};

/** What a stream holds, in words; one that is not known goes by its name. */
export function streamOf(name: string): string {
  const words: Readonly<Record<string, string>> = streamWords;
  return words[name] ?? name;
}

/** What each reader of a stream does with it, and what helps where it falls behind. */
export interface ReaderWords {
  readonly does: string;
  readonly help: string;
}

const MAIL_HELP = 'See whether the mail server answers.';
/** Every reader, by its durable name; a test holds them to the contracts. */
export const readerWords: Readonly<Record<ConsumerDefinition['durable'], ReaderWords>> = {
  face: { does: 'Looks for faces', help: 'Start more face workers (LK_FACE_WORKERS).' },
  qr: { does: 'Looks for codes', help: 'Start more qr workers (LK_QR_WORKERS).' },
  auth: { does: 'Decides at the doors', help: 'Start another auth (LK_AUTH_REPLICAS).' },
  'notify-access': { does: 'Mails news of entries and strangers', help: MAIL_HELP },
  'notify-alarms': { does: 'Mails alarms to guards', help: MAIL_HELP },
  'notify-registry': { does: 'Mails news of registrations', help: MAIL_HELP },
  'gateway-visitors': { does: 'Keeps strangers for Visitors', help: 'See the gateway’s log.' },
  'notify-code': { does: 'Mails codes', help: MAIL_HELP },
  'notify-mail': { does: 'Hands mails to the mail server', help: MAIL_HELP },
};

/** How a reader keeps up. Pictures are passed over rather than kept waiting, so one that waits is as it should be. */
export function lagWords(consumer: Status['consumers'][number]): {
  readonly text: string;
  readonly isBehind: boolean;
} {
  const { waiting, underWay, stream } = consumer;
  if (waiting === 0) {
    return { text: underWay === 0 ? 'Up to date' : `At work on ${underWay}`, isBehind: false };
  }
  const isBehind = stream !== 'FRAMES' && waiting > USUAL_WAITING;
  return { text: `${waiting.toLocaleString()} waiting`, isBehind };
}

/** So many may wait for a moment without anything being wrong. */
const USUAL_WAITING = 100;
