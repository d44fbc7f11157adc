import { NOW, operation } from './people.fixture.js';
import type { LivingPerson } from './person.pure.js';
import { type CodeUse, decideUse } from './use-code.pure.js';

/** A showing of Ada's code at the north door. */
export function useOf(facts: Partial<CodeUse> = {}): CodeUse {
  return {
    attempt: 'a1',
    door: 'north',
    digest: 'code-of-ada',
    frame: 'f1',
    notAfter: Number.MAX_SAFE_INTEGER,
    waitsSince: 0,
    fresh: { digest: 'next', sealed: 'SEALED' },
    codeLifeMs: null,
    ...facts,
  };
}

/** Shows wrong codes one after the other, `everyMs` apart, and returns the person and the last reply. */
export function showWrong(person: LivingPerson, times: number, everyMs = 1_000) {
  let current = person;
  let reply;
  for (let n = 0; n < times; n += 1) {
    const use = useOf({ attempt: `w${n}`, digest: `wrong-${n}` });
    const decision = decideUse(null, [current], use, operation(NOW + n * everyMs));
    current = decision.writes[0] ?? current;
    ({ reply } = decision);
  }
  return { person: current, reply };
}
