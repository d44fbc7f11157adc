import { accessErrorCodes } from './access-error-codes.js';
import { happenedErrorCodes } from './happened-error-codes.js';
import { keyErrorCodes } from './key-error-codes.js';
import {
  away,
  broken,
  missing,
  refused,
  state,
  taken,
  type ErrorCodeFacts,
} from './error-code-facts.js';

export type { ErrorCodeFacts } from './error-code-facts.js';

/** Every error code. A code, once published, keeps its meaning for ever. */
export const errorCodes = {
  'LK-CFG-001': broken(
    'The settings are incomplete or wrong.',
    'Mend each setting that the message names, then start again.',
  ),
  ...keyErrorCodes,
  'LK-BUS-001': away(
    'The broker cannot be reached.',
    'Start nats-server or mend NATS_URL; Latchkey goes on by itself.',
  ),
  'LK-BUS-002': broken(
    'The broker is too old or runs without JetStream.',
    'Use nats-server 2.12 or newer, started with -js.',
  ),
  'LK-BUS-003': {
    title: 'Nobody answered in time.',
    action: 'See whether the service that answers is running and ready; try again.',
    http: 504,
    grpc: 'DEADLINE_EXCEEDED',
  },
  'LK-BUS-004': refused(
    'A message could not be read as the event it should be.',
    'Compare it with the event reference; it lies in the dead letters.',
  ),
  'LK-BUS-005': broken(
    'A message could not be handled within its tries.',
    'Mend the cause, then replay it from the dead letters.',
  ),
  'LK-BUS-006': {
    title: 'The entry was changed by another meanwhile.',
    action: 'Read it again and apply the change to what is there now.',
    http: 409,
    grpc: 'ABORTED',
  },
  'LK-BUS-007': missing(
    'There is no such dead letter.',
    'It was replayed or dropped, or is too old (a mail 7 days, all else 30); see the list of dead letters.',
  ),
  'LK-BUS-008': broken(
    'The broker does not know this identity, or does not let it do that.',
    'Run `latchkey keys init`, give the broker the file broker-users.conf that it writes, and reload the broker.',
  ),
  'LK-BUS-009': broken(
    'The broker cannot be trusted: it shows no certificate, or another one than it should.',
    'See that grpc-ca.pem lies where LK_KEYS_DIR points and has signed the broker’s certificate, and that NATS_URL begins with tls:// where the broker speaks TLS.',
  ),
  'LK-CLK-001': away(
    "This host's clock differs from the broker's by more than 250 ms.",
    'Synchronise the clocks (NTP or chrony).',
  ),
  'LK-INT-001': broken(
    'An unexpected fault.',
    'See the log under the correlation id; report it with that id.',
  ),
  'LK-REQ-001': {
    title: 'The request is malformed.',
    action: 'Mend what the message names.',
    http: 400,
    grpc: 'INVALID_ARGUMENT',
  },
  'LK-REQ-002': {
    title: 'The payload is too large.',
    action: 'Send at most the size that the message names.',
    http: 413,
    grpc: 'INVALID_ARGUMENT',
  },
  'LK-REQ-003': missing('There is no such page.', 'See the API reference at /api/v1/docs.'),
  'LK-REQ-004': {
    title: 'The page does not take this method.',
    action: 'Use one of the methods that the header Allow names.',
    http: 405,
    grpc: 'INVALID_ARGUMENT',
  },
  ...accessErrorCodes,
  'LK-PER-001': refused('The person id is malformed.', 'Use 1-64 letters, digits, inner - and _.'),
  'LK-PER-002': taken(
    'The person id is taken.',
    'Choose another id (upper and lower case do not tell ids apart), or delete the person who has it.',
  ),
  'LK-PER-003': refused(
    'The e-mail address is malformed.',
    'Give one plain address, such as asha@example.org.',
  ),
  'LK-PER-004': taken(
    'The e-mail address is taken.',
    'Give another address; each belongs to one person.',
  ),
  'LK-PER-005': refused(
    'The name is malformed.',
    'Give 1-100 characters on one line, with a letter or a digit among them.',
  ),
  'LK-PER-006': missing(
    'There is no such person.',
    'See the list of people for the ids that are there.',
  ),
  'LK-PER-007': state(
    'The person is not in the state that this needs.',
    'The message names the state; what leads from one to the next: services/gateway/README.md, The states of a person.',
  ),
  'LK-PER-008': state(
    'The registration has fewer than five samples.',
    'Add samples until there are five, then commit.',
  ),
  'LK-PER-009': state(
    'The registration has its five samples already.',
    'Commit it, or abandon it and start anew.',
  ),
  'LK-PER-010': refused(
    'The samples are not of one person.',
    'Take the sample again with the same person before the camera.',
  ),
  'LK-PER-011': state(
    'The face belongs to someone who is registered under another id.',
    'Use that registration, or delete it first.',
  ),
  'LK-PER-012': {
    title: 'The person was changed by another meanwhile.',
    action: 'Read the person again, then repeat the change.',
    http: 412,
    grpc: 'ABORTED',
  },
  'LK-PER-013': refused(
    'The file is no list of people that can be imported.',
    'Give CSV with a first line that names the columns id, name and email, and at most 10,000 people.',
  ),
  'LK-PER-014': state(
    'Nobody has agreed to have this face taken.',
    'Begin the registration with `consent`: the version of the text that the person agreed to.',
  ),
  'LK-SMP-001': refused(
    'There is no face in the sample.',
    'Look straight into the camera, in good light.',
  ),
  'LK-SMP-002': refused('There is more than one face in the sample.', 'Be alone in the picture.'),
  'LK-SMP-003': refused('The face is too small.', 'Come closer to the camera.'),
  'LK-SMP-004': refused(
    'The picture is blurred.',
    'Hold still and see that the camera is in focus.',
  ),
  'LK-SMP-005': refused('The picture is too dark.', 'Turn on a light.'),
  'LK-SMP-006': refused('The picture is too bright.', 'Move out of the glare.'),
  'LK-SMP-007': refused('The eyes are shut.', 'Keep your eyes open.'),
  'LK-SMP-008': refused('The face is turned away.', 'Look straight into the camera.'),
  'LK-SMP-009': refused(
    'The face does not look live.',
    'Use no photograph or screen; stand before the camera yourself, with some background visible.',
  ),
  'LK-IMG-001': refused(
    'This is no picture of a kind that is taken here.',
    'Send a frame as one whole JPEG, a sample as JPEG, PNG or WebP.',
  ),
  'LK-IMG-002': {
    title: 'The frame is too large.',
    action: 'Send a JPEG of at most 900 KiB and 4096 px a side.',
    http: 413,
    grpc: 'INVALID_ARGUMENT',
  },
  'LK-COD-001': {
    title: 'A new code was asked for too often.',
    action: 'Wait as long as the message says; the last code is in the mail box.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-COD-002': refused('What was shown does not fit the attempt.', 'Show the code again.'),
  'LK-DOR-001': refused('The door is malformed.', 'Mend what the message names.'),
  'LK-DOR-002': taken('The door id is taken.', 'Choose another id.'),
  'LK-DOR-003': missing('There is no such door.', 'Create it first, or see the list of doors.'),
  'LK-DOR-005': {
    title: 'The lock was tested a moment ago.',
    action: 'Wait ten seconds between two tests of one lock.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-DOR-006': {
    title: 'A lock is tested by an administrator who is signed in.',
    action:
      'Sign in at the console as an administrator; the operator token of programs does not do.',
    http: 403,
    grpc: 'PERMISSION_DENIED',
  },
  'LK-DOR-007': refused(
    'What was typed is not the name of the door.',
    'Type the name as the door’s page shows it.',
  ),
  'LK-KSK-001': {
    title: 'The kiosk token is not valid for this door.',
    action: 'Use the token that was printed when the door was created, or make a new one.',
    http: 401,
    grpc: 'UNAUTHENTICATED',
  },
  'LK-KSK-002': refused(
    'The kiosk sent something that is no message of the protocol.',
    'See docs/KIOSK.md for the messages and their order.',
  ),
  'LK-EVT-001': {
    title: 'The live stream was cut: it was read too slowly.',
    action: 'Connect again with the header Last-Event-ID; nothing is lost.',
    http: 503,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-EVT-002': {
    title: 'Too many live streams are open.',
    action: 'Close one, or read the events page by page.',
    http: 503,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-KSK-003': {
    title: 'The kiosk sends more than is taken.',
    action: 'Send at most 60 frames and one wish a second.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-KSK-004': {
    title: 'The door has as many kiosks as it may.',
    action: 'Close one of the four that are connected with its token, or renew the token.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-KSK-005': refused(
    'The pairing code is not valid.',
    'Type the newest code of this door; each is good once, for 10 minutes. Or have a new one made on the page of the door.',
  ),
  'LK-KSK-006': {
    title: 'Too many wrong pairing codes were tried.',
    action: 'Wait a minute, then type the code again.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-EVD-001': missing(
    'There is no such photograph.',
    'It has passed its time to live, or was never kept.',
  ),
  'LK-STO-001': away(
    'The database cannot be reached.',
    'Start it or mend LK_STORE_URL; Latchkey goes on by itself.',
  ),
  'LK-STO-002': {
    title: 'The record was changed by another meanwhile.',
    action: 'Read it again, then repeat the change.',
    http: 409,
    grpc: 'ABORTED',
  },
  'LK-STO-003': broken(
    'LK_STORE_URL names no store that Latchkey knows.',
    'Use file:<path> or mongodb://….',
  ),
  'LK-AUD-001': state(
    'The act is not under way.',
    'Only who began it can say how it ended, once; see the audit.',
  ),
  'LK-MAIL-001': away(
    'The mail server cannot be reached or refuses for now.',
    'It is tried again by itself; see SMTP_URL.',
  ),
  'LK-MAIL-002': broken(
    'The mail server refuses the mail for good.',
    'Mend the address or the server, then send a new code.',
  ),
  'LK-MAIL-003': refused('The mail cannot be composed.', 'The message names what is missing.'),
  'LK-MAIL-004': missing(
    'There is no such delivery.',
    'Take its id from the list of deliveries, which reaches back 30 days.',
  ),
  'LK-MAIL-005': state(
    'There is nothing to send again.',
    'Whoever needs a code is mailed a new one from their page.',
  ),
  ...happenedErrorCodes,
} as const satisfies Record<string, ErrorCodeFacts>;

/** A stable, searchable error code. */
export type ErrorCode = keyof typeof errorCodes;
