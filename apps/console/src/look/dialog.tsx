import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Escape, or whatever else closes it. */
  readonly onClose: () => void;
}

/** A modal dialog: the browser's own, which keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const { current: dialog } = ref;
    dialog?.showModal();
    // A page that is hidden must not keep what is shown instead from being used.
    return () => dialog?.close();
  }, []);
  const onClosed = () => {
    if (!ref.current?.open) onClose();
  };
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={heading} onClose={onClosed}>
      <div className="stack">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
