import { FrontDesk } from '@latchkey/tests/front-desk';
import type { Bench } from './bench.js';
import { median, rounded } from './figures.pure.js';

const FEW = 100;
const MANY = 10_000;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
const LIMIT = 50;

const given = ['asha', 'ben', 'carla', 'deepa', 'eva', 'farid', 'gita', 'hana', 'ivan', 'joão'];
const family = ['rao', 'okafor', 'diaz', 'mehta', 'lind', 'khan', 'das', 'sato', 'petrov', 'smith'];

/** Pages of 10,000 people as the console asks for them, beside the same of 100. */
export const people: Bench = {
  name: 'people',
  about: 'pages and searches of 10,000 people by REST, beside the same of 100; a list read in',
  run: measure,
};

async function measure(progress: (share: number) => void): Promise<Record<string, unknown>> {
  await using few = await FrontDesk.open();
  await using many = await FrontDesk.open();
  await list(few, FEW);
  const listedMs = await list(many, MANY);
  const ratios: Record<string, unknown> = {};
  const questions = Object.entries(allQuestions());
  for (const [at, [name, pathOf]] of questions.entries()) {
    progress((at + 1) / (questions.length + 1));
    ratios[name] = await compare(few, many, pathOf);
  }
  return { ...ratios, listedPerSecond: rounded((MANY * 1_000) / listedMs) };
}

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
  const page = (query: string) => async () => `/people?limit=${LIMIT}&${query}`;
  return {
    byName: page('sort=name'),
    byEnrolment: page('sort=-enrolledAt'),
    amid: async (desk) => `/people?limit=${LIMIT}&sort=name&cursor=${await middle(desk)}`,
    ofGroup: page('sort=name&group=class-1'),
    ofState: page('sort=name&state=suspended'),
    forOne: page('sort=name&q=eva%2000044'),
    forATenth: page('sort=name&q=joao'),
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

/** The same question of few and of many in turn, so that what else the machine does meets both. */
async function compare(few: FrontDesk, many: FrontDesk, question: Question) {
  const [fewPath, manyPath] = [await question(few), await question(many)];
  const [fewMs, manyMs]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const [one, other] = [await timeMs(few, fewPath), await timeMs(many, manyPath)];
    if (round < 0) continue;
    fewMs.push(one);
    manyMs.push(other);
  }
  return {
    ratio: rounded(median(manyMs) / median(fewMs)),
    medianMs: rounded(median(manyMs)),
  };
}

async function timeMs(desk: FrontDesk, path: string): Promise<number> {
  const began = performance.now();
  const { status } = await desk.ask('GET', path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  return performance.now() - began;
}
