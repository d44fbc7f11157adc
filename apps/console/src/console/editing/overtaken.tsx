import './editing.css';
import { Button } from '../../look/button.js';
import { Notice } from '../../look/words.js';
import type { Difference } from './differences.pure.js';

interface OvertakenProps<Draft> {
  /** What is edited: `person`. */
  readonly what: string;
  readonly differences: readonly Difference<Draft>[];
  readonly onTake: (field: keyof Draft & string) => void;
}

/** Says that someone else was faster, and in what the two differ. */
export function Overtaken<Draft>({ what, differences, onTake }: OvertakenProps<Draft>) {
  return (
    <Notice
      tone="warn"
      title={`Someone else has changed this ${what} meanwhile. Nothing was saved yet.`}
    >
      {differences.length === 0 ? (
        <p>What you have typed is what is there now, with their changes beside it.</p>
      ) : (
        <table className="table cards differences">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Theirs</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, name, mine, theirs }) => (
              <tr key={field}>
                <th scope="row">{name}</th>
                <td data-label="Yours">{mine || '–'}</td>
                <td data-label="Theirs">
                  {theirs || '–'}{' '}
                  <Button
                    size="small"
                    aria-label={`Take theirs: ${name}`}
                    onClick={() => onTake(field)}
                  >
                    Take theirs
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Notice>
  );
}

/** What the button that saves says. */
export function saveWords(differences: readonly unknown[]): string {
  return differences.length > 0 ? 'Save mine over theirs' : 'Save';
}
