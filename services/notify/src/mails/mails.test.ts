import { mailOccasion } from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicantMail } from './applicant-mail.pure.js';
import { codeMail } from './code-mail.pure.js';
import { layOut, type MailWords, oneLine } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';
import { occasions } from './occasions.pure.js';

const facts: OccasionFacts = {
  name: 'Asha Rao',
  door: 'Library, north',
  when: '14 September 2026 at 09:05 UTC',
  reason: 'mismatch',
  count: 1,
  hasPhotograph: true,
};

/** Every mail that there is, about one name at one door. */
function everyMail(name: string, door = facts.door): MailWords[] {
  const all = { ...facts, name, door };
  return [
    ...mailOccasion.options.map((occasion) => occasions[occasion](all)),
    ...(['registered', 'granted', 'reissued', 'requested'] as const).map((reason) =>
      codeMail({ name, reason, door, when: all.when }),
    ),
    ...(['quit', 'expired', 'samples'] as const).map((reason) =>
      applicantMail({ name, reason, detail: name }),
    ),
  ];
}

describe('a mail', () => {
  it('has a subject on one line, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        for (const mail of everyMail(name, name)) {
          expect(layOut(mail).subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('shows a name as it is written and never as markup', () => {
    const name = `<img src=x onerror=alert(1)> "O'Neil" & sons`;
    for (const mail of everyMail(name, name)) {
      const { html } = layOut(mail);
      expect(html).not.toContain('<img src=x');
      expect(html.match(/<img\b/g)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    expect(layOut(everyMail(name)[0] as MailWords).html).toContain(
      '&lt;img src=x onerror=alert(1)&gt; &quot;O&#39;Neil&quot; &amp; sons',
    );
  });

  it('loads nothing from anywhere: the only picture is in the mail itself', () => {
    for (const mail of everyMail('Asha Rao')) {
      const { html } = layOut(mail);
      expect(html).not.toMatch(/https?:|\burl\(|<script|<link|<iframe|@import/i);
      for (const [, source] of html.matchAll(/src="([^"]*)"/g)) expect(source).toMatch(/^cid:/);
    }
  });

  it('says the same in plain text and in HTML', () => {
    for (const mail of everyMail('Asha Rao')) {
      const { text, html } = layOut(mail);
      for (const block of mail.blocks) {
        if (block.kind !== 'paragraph') continue;
        expect(text).toContain(block.text);
        expect(html).toContain(block.text);
      }
      expect(text).toContain(mail.because);
    }
  });

  it('has no way to add a line to the plain text by a name', () => {
    const [mail] = everyMail('Asha\r\nBcc: all@campus.example\u2028x');
    expect(layOut(mail as MailWords).text).not.toMatch(/^Bcc/m);
  });

  it('does not let a name turn the words around it', () => {
    expect(oneLine('Asha\u202Egnp.exe')).toBe('Asha gnp.exe');
  });
});

describe('the words of an occasion', () => {
  const subject = (occasion: keyof typeof occasions, change: Partial<OccasionFacts> = {}) =>
    occasions[occasion]({ ...facts, ...change }).subject;

  it('are those that the mission names', () => {
    expect(subject('person-registered')).toBe('Asha Rao was registered');
    expect(subject('registration-failed')).toBe('Asha Rao: registration failed');
    expect(subject('person-entered')).toBe('Asha Rao logged in');
    expect(subject('unknown-visitor')).toContain('Action required');
    expect(subject('wrong-code-as-you')).toBe('Someone showed a wrong code as you');
  });

  it('count the strangers who were gathered into one mail', () => {
    expect(subject('unknown-visitor', { count: 7 })).toContain('7 more');
  });

  it('promise a photograph only where there is one', () => {
    for (const occasion of ['unknown-visitor', 'guard-alarm'] as const) {
      const words = (hasPhotograph: boolean) =>
        layOut(occasions[occasion]({ ...facts, hasPhotograph })).text;
      expect(words(true)).toContain('attached');
      expect(words(false)).not.toContain('attached');
    }
  });

  it('tell the guards whom the camera took the visitor for, if anyone', () => {
    expect(layOut(occasions['guard-alarm'](facts)).text).toContain('Taken for: Asha Rao');
    expect(layOut(occasions['guard-alarm']({ ...facts, name: '' })).text).not.toContain(
      'Taken for',
    );
  });

  it('tell an applicant what was wrong and that nothing is stored', () => {
    const { text } = layOut(applicantMail({ name: 'Asha', reason: 'samples', detail: 'too dark' }));
    expect(text).toContain('too dark');
    expect(text).toContain('Nothing of you is stored');
  });
});
