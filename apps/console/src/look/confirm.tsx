import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { TextField } from './fields.js';

interface ConfirmProps {
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The button's words: what it does. */
  readonly act: string;
  /** What must be typed before it can be done; without it, the button suffices. */
  readonly typed?: string;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back; what must be typed is compared letter by letter. */
export function Confirm({
  title,
  children,
  act,
  typed,
  busy = false,
  danger = true,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const [text, setText] = useState('');
  const isSure = typed === undefined || text === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSure) onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <div>{children}</div>
        {typed === undefined ? null : (
          <TextField
            label={`Type “${typed}” to confirm`}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
        <div className="row">
          <Button type="submit" kind={danger ? 'danger' : 'primary'} disabled={!isSure} busy={busy}>
            {act}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
