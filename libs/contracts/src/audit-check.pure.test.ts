import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditCheckpoint,
  type AuditLink,
  checkpointText,
  linkAfter,
  linkHash,
  withoutValues,
} from './audit-chain.pure.js';
import { AuditCheck, type AuditFindings } from './audit-check.pure.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const isSigned = (text: string, signature: string) =>
  verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));

function signed({ seq, hash }: AuditLink): AuditCheckpoint {
  const text = checkpointText({ seq, hash, at: seq });
  return {
    seq,
    hash,
    at: seq,
    signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
  };
}

interface Act {
  readonly action: string;
  readonly person: string;
  readonly values: string;
}

function chainOf(acts: readonly Act[]): AuditLink[] {
  const chain: AuditLink[] = [];
  for (const [at, { values, ...act }] of acts.entries()) {
    const facts = {
      id: `a${at}`,
      at,
      by: 'ines',
      subject: '',
      detail: '',
      door: '',
      outcome: 'done',
    };
    const entry = { ...facts, ...act, beforeJson: values, afterJson: '' };
    chain.push(linkAfter(chain.at(-1) ?? null, { entry, end: null }, `salt ${at}`));
  }
  return chain;
}

function checked(
  chain: readonly AuditLink[],
  checkpoints: readonly AuditCheckpoint[] = [],
): AuditFindings {
  const check = new AuditCheck(isSigned);
  for (const link of chain) check.link(link);
  for (const checkpoint of checkpoints) check.checkpoint(checkpoint);
  return check.finish();
}

const acts = fc.array(
  fc.record({
    action: fc.constantFrom('person.changed', 'door.changed', 'code.used'),
    person: fc.constantFrom('ada', 'ben', ''),
    values: fc.constantFrom('', '{"groups":["night"]}', '{"guard":true}'),
  }),
  { minLength: 3, maxLength: 40 },
);
/** A chain and a place in it. */
const placed = acts.chain((made) =>
  fc.record({ chain: fc.constant(chainOf(made)), at: fc.nat(made.length - 2) }),
);
const places = ({ faults }: AuditFindings) => faults.map(({ seq, what }) => `${what} ${seq}`);

describe('the check of the audit', () => {
  it('finds nothing where nothing was changed, and says up to where it is signed', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        const signedAt = chain[at] as AuditLink;
        expect(checked(chain, [signed(signedAt)])).toMatchObject({
          faults: [],
          links: chain.length,
          signedTo: at + 1,
        });
      }),
    );
  });

  it('finds an entry that was changed in any of its fields, in its place alone', () => {
    const field = fc.constantFrom(
      'id',
      'by',
      'action',
      'subject',
      'detail',
      'person',
      'door',
      'outcome',
      'beforeJson',
      'afterJson',
      'at',
    );
    fc.assert(
      fc.property(placed, field, ({ chain, at }, name) => {
        const link = chain[at] as AuditLink;
        const entry = { ...link.entry, [name]: name === 'at' ? -1 : 'other' } as AuditLink['entry'];
        expect(places(checked(chain.with(at, { ...link, entry })))).toEqual([`changed ${at + 1}`]);
      }),
    );
  });

  it('finds an entry that was replaced with its hash made anew', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        const link = chain[at] as AuditLink;
        const forged = {
          ...link,
          entry: { ...(link.entry as NonNullable<AuditLink['entry']>), by: 'mallory' },
        };
        const replaced = chain.with(at, { ...forged, hash: linkHash(forged) });
        expect(places(checked(replaced))).toEqual([`unlinked ${at + 2}`]);
      }),
    );
  });

  it('finds a chain made anew from a place on by what was signed', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        const entry = { ...(chain[at]?.entry as NonNullable<AuditLink['entry']>), by: 'mallory' };
        const anew = chain.slice(0, at);
        for (const link of [{ entry, end: null }, ...chain.slice(at + 1)]) {
          anew.push(linkAfter(anew.at(-1) ?? null, link, 'salt'));
        }
        expect(places(checked(anew))).toEqual([]);
        expect(places(checked(anew, [signed(chain.at(-1) as AuditLink)]))).toEqual([
          `rewritten ${chain.length}`,
        ]);
      }),
    );
  });

  it('finds entries that were taken out, and where', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        expect(places(checked(chain.toSpliced(at, 1)))).toEqual([`missing ${at + 1}`]);
      }),
    );
  });

  it('finds two that were swapped', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        const [one, other] = chain.slice(at, at + 2) as [AuditLink, AuditLink];
        const found = places(checked(chain.toSpliced(at, 2, other, one)));
        expect(found).toEqual(expect.arrayContaining([`missing ${at + 1}`, `moved ${at + 1}`]));
      }),
    );
  });

  it('finds that the end was cut off, up to what was signed', () => {
    fc.assert(
      fc.property(placed, ({ chain, at }) => {
        const last = chain.at(-1) as AuditLink;
        expect(places(checked(chain.slice(0, at + 1), [signed(last)]))).toEqual([
          `cut-off ${at + 2}`,
        ]);
      }),
    );
  });

  it('takes nobody else’s signature', () => {
    const chain = chainOf([{ action: 'door.changed', person: '', values: '' }]);
    const forged = { ...signed(chain[0] as AuditLink), at: 7 };
    expect(checked(chain, [forged])).toMatchObject({
      signedTo: 0,
      faults: [{ what: 'forged-signature', seq: 1 }],
    });
  });

  it('finds that signatures were taken out', () => {
    const chain = chainOf(
      Array.from({ length: 450 }, () => ({ action: 'code.used', person: 'ada', values: '' })),
    );
    const [early, late] = [signed(chain[99] as AuditLink), signed(chain[399] as AuditLink)];
    expect(places(checked(chain, [early, late]))).toEqual(['unsigned 101']);
  });

  it('lets values go with the person they are about, and with nobody else', () => {
    const changed = { action: 'person.changed', person: 'ada', values: '{"guard":true}' };
    const chain = chainOf([
      changed,
      { action: 'code.used', person: 'ben', values: '' },
      { action: 'person.deleted', person: 'ada', values: '' },
    ]);
    const gone = chain.with(0, withoutValues(chain[0] as AuditLink));
    expect(JSON.stringify(gone)).not.toContain('guard');
    expect(checked(gone)).toMatchObject({ erased: 1, faults: [] });
    expect(places(checked(gone.slice(0, 2)))).toEqual(['erased 1']);
    const late = chainOf([{ ...changed, action: 'person.deleted', values: '' }, changed]);
    expect(places(checked(late.with(1, withoutValues(late[1] as AuditLink))))).toEqual([
      'erased 2',
    ]);
  });
});
