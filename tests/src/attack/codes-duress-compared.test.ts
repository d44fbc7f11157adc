// Real: two campuses, each a broker, a registry with its file store and a gateway over HTTP. Made up: what auth and notify tell.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventfulCampus, withoutIds } from './two-campuses.fixture.js';

/** What takes the place of a path's own part. */
const PLACES: Readonly<Record<string, string>> = {
  '/people/{id}': '/people/s1',
  '/doors/{id}': '/doors/north',
  '/alerts/{id}': '/alerts/nothing',
  '/dead-letters/{id}': '/dead-letters/2',
  '/evidence/{key}': '/evidence/north.1',
};
const asked = ['auditor', 'enroller'] as const;
type Deaf = (typeof asked)[number];

describe('whoever may not hear of a silent alarm', { timeout: 240_000 }, () => {
  let calm: EventfulCampus;
  let forced: EventfulCampus;

  beforeAll(async () => {
    [calm, forced] = await Promise.all([EventfulCampus.open(false), EventfulCampus.open(true)]);
  });
  afterAll(async () => {
    await Promise.all([calm, forced].map((campus) => campus?.[Symbol.asyncDispose]()));
  });

  /** Every page that the role may read, with each list also by single entries, the other way round, and by its kinds. */
  async function pathsFor(role: Deaf): Promise<string[]> {
    const { json } = await calm.as(role).ask('GET', '/me');
    const may = json['may'] as string[];
    const document = (await calm.desk.ask('GET', '/openapi.json')).json;
    const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>);
    const readable = paths.flatMap(([path, { get }]) =>
      get && may.includes(get.operationId) && get.operationId !== 'liveEvents' ? [path] : [],
    );
    return readable.map((path) => path.replace('/api/v1', '')).map(filled);
  }

  /** What a role reads there, page by page where it is a list, each page as it comes. */
  async function read(
    campus: EventfulCampus,
    role: Deaf,
    path: string,
    limit = '',
  ): Promise<string> {
    const pages: string[] = [];
    let cursor = '';
    for (let turn = 0; turn < 60; turn += 1) {
      const query = [limit, cursor].filter((part) => part !== '').join('&');
      const sign = path.includes('?') ? '&' : '?';
      const response = await campus.as(role).fetch('GET', query ? `${path}${sign}${query}` : path);
      const text = await response.text();
      pages.push(`${response.status} ${withoutIds(text)}`);
      const answer = text.startsWith('{') ? (JSON.parse(text) as Page) : {};
      if (typeof answer.next !== 'string' || answer.more === false) break;
      cursor = `cursor=${encodeURIComponent(answer.next)}`;
    }
    return pages.join('\n');
  }

  async function differences(role: Deaf): Promise<string[]> {
    const lists = [
      '/events',
      '/events?order=newest',
      '/events?person=s1',
      '/events?type=alarm.duress',
    ];
    const kinds = [
      '/events?type=alarm.duress,alarm.wrong-code',
      '/events?door=north',
      '/alerts?kind=alarm',
    ];
    const paths = [...(await pathsFor(role)), ...lists, ...kinds];
    const found: string[] = [];
    for (const path of new Set(paths)) {
      const isList = 'next' in (await calm.as(role).ask('GET', path)).json;
      for (const limit of isList ? ['', 'limit=1', 'limit=2'] : ['']) {
        const [one, other] = await Promise.all(
          [calm, forced].map((campus) => read(campus, role, path, limit)),
        );
        if (one !== other) found.push(`${path} ${limit}\n${one}\n--- with the alarm\n${other}`);
      }
    }
    return found;
  }

  it.each(asked)(
    'reads as an %s the same pages as where there is none, by any count',
    async (role) => {
      expect((await pathsFor(role)).length).toBeGreaterThan(5);
      // What the registry and the gateway note comes a moment later.
      await expect.poll(() => differences(role), { timeout: 90_000 }).toEqual([]);
    },
  );

  it.each(asked)(
    'follows as an %s the same live stream, and can read no count in its ids',
    async (role) => {
      const told = await Promise.all([calm, forced].map((campus) => follow(campus, role)));
      expect(withoutIds(told[0] ?? '')).toBe(withoutIds(told[1] ?? 'nothing'));
      const ids = told.flatMap((text) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id));
      expect(ids.length).toBeGreaterThan(4);
      expect(ids.filter((id) => !/^[\w-]{102}$/.test(id ?? ''))).toEqual([]);
    },
  );

  it('cannot ask from a count of their own making', async () => {
    for (const path of [
      '/events?cursor=1-2-1',
      '/events?order=newest&cursor=1-9',
      '/deliveries?cursor=3',
      '/alerts?cursor=1-9',
      '/dead-letters?cursor=3',
    ]) {
      const { status, json } = await forced.as('auditor').ask('GET', path);
      expect({ path, status, code: json['code'] }).toEqual({
        path,
        status: 400,
        code: 'LK-REQ-001',
      });
    }
    const headers = { 'last-event-id': '1-2-1' };
    const { status } = await forced.as('enroller').ask('GET', '/events/live', undefined, headers);
    expect(status).toBe(400);
  });
});

interface Page {
  readonly next?: string | null;
  readonly more?: boolean;
}
interface Operation {
  readonly operationId: string;
}

function filled(path: string): string {
  const place = Object.keys(PLACES).find((start) => path.startsWith(start));
  return place === undefined ? path : path.replace(place, PLACES[place] ?? place);
}

async function follow(campus: EventfulCampus, role: Deaf): Promise<string> {
  const since = new Date(Date.now() - 600_000).toISOString();
  const response = await campus.as(role).fetch('GET', `/events/live?since=${since}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes(campus.last) && text.endsWith('\n\n')) break;
  }
  return text.replaceAll(': beat\n\n', '');
}
