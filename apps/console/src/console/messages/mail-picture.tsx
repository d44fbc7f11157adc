import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';

interface MailPictureProps {
  readonly src: string;
  /** The attachment's file. */
  readonly name: string;
}

/** The file in which a code is mailed. */
const CODE_FILE = /^code\b.*\.png$/;

/** A picture that came with a mail; as large as the screen, a code can be held up to a door from there. */
export function MailPicture({ src, name }: MailPictureProps) {
  const [isLarge, setLarge] = useState(false);
  const what = CODE_FILE.test(name) ? 'code' : 'picture';
  return (
    <>
      <button
        type="button"
        className="mail-picture"
        aria-label={`Enlarge the ${what}`}
        onClick={() => setLarge(true)}
      >
        <img src={src} alt="" />
        <span aria-hidden="true">Enlarge the {what}</span>
      </button>
      {isLarge ? (
        <Dialog title={`The ${what}`} isFull onClose={() => setLarge(false)}>
          <img className="mail-picture-large" src={src} alt={`Attached: ${name}`} />
          <Button onClick={() => setLarge(false)}>Close</Button>
        </Dialog>
      ) : null}
    </>
  );
}
