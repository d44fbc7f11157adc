import {
  buckets,
  cancelRequested,
  consoleCodes,
  consumers,
  createEvent,
  deadHeaderNotes,
  deadHeaders,
  deadSubject,
  errorCodes,
  events,
  frameHeaderNotes,
  frameHeaders,
  frameSubject,
  objectStores,
  requests,
  streams,
  typesOf,
} from '../index.js';

const NOTE = '<!-- Generated from libs/contracts by `npm run generate`. -->';
const cell = (text: string) => text.replaceAll('|', '\\|');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const age = (ms: number) =>
  ms === 0 ? 'unlimited' : ms % 86_400_000 === 0 ? `${ms / 86_400_000} days` : `${ms / 1_000} s`;
const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

function streamsPart(): string[] {
  return [
    '## Streams',
    '',
    row('stream', 'subjects', 'storage', 'kept', 'what'),
    row('---', '---', '---', '---', '---'),
    ...Object.values(streams).map((s) =>
      row(
        s.name,
        s.subjects.map((x) => `\`${x}\``).join(', '),
        s.storage,
        s.retention === 'workqueue' ? 'until settled' : age(s.maxAgeMs),
        s.summary,
      ),
    ),
  ];
}

function consumersPart(): string[] {
  return [
    '## Durable consumers',
    '',
    row('durable', 'stream', 'service', 'filters', 'ack', 'what'),
    row('---', '---', '---', '---', '---', '---'),
    ...Object.values(consumers).map((c) =>
      row(
        c.durable,
        c.stream,
        c.service,
        c.filters.map((x) => `\`${x}\``).join(', '),
        c.ack,
        c.summary,
      ),
    ),
  ];
}

function bucketsPart(): string[] {
  return [
    '## Buckets and object stores',
    '',
    row('name', 'kind', 'storage', 'kept', 'what'),
    row('---', '---', '---', '---', '---'),
    ...Object.values(buckets).map((b) =>
      row(b.name, 'key-value', b.storage, age(b.ttlMs), b.summary),
    ),
    ...Object.values(objectStores).map((o) =>
      row(o.name, 'objects', o.storage, age(o.ttlMs), o.summary),
    ),
  ];
}

/** A whole message, since the examples below are of its `data` alone. */
function envelopePart(): string[] {
  const { type, example } = cancelRequested;
  const event = createEvent(cancelRequested, {
    id: '0198f6a2-7d10-7b2e-8c44-5a1f9e2d3c21',
    source: 'front-desk',
    timeMs: 1_790_000_000_000,
    correlationId: 'front-desk-17',
    data: example,
  });
  return [
    '## A whole event',
    '',
    `All of these fields are needed in what you publish, too: \`id\` and \`source\` have at most 200 characters, \`correlationid\` at most 64. Here \`${type}\`:`,
    '',
    json(event),
  ];
}

function framesPart(): string[] {
  const fields = keysOf(frameHeaders);
  return [
    `### \`${frameSubject.template}\``,
    '',
    `${frameSubject.summary} Stream: ${frameSubject.stream}. Its headers:`,
    '',
    row('header', 'needed', 'what'),
    row('---', '---', '---'),
    ...fields.map((field) => {
      const { required, summary } = frameHeaderNotes[field];
      return row(`\`${frameHeaders[field]}\``, required ? 'yes' : 'no', summary);
    }),
    '',
    'A frame with a header missing or wrong is no dead letter: it is dropped. The logs of face and qr tell why, and so does `lk.v1.face.picture`.',
  ];
}

function deadPart(): string[] {
  return [
    `### \`${deadSubject.template}\``,
    '',
    `${deadSubject.summary} Stream: ${deadSubject.stream}. Its headers, beside its own:`,
    '',
    row('header', 'what'),
    row('---', '---'),
    ...keysOf(deadHeaders).map((field) => row(`\`${deadHeaders[field]}\``, deadHeaderNotes[field])),
  ];
}

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  Object.keys(record) as Key[];

/** The event reference for people. */
export function eventReference(): string {
  const listed = events.flatMap((event) => [
    `### \`${event.template}\``,
    '',
    `${event.summary} Stream: ${event.stream ?? 'none (plain publish)'}. Type: ${typesOf(event)
      .map((type) => `\`${type}\``)
      .join(' or ')}.`,
    '',
    json(event.example),
    '',
  ]);
  const asked = requests.flatMap((request) => [
    `### \`${request.template}\``,
    '',
    `${request.summary} The question is \`${request.requestContentType}\`; the answer, within ${request.timeoutMs} ms:`,
    '',
    json(request.example),
    '',
  ]);
  return [
    NOTE,
    '# Event reference',
    '',
    'Every payload is a CloudEvents 1.0 event in structured JSON mode (frames: the bare JPEG; dead letters: as they came); below is its `data`.',
    'Each has a JSON Schema in [schemas](schemas/), and all of them are in [asyncapi.json](asyncapi.json).',
    '',
    ...streamsPart(),
    '',
    ...consumersPart(),
    '',
    ...bucketsPart(),
    '',
    ...envelopePart(),
    '',
    '## Events',
    '',
    ...listed,
    '## Frames and dead letters',
    '',
    ...framesPart(),
    '',
    ...deadPart(),
    '',
    '## Questions',
    '',
    'An answer that is a failure has the header `Lk-Code`, with a code of the [error codes](errors.md), and is not of the schema but',
    '`{"code", "kind", "message"}`, with `retryAfterMs` where that is known; `kind` is `retryable`, `terminal` or `benign`.',
    '',
    ...asked,
  ].join('\n');
}

/** The table of error codes. */
export function errorReference(): string {
  return [
    NOTE,
    '# Error codes',
    '',
    'A code keeps its meaning for ever. Over HTTP it is the `code` of a problem; over gRPC it is in the metadata `lk-code`.',
    '',
    row('code', 'what happened', 'what to do', 'HTTP', 'gRPC'),
    row('---', '---', '---', '---', '---'),
    ...Object.entries(errorCodes).map(([code, f]) =>
      row(code, f.title, f.action, String(f.http), f.grpc),
    ),
    '',
    '## On the console',
    '',
    'Told where they happen, at a start, by the command line or in a log: never over HTTP or on the bus.',
    '',
    row('code', 'what happened', 'what to do'),
    row('---', '---', '---'),
    ...Object.entries(consoleCodes).map(([code, f]) => row(code, f.title, f.action)),
    '',
  ].join('\n');
}
