import { Parser } from '@asyncapi/parser';
import { expect, it } from 'vitest';
import { events } from '../index.js';
import { asyncApiDocument } from './asyncapi.js';

/** `DiagnosticSeverity.Error` of Spectral, on which the parser stands. */
const ERROR = 0;

it('is a valid AsyncAPI 3 document with a channel for each event', async () => {
  const { document, diagnostics } = await new Parser().parse(
    JSON.stringify(asyncApiDocument('1.0.0')),
  );
  expect(diagnostics.filter((diagnostic) => (diagnostic.severity as number) === ERROR)).toEqual([]);
  const addresses = document
    ?.channels()
    .all()
    .map((channel) => channel.address());
  for (const event of events) expect(addresses).toContain(event.template);
});
