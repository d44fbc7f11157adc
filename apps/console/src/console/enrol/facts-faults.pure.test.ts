import { personId, personName } from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsTyped } from './facts-faults.pure.js';

const good = { id: 's1024', name: 'Asha Rao', email: 'asha@example.org' };
const faulty = (change: Partial<typeof good>) => [...faultsTyped({ ...good, ...change }).keys()];

describe('what is typed of somebody to be registered', () => {
  it('is told all that is missing at once', () => {
    expect([...faultsTyped({ id: '', name: ' ', email: '' }).keys()]).toEqual([
      'id',
      'name',
      'email',
    ]);
    expect(faultsTyped(good).size).toBe(0);
  });

  it('is an id exactly where the contracts take one', () => {
    const ids = fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9_-]{1,70}$/));
    fc.assert(
      fc.property(ids, (id) => {
        expect(faulty({ id })).toEqual(personId.safeParse(id.trim()).success ? [] : ['id']);
      }),
    );
  });

  it('is never refused here where the gateway would take it', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), (email, text) => {
        const name = personName.safeParse(text).data ?? good.name;
        expect(faulty({ email, name })).toEqual([]);
      }),
    );
  });
});
