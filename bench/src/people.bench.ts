import { FrontDesk } from '@latchkey/tests/front-desk';
import type { Bench } from './bench.js';
import { median, rounded } from './figures.pure.js';

/** The page of the last is told beside that of the first; the second shows which way it goes. */
const SIZES = [100, 1_000, 10_000] as const;
const MOST = SIZES[2];
const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
/** So many rows has a page at every size, for rows take time, too. */
const LIMIT = 50;
const SHARED_BY_A_TENTH = 10;

const given = ['asha', 'ben', 'carla', 'deepa', 'eva', 'farid', 'gita', 'hana', 'ivan', 'joão'];
const family = ['rao', 'okafor', 'diaz', 'mehta', 'lind', 'khan', 'das', 'sato', 'petrov', 'smith'];

/** Pages of 10,000 and of 1,000 people as the console asks for them, beside the same of 100. */
export const people: Bench = {
  name: 'people',
  about:
    'pages and searches of 10,000 people by REST, and of 1,000 beside as long ones of 100; a list read in',
  run: measure,
};

async function measure(progress: (share: number) => void): Promise<Record<string, unknown>> {
  await using few = await FrontDesk.open();
  await using more = await FrontDesk.open();
  await using many = await FrontDesk.open();
  const desks: Desks = [few, more, many];
  let listedMs = 0;
  for (const [at, desk] of desks.entries()) listedMs = await list(desk, SIZES[at] ?? 0);
  const ratios: Record<string, unknown> = {};
  const questions = Object.entries(allQuestions());
  for (const [at, [name, pathOf]] of questions.entries()) {
    progress((at + 1) / (questions.length + 1));
    ratios[name] = await compare(desks, pathOf);
  }
  return { ...ratios, listedPerSecond: rounded((MOST * 1_000) / listedMs) };
}

type Desks = readonly [FrontDesk, FrontDesk, FrontDesk];

/** Somebody of many: of those who share a name there are the more, the more there are. */
function row(n: number): string {
  const number = String(n).padStart(5, '0');
  const name = `${given[n % 10]} ${family[Math.floor(n / 10) % 10]} ${number}`;
  return `p${number},${name},p${number}@campus.example,class-${Math.floor(n / 10) % 2}`;
}

async function list(desk: FrontDesk, count: number): Promise<number> {
  const rows = Array.from({ length: count }, (_, n) => row(n));
  const body = { csv: ['id,name,email,groups', ...rows].join('\n'), commit: true };
  const began = performance.now();
  const { json } = await desk.ask('POST', '/people/import', body);
  if (json['created'] !== count) throw new Error(`${String(json['created'])} people were listed`);
  return performance.now() - began;
}

type Question = (desk: FrontDesk) => Promise<string>;

function allQuestions(): Record<string, Question> {
  const page =
    (query: string, limit = LIMIT) =>
    async () =>
      `/people?limit=${limit}&${query}`;
  return {
    byName: page('sort=name'),
    byEnrolment: page('sort=-enrolledAt'),
    amid: async (desk) => `/people?limit=${LIMIT}&sort=name&cursor=${await middle(desk)}`,
    ofGroup: page('sort=name&group=class-1'),
    ofState: page('sort=name&state=suspended'),
    forOne: page('sort=name&q=eva%2000044'),
    forATenth: page('sort=name&q=joao', SHARED_BY_A_TENTH),
    forAll: page('sort=name&q=campus'),
  };
}

/** Where the page begins that lies in the middle. */
async function middle(desk: FrontDesk): Promise<string> {
  const { json } = await desk.ask('GET', '/people?limit=1');
  let cursor = '';
  for (let left = Number(json['total']) / 2; left > 0; left -= 500) {
    const query = `limit=${Math.min(500, left)}&sort=name&cursor=${cursor}`;
    const page = await desk.ask('GET', `/people?${query}`);
    cursor = String(page.json['next']);
  }
  return cursor;
}

/** The same question at each size in turn, so that what else the machine does meets all. */
async function compare(desks: Desks, question: Question) {
  const paths = await Promise.all(desks.map((desk) => question(desk)));
  const timesMs: number[][] = desks.map(() => []);
  const rows = new Set<number>();
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [at, desk] of desks.entries()) {
      const asked = await ask(desk, paths[at] ?? '');
      rows.add(asked.rows);
      if (round >= 0) timesMs[at]?.push(asked.tookMs);
    }
  }
  if (rows.size !== 1) throw new Error(`pages had ${[...rows].join(', ')} rows`);
  const [fewMs = 0, moreMs = 0, manyMs = 0] = timesMs.map(median);
  return {
    ratio: rounded(manyMs / fewMs),
    ratioAt1000: rounded(moreMs / fewMs),
    rows: [...rows][0],
    medianMs: rounded(manyMs),
  };
}

async function ask(desk: FrontDesk, path: string): Promise<{ tookMs: number; rows: number }> {
  const began = performance.now();
  const { status, json } = await desk.ask('GET', path);
  const tookMs = performance.now() - began;
  const { people: found } = json;
  if (status !== 200 || !Array.isArray(found)) throw new Error(`${path} answered ${status}`);
  return { tookMs, rows: found.length };
}
