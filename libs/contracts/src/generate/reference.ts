import {
  buckets,
  consoleCodes,
  consumers,
  errorCodes,
  events,
  objectStores,
  requests,
  streams,
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

/** The event reference for people. */
export function eventReference(): string {
  const listed = events.flatMap((event) => [
    `### \`${event.template}\``,
    '',
    `${event.summary} Stream: ${event.stream ?? 'none (plain publish)'}. Type: \`${event.carries ?? event.type}\`.`,
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
    'Every payload is a CloudEvents 1.0 event in structured JSON mode (frames: the bare JPEG); below is its `data`.',
    'Each has a JSON Schema in [schemas](schemas/), and all of them are in [asyncapi.json](asyncapi.json).',
    '',
    ...streamsPart(),
    '',
    ...consumersPart(),
    '',
    ...bucketsPart(),
    '',
    '## Events',
    '',
    ...listed,
    '## Questions',
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
