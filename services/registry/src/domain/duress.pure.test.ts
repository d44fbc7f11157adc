import { codeIssued, codeNotice, codeUsed } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { member, NOW, operation, owedTypes } from './people.fixture.js';
import { describePerson, type LivingPerson } from './person.pure.js';
import { issueDuressCode, reissueCode } from './person-life.pure.js';
import { useOf } from './use-code.fixture.js';
import { decideUse } from './use-code.pure.js';

const fresh = { digest: 'duress-of-ada', sealed: 'SEALED' };
const duress = useOf({ digest: 'duress-of-ada' });

function holder(facts: Partial<LivingPerson> = {}): LivingPerson {
  const issued = issueDuressCode(member('ada', facts), fresh, null, operation(NOW - 1));
  if (!issued.ok) throw new Error(issued.message);
  return { ...issued.next, outbox: [] };
}

it('a duress code opens, is used up, and what is owed to others is what any entry owes', () => {
  const ada = holder();
  const forced = decideUse(ada, [ada], duress, operation());
  expect(forced.reply).toMatchObject({ outcome: 'granted', person: 'ada', duress: true });
  const [after = ada] = forced.writes;
  expect(owedTypes(after)).toEqual([codeUsed.type, codeIssued.type, codeNotice.type]);
  const ordinary = decideUse(ada, [ada], useOf(), operation());
  expect(after.outbox).toEqual(ordinary.writes[0]?.outbox);
  expect(after.code).toEqual(ordinary.writes[0]?.code);
  const again = decideUse(null, [after], useOf({ ...duress, attempt: 'a2' }), operation());
  expect(again.reply).toMatchObject({ outcome: 'wrong', duress: false });
});

it('the same attempt gets the same answer again, the alarm with it', () => {
  const ada = holder();
  const { reply, writes } = decideUse(ada, [ada], duress, operation());
  expect(decideUse(null, writes, duress, operation(NOW + 10))).toEqual({ reply, writes: [] });
  const late = decideUse(null, writes, { ...duress, notAfter: NOW }, operation());
  expect(late.reply).toMatchObject({ outcome: 'too-late', used: true, duress: true });
});

it('nobody sees by the person’s record that it was used', () => {
  const ada = holder();
  const [after = ada] = decideUse(ada, [ada], duress, operation()).writes;
  expect(describePerson(after, NOW).duressIssuedAt).toBe(describePerson(ada, NOW).duressIssuedAt);
  expect(describePerson(member('ada'), NOW).duressIssuedAt).toBe(0);
});

it('calls the guards also where the door stays shut', () => {
  const suspended = { ...holder(), state: 'suspended' } as const;
  const { reply } = decideUse(suspended, [suspended], duress, operation());
  expect(reply).toMatchObject({ outcome: 'suspended', duress: true });
});

it('opens only with its owner’s face', () => {
  const ada = holder();
  const { reply, writes } = decideUse(ada, [member('bob')], duress, operation());
  expect([reply.outcome, writes]).toEqual(['mismatch', []]);
});

it('stands beside the ordinary code: neither makes the other, or its mail, void', () => {
  const issued = issueDuressCode(member('ada'), fresh, null, operation());
  if (!issued.ok) throw new Error(issued.message);
  expect(issued.next.code).toEqual(member('ada').code);
  expect(owedTypes(issued.next)).toEqual([codeNotice.type]);
  const ordinary = { digest: 'next', sealed: 'OTHER' };
  const reissued = reissueCode(issued.next, 'reissued', ordinary, null, operation(NOW + 1));
  if (!reissued.ok) throw new Error(reissued.message);
  expect(reissued.next.duress?.digest).toBe('duress-of-ada');
  const mails = owedTypes(reissued.next).filter((type) => type === codeNotice.type);
  expect(mails).toHaveLength(2);
});
