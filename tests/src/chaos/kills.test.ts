// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk, `kill -9`.
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KillCampus } from './kill-campus.fixture.js';
import { allCells, type Cell, fewCells, type Step, type Thing } from './kills.pure.js';
import { killsPage } from './kills-page.pure.js';

const all = process.env['LK_CHAOS'] === 'all';
const PAGE = new URL('../../../docs/KILLS.md', import.meta.url);

/** Who notes what was mailed, and the broker, which keeps the note. */
const mayResend = (thing: Thing) => thing === 'notify' || thing === 'broker';

/** Goes so far into an entry, kills at that step, and lets the entry go on. */
type Play = (here: KillCampus, thing: Thing) => Promise<void>;

const plays: Record<Step, Play> = {
  idle: async (here, thing) => {
    const visit = await here.visit();
    await here.kill(thing);
    here.door.come(visit, { code: 'when asked' });
  },
  identifying: async (here, thing) => {
    const begun = here.witness.passing('lk.v1.access.', '.started');
    here.door.come(await here.visit(), { code: 'when asked' });
    await begun;
    await here.kill(thing);
  },
  'awaiting code': async (here, thing) => {
    here.door.come(await here.visit(), { code: 'not yet' });
    await here.door.sees('that it awaits the code', ({ phase }) => phase === 'awaiting-code');
    await here.kill(thing);
    here.door.takeOutCode();
  },
  'checking code': async (here, thing) => {
    here.door.come(await here.visit(), { code: 'not yet' });
    await here.door.sees('that it awaits the code', ({ phase }) => phase === 'awaiting-code');
    await here.whileRegistryHalts(async () => {
      here.door.takeOutCode();
      await here.door.sees('that it checks the code', ({ phase }) => phase === 'checking-code');
      await here.kill(thing);
    });
  },
  granted: async (here, thing) => {
    const granted = here.witness.passing('lk.v1.access.', '.granted');
    here.door.come(await here.visit(), { code: 'when asked' });
    await granted;
    await here.kill(thing);
  },
  'mail under way': async (here, thing) => {
    const mailed = here.witness.passing('lk.v1.notice.code');
    here.door.come(await here.visit(), { code: 'when asked' });
    await mailed;
    await here.kill(thing);
  },
  'mail taken': async (here, thing) => {
    const held = here.holdCodeMail();
    here.door.come(await here.visit(), { code: 'when asked' });
    const { messageId } = await held.taken;
    await here.kill(thing);
    held.tell();
    // Nobody else could know that it was taken.
    if (thing === 'notify') await here.comesAgain(messageId);
  },
};

describe('kill -9 of one thing at one step of an entry', () => {
  let here: KillCampus;
  const ended: (Cell & { outcome: string; mails: ReadonlySet<string> })[] = [];

  beforeAll(async () => {
    here = await KillCampus.open();
  }, 180_000);
  afterAll(async () => {
    const table = ended.map((one) => ({ ...one, resent: here.resent(one.mails) }));
    await here?.close();
    if (ended.length === allCells.length) await writeFile(PAGE, killsPage(table));
  }, 60_000);

  it.each(all ? allCells : fewCells)(
    '$thing, $step: one outcome, every mail, and the next entry works',
    async ({ step, thing }) => {
      await here.isWhole();
      const before = here.mailed();
      const outcome = await here.outcomeOf(() => plays[step](here, thing));
      expect(outcome).toMatch(/^(granted|expired|abandoned)$/);
      await here.isWhole();
      const mails = here.mailed().difference(before);

      const come = async () => here.door.come(await here.visit(), { code: 'when asked' });
      expect(await here.outcomeOf(come)).toBe('granted');
      await here.isWhole();
      expect(await here.faults()).toEqual([]);
      ended.push({ step, thing, outcome, mails });
    },
    240_000,
  );

  it('sends a mail again that was taken where notify died before it could note so', () => {
    const taken = ended.filter(({ step, thing }) => step === 'mail taken' && thing === 'notify');
    expect(taken.map(({ mails }) => here.resent(mails))).not.toContain(0);
  });

  it('sends a mail again only where notify or the broker died while it was under way', () => {
    const others = ended.filter(({ thing }) => !mayResend(thing));
    expect(others.filter(({ mails }) => here.resent(mails) > 0)).toEqual([]);
  });
});
