import { type ReactNode, useEffect, useId, useRef } from 'react';
import { DialogToasts } from './toasts.js';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** It takes the whole screen. */
  readonly isFull?: boolean;
  /** Escape, or whatever else would close it: who shows the dialog shows it no more, or asks first. */
  readonly onClose: () => void;
}

/** A modal dialog: the browser's own, which keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, children, isFull = false, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const isHidden = useRef(false);
  const heading = useId();
  useEffect(() => {
    const { current: dialog } = ref;
    isHidden.current = false;
    dialog?.showModal();
    return () => {
      // A page that is hidden must not keep what is shown instead from being used; it comes back with what was typed.
      isHidden.current = true;
      dialog?.close();
    };
  }, []);
  const onClosed = () => {
    if (isHidden.current || ref.current?.open) return;
    // Pressed twice, Escape closes it whatever the page says: what is not asked for yet would be lost.
    ref.current?.showModal();
    onClose();
  };
  return (
    <dialog
      ref={ref}
      className={isFull ? 'dialog full' : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        // One that comes from inside is of a file that was not chosen after all.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={onClosed}
    >
      <div className="stack">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
      <DialogToasts />
    </dialog>
  );
}
