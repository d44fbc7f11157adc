import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { events, requests } from './catalogue.js';
import { createEvent, EventParseError, parseEvent } from './cloud-event.js';
import { consumers } from './consumers.js';
import { filterOf, paramsOf, subjectOf } from './define.js';
import { errorCodes } from './error-codes.js';
import { streams } from './streams.js';

const fixtures = new URL('../fixtures/v1/', import.meta.url);

interface Fixture {
  valid: unknown[];
  invalid: { why: string; event: unknown }[];
}

function recorded(type: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${type}.json`, fixtures), 'utf8')) as Fixture;
}

/** Whether NATS would deliver `subject` to a subscriber of `filter` (tokens only, no `>`). */
function fits(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const given = subject.split('.');
  return (
    wanted.length === given.length &&
    wanted.every((token, i) => token === '*' || token === given[i])
  );
}

describe.each(events)('$type', (definition) => {
  it('accepts its example and keeps it as it is', () => {
    expect(definition.data.parse(definition.example)).toEqual(definition.example);
  });

  it.each(definition.invalid)('refuses what is wrong: $why', ({ data }) => {
    expect(definition.data.safeParse(data).success).toBe(false);
  });

  it('is stored by the stream it names, and by no other', () => {
    const storing = Object.values(streams).filter((stream) =>
      stream.subjects.some((filter) => fits(filter, filterOf(definition))),
    );
    expect(storing.map((stream) => stream.name)).toEqual(
      definition.stream ? [definition.stream] : [],
    );
  });

  it('still reads each message that was ever recorded of it', () => {
    const { valid, invalid } = recorded(definition.type);
    expect(valid.length).toBeGreaterThan(0);
    for (const event of valid) parseEvent(definition, JSON.stringify(event));
    for (const { event } of invalid) {
      expect(() => parseEvent(definition, JSON.stringify(event))).toThrow(EventParseError);
    }
  });
});

describe('the catalogue', () => {
  it('has one definition a subject', () => {
    const filters = [...events, ...requests].map(filterOf);
    expect(new Set(filters).size).toBe(filters.length);
  });

  it('has no recorded messages of an event that is gone', () => {
    const types = readdirSync(fixtures).map((file) => file.replace(/\.json$/, ''));
    expect(types.toSorted()).toEqual(events.map((event) => event.type).toSorted());
  });

  it('lets each consumer read only what its stream stores', () => {
    for (const consumer of Object.values(consumers)) {
      for (const filter of consumer.filters) {
        expect(streams[consumer.stream].subjects.some((subject) => fits(subject, filter))).toBe(
          true,
        );
      }
    }
  });

  it('gives each error code its meaning and what to do', () => {
    for (const [code, { title, action }] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^LK-[A-Z]+-\d{3}$/);
      expect(title.endsWith('.') && action.endsWith('.')).toBe(true);
    }
  });
});

describe('a subject', () => {
  const definition = { template: 'lk.v1.access.{door}.granted' } as const;

  it('gives back the tokens that it was made of', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{1,48}$/), (door) => {
        expect(paramsOf(definition, subjectOf(definition, { door }))).toEqual({ door });
      }),
    );
  });

  it.each(['', 'a.b', '*', '>', 'a b', 'ä'])('is never made of the token %j', (door) => {
    expect(() => subjectOf(definition, { door })).toThrow(RangeError);
  });
});

describe('an event', () => {
  const definition = events[0]!;
  const event = createEvent(definition, {
    id: 'x',
    source: 'auth',
    timeMs: 0,
    correlationId: 'c',
    data: definition.example,
  });

  it('drops fields that it does not know', () => {
    const data = { ...(definition.example as object), later: 1 };
    expect(parseEvent(definition, JSON.stringify({ ...event, data, later: 1 })).data).toEqual(
      definition.example,
    );
  });

  it.each([
    ['no JSON', '{'],
    ['no CloudEvent', '{}'],
    ['another type', JSON.stringify({ ...event, type: 'lk.v9.other' })],
    ['another version of CloudEvents', JSON.stringify({ ...event, specversion: '0.3' })],
  ])(
    'is refused where it is %s, with a reason that holds no value of the payload',
    (_, payload) => {
      expect(() => parseEvent(definition, payload)).toThrow(EventParseError);
    },
  );
});
