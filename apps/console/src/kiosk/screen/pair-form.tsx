import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Notice } from '../../look/words.js';
import { asTyped, isWhole } from '../link/code-field.pure.js';
import { type Pairing, pair } from '../link/pair.js';
import { allowSounds } from '../sounds.js';
import type { Messages } from '../words.pure.js';

interface PairFormProps {
  readonly words: Messages;
  /** The door's token is void: this screen has to be paired anew. */
  readonly isRevoked?: boolean;
  readonly onPaired: (pairing: Pairing) => void;
}

type Fault = keyof Messages['fault'];

/** Pairs this screen with a door, by the code that the console shows. */
export function PairForm({ words, isRevoked = false, onPaired }: PairFormProps) {
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);

  const submit = async () => {
    if (!isWhole(code)) return setFault('LK-REQ-001');
    setBusy(true);
    const answer = await pair(code).catch(() => ({ fault: 'other' }));
    setBusy(false);
    if (!('fault' in answer)) return onPaired({ ...answer, isNew: true });
    setFault(answer.fault in words.fault ? (answer.fault as Fault) : 'other');
  };
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    allowSounds();
    if (!isBusy) void submit();
  };
  return (
    <form className="card stack pair-form" onSubmit={submitted} noValidate>
      {isRevoked ? <Notice tone="warn" title={words.pair.revoked} /> : null}
      <h1>{words.pair.title}</h1>
      <p>{words.pair.intro}</p>
      <TextField
        label={words.pair.field}
        hint={words.pair.example}
        fault={fault ? words.fault[fault] : undefined}
        value={code}
        onChange={({ target }) => {
          setCode(asTyped(target.value));
          setFault(null);
        }}
        name="code"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        inputMode="text"
        enterKeyHint="go"
        maxLength={12}
      />
      <Button kind="primary" type="submit" busy={isBusy}>
        {isBusy ? words.pair.busy : words.pair.button}
      </Button>
    </form>
  );
}
