import { Badge, type Tone } from '../../look/words.js';
import { SAMPLES_NEEDED, type Take } from './use-takes.js';

interface TakesProps {
  readonly takes: readonly Take[];
  /** How many are kept in all. */
  readonly samples: number;
  /** How many were kept before this page was opened: their pictures are nowhere. */
  readonly before: number;
}

const verdicts: Record<Take['verdict'], { readonly word: string; readonly tone: Tone }> = {
  good: { word: 'Good', tone: 'good' },
  refused: { word: 'Not good', tone: 'bad' },
  unkept: { word: 'Not kept', tone: 'warn' },
  judging: { word: 'Looking', tone: 'accent' },
};

/** How far the registration is, and each picture that was taken with what was said of it. */
export function Takes({ takes, samples, before }: TakesProps) {
  const last = takes.at(-1);
  const refused = takes.filter(({ verdict }) => verdict === 'refused').toReversed();
  return (
    <section className="stack" aria-labelledby="samples">
      <h2 id="samples">
        {samples} of {SAMPLES_NEEDED} samples
      </h2>
      <Slots takes={takes} samples={samples} before={before} />
      <output className="verdict" data-verdict={last?.verdict}>
        {last ? (
          <>
            <Badge tone={verdicts[last.verdict].tone}>{verdicts[last.verdict].word}</Badge>
            <span>{last.text}</span>
          </>
        ) : (
          <span>Look straight into the camera, in good light, alone in the picture.</span>
        )}
      </output>
      {refused.length > 0 ? (
        <section className="stack" aria-labelledby="refused">
          <h2 id="refused">Not good</h2>
          <ul className="plain refused">
            {refused.map(({ n, url, text }) => (
              <li key={n}>
                <img className="mirrored" src={url} alt={`Take ${n}`} />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </section>
  );
}

const places = Array.from({ length: SAMPLES_NEEDED }, (_, index) => index + 1);

/** Five places, filled one by one. */
function Slots({ takes, samples, before }: TakesProps) {
  const good = takes.filter(({ verdict }) => verdict === 'good');
  return (
    <ol className="slots">
      {places.map((place) => {
        const take = good[place - 1 - before];
        const isKept = place <= samples;
        return (
          <li key={place} data-kept={isKept}>
            {isKept && take ? (
              <img className="mirrored" src={take.url} alt={`Sample ${place}: good`} />
            ) : (
              <span>
                {place}
                <span className="hidden-visually">{isKept ? ': taken' : ': not taken yet'}</span>
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
