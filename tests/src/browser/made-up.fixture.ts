import type { Answer } from '@latchkey/gateway/api';
import type { Page } from 'playwright-core';

const HOUR_MS = 60 * 60 * 1_000;
/** How busy a campus is at each hour of a day, from midnight on. */
const ENTRIES = [0, 0, 0, 0, 0, 1, 4, 19, 46, 38, 17, 14, 22, 31, 18, 13, 12, 15, 9, 6, 3, 1, 0, 0];
const DENIALS = [0, 0, 1, 0, 0, 0, 0, 2, 5, 3, 1, 0, 2, 3, 1, 0, 1, 2, 0, 1, 0, 2, 0, 0];

/** How many entries took so many seconds, from none on. */
const SECONDS = [0, 0, 21, 88, 74, 36, 19, 11, 9, 7, 3, 1]
  .map((count, seconds) => ({ seconds, count }))
  .filter(({ count }) => count > 0);

type Insights = Answer<'getInsights'>;

/** A day of a campus, cut at the end of this hour: a campus that was made a minute ago has one bar to show. */
function dayOf(answer: Insights): Insights {
  const [from, to] = [Date.parse(answer.from), Date.parse(answer.to)];
  const hours: Insights['hours'] = [];
  for (let at = from; at < to; at += HOUR_MS) {
    const hour = new Date(at).getUTCHours();
    const [granted, denied] = [ENTRIES[hour] ?? 0, DENIALS[hour] ?? 0];
    const lab = Math.floor(granted / 3);
    const moment = new Date(at).toISOString();
    hours.push({ at: moment, door: 'lab-east', granted: lab, denied: denied > 2 ? 1 : 0 });
    const rest = { granted: granted - lab, denied: denied > 2 ? denied - 1 : denied };
    hours.push({ at: moment, door: 'library-north', ...rest });
  }
  const sum = (what: 'granted' | 'denied') => hours.reduce((total, hour) => total + hour[what], 0);
  return {
    ...answer,
    hours,
    outcomes: [
      { outcome: 'granted', reason: '', count: sum('granted') },
      { outcome: 'denied', reason: 'unknown', count: sum('denied') - 6 },
      { outcome: 'expired', reason: 'awaiting-code', count: 8 },
      { outcome: 'abandoned', reason: 'left', count: 5 },
      { outcome: 'denied', reason: 'not-live', count: 4 },
      { outcome: 'denied', reason: 'wrong-code', count: 2 },
    ],
    timeToOpenMs: { count: sum('granted'), median: 4_200, p95: 8_900, seconds: SECONDS },
    livenessRefusals: 4,
  };
}

const deadLetters: Answer<'listDeadLetters'> = {
  next: null,
  deadLetters: [
    {
      id: 7,
      stream: 'NOTICES',
      consumer: 'notify-mail',
      event: null,
      subject: null,
      sequence: 412,
      deliveries: 8,
      code: 'LK-MAIL-002',
      reason: 'The mail server refused the address for good: 550 no such mailbox.',
      correlationId: null,
      sizeBytes: 1_284,
      at: new Date(Date.now() - HOUR_MS).toISOString(),
    },
  ],
};

/** Has the console's page show a day and a dead letter that nobody lived, where the campus of the pictures has too little. */
export async function makeUp(page: Page): Promise<void> {
  await page.route('**/api/v1/insights?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: dayOf((await response.json()) as Insights) });
  });
  await page.route('**/api/v1/dead-letters*', (route) => route.fulfill({ json: deadLetters }));
}
