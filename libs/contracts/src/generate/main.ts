import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEvent, type EventDefinition, events } from '../index.js';
import { asyncApiDocument } from './asyncapi.js';
import { type GeneratedFiles, staleFiles, writeFiles } from './files.js';
import { errorReference, eventReference } from './reference.js';
import { allSchemas } from './schemas.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function referenceFiles(): GeneratedFiles {
  const files = new Map<string, string>();
  files.set('docs/reference/events.md', eventReference());
  files.set('docs/reference/errors.md', errorReference());
  files.set('docs/reference/asyncapi.json', text(asyncApiDocument('1.0.0')));
  for (const [name, schema] of allSchemas())
    files.set(`docs/reference/schemas/${name}.schema.json`, text(schema));
  return files;
}

/** The first recorded messages of an event; once in the tree they are never changed, only added to. */
function fixtureOf(event: EventDefinition): string {
  const wrap = (data: unknown) =>
    createEvent(event, {
      id: 'recorded-1',
      source: 'recorded',
      timeMs: 1_790_000_000_000,
      correlationId: 'recorded',
      data,
    });
  return text({
    valid: [wrap(event.example)],
    invalid: event.invalid.map(({ why, data }) => ({ why, event: wrap(data) })),
  });
}

function newFixtures(): GeneratedFiles {
  const files = new Map<string, string>();
  for (const event of events) {
    const path = `libs/contracts/fixtures/v1/${event.type}.json`;
    if (!existsSync(`${root}${path}`)) files.set(path, fixtureOf(event));
  }
  return files;
}

/** The TypeScript of the protobuf contract, generated apart so that a check leaves the tree alone. */
function protobufFiles(): GeneratedFiles {
  const contracts = join(root, 'libs/contracts');
  const out = mkdtempSync(join(tmpdir(), 'latchkey-buf-'));
  try {
    execFileSync(join(contracts, 'node_modules/.bin/buf'), ['generate', '--output', out], {
      cwd: contracts,
    });
    const path = 'src/gen/latchkey/registry/v1/registry.ts';
    return new Map([[`libs/contracts/${path}`, readFileSync(join(out, path), 'utf8')]]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const files = new Map([...protobufFiles(), ...referenceFiles(), ...newFixtures()]);
if (process.argv.includes('--check')) {
  const stale = await staleFiles(root, files);
  if (stale.length > 0) {
    console.error(
      `Generated files are not fresh; run \`npm run generate\`:\n  ${stale.join('\n  ')}`,
    );
    process.exit(1);
  }
} else {
  await writeFiles(root, files);
}
