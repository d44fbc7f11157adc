import { type ReactNode, useState } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { TextField } from './fields.js';
import { Form, type FormFaults } from './form.js';

interface ConfirmProps {
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The button's words: what it does. */
  readonly act: string;
  /** The other button's words, where it is the answer that one is led to: it stands first, and has the focus. */
  readonly stay?: string;
  /** What is better done before: it stands first of all, and one is led to it. */
  readonly instead?: { readonly words: string; readonly act: () => void } | undefined;
  /** What must be typed before it can be done; without it, the button suffices. */
  readonly typed?: string;
  readonly busy?: boolean;
  readonly danger?: boolean;
  /** Why it was not done: the question stays, and says it. */
  readonly faults?: FormFaults;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back; what must be typed is compared letter by letter. */
export function Confirm({
  title,
  children,
  act,
  stay,
  instead,
  typed,
  busy = false,
  danger = true,
  faults,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const [text, setText] = useState('');
  const isSure = typed === undefined || text === typed;
  const done = danger ? 'danger' : 'primary';
  const left = danger ? 'warning' : undefined;
  const kind = stay === undefined ? done : left;
  const submit = () => {
    if (isSure) onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        faults={faults}
        onSubmit={submit}
        acts={
          <>
            {instead ? (
              <Button kind="primary" onClick={instead.act}>
                {instead.words}
              </Button>
            ) : null}
            {stay === undefined ? null : (
              <Button kind={instead ? undefined : 'primary'} onClick={onClose}>
                {stay}
              </Button>
            )}
            <Button type="submit" kind={kind} disabled={!isSure} busy={busy}>
              {act}
            </Button>
            {stay === undefined ? <Button onClick={onClose}>Cancel</Button> : null}
          </>
        }
      >
        <div>{children}</div>
        {typed === undefined ? null : (
          <TextField
            label={`Type “${typed}” to confirm`}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Form>
    </Dialog>
  );
}
