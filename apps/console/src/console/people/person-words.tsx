import { Badge, Moment, type Tone } from '../../look/words.js';
import type { Person } from './person-draft.pure.js';
import { states } from './people-filters.pure.js';

const stateTones: Record<Person['state'], Tone | undefined> = {
  enrolled: 'good',
  suspended: 'bad',
  listed: 'warn',
  draft: 'accent',
};

/** Where a person stands. */
export function StateBadge({ state }: { readonly state: Person['state'] }) {
  return <Badge tone={stateTones[state]}>{states[state]}</Badge>;
}

const codes = {
  mailed: { tone: undefined, word: 'Mailed' },
  sending: { tone: 'accent', word: 'Being mailed' },
  failed: { tone: 'bad', word: 'Not mailed' },
  unknown: { tone: undefined, word: 'Not known' },
} as const;

/** Whether the code that is valid now has reached the person. */
export function CodeBadge({ code }: { readonly code: Person['code'] }) {
  if (code.state === 'none') return <span className="quiet">None</span>;
  const { tone, word } = codes[code.state];
  return <Badge tone={tone}>{word}</Badge>;
}

/** Whether the valid code has reached the person, and when one was last used: a code that is used makes way for the next. */
export function CodeFacts({ code }: { readonly code: Person['code'] }) {
  return (
    <span className="stack tight">
      <CodeBadge code={code} />
      {code.usedAt ? (
        <span className="quiet">
          Last one used <Moment at={code.usedAt} />
        </span>
      ) : null}
    </span>
  );
}

/** The groups a person is in, and whether they are a guard. */
export function GroupBadges({ person }: { readonly person: Pick<Person, 'groups' | 'guard'> }) {
  if (person.groups.length === 0 && !person.guard) return <span className="quiet">–</span>;
  return (
    <span className="row tight">
      {person.guard ? <Badge tone="accent">Guard</Badge> : null}
      {person.groups.map((group) => (
        <Badge key={group}>{group}</Badge>
      ))}
    </span>
  );
}
