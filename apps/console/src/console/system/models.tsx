import type { Answer } from '@latchkey/gateway/api';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { type FigureGroup, figureGroups, kindWords, type Line } from './figure-words.pure.js';

type Models = Answer<'getModels'>;
type Evaluation = Models['evaluations'][number];
type Published = NonNullable<Models['pack']>['figures'][number];

/** Which models look at faces here, how well they did on sample photographs, and when it was last measured on this site. */
export function Models() {
  const { data, error } = useRead('getModels', {});
  return (
    <section className="stack" aria-labelledby="models">
      <h2 id="models">How well faces are told apart</h2>
      {error ? <ProblemNotice problem={error} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? <Measured {...data} /> : null}
      {data?.pack ? <Pack pack={data.pack} /> : null}
    </section>
  );
}

function Measured({ pack, evaluations }: Models) {
  return (
    <>
      <h3>Measured on this site</h3>
      {evaluations.length === 0 ? (
        <div className="card">
          <Empty title="Not measured here yet">
            <p>
              Your own pictures tell the most. On the machine that Latchkey runs on:{' '}
              <code>npm run -s latchkey -- evaluate --help</code>; with <code>--keep</code> the
              figures are shown here.
            </p>
          </Empty>
        </div>
      ) : null}
      <ul className="grid wide plain">
        {evaluations.map((evaluation) => (
          <Report key={evaluation.what} {...evaluation} />
        ))}
      </ul>
      {pack && pack.figures.length > 0 ? (
        <h3>Measured before it was shipped, on sample photographs</h3>
      ) : null}
      <ul className="grid wide plain">
        {pack?.figures.map((published) => (
          <Report key={published.what} {...published}>
            <details>
              <summary>On which pictures, and how to measure it again</summary>
              <p>On {published.dataSet}.</p>
              <p>
                <code className="long">{published.command}</code>
              </p>
            </details>
          </Report>
        ))}
      </ul>
    </>
  );
}

type ReportProps = Pick<Evaluation | Published, 'what' | 'at' | 'figures'> & {
  readonly children?: ReactNode;
};

function Report({ what, at, figures, children }: ReportProps) {
  const { title, about } = kindWords[what];
  const groups = figureGroups(what, figures);
  const others = groups.map(withOnly(({ isMain }) => !isMain)).filter(hasLines);
  return (
    <li className="card stack tight">
      <h4>{title}</h4>
      <p className="quiet">
        {about} Measured <Moment at={at} />.
      </p>
      {groups
        .map(withOnly(({ isMain }) => isMain))
        .filter(hasLines)
        .map((group) => (
          <Lines key={group.title ?? ''} {...group} />
        ))}
      {others.length > 0 ? (
        <details>
          <summary>The other figures</summary>
          {others.map((group) => (
            <Lines key={group.title ?? ''} {...group} />
          ))}
        </details>
      ) : null}
      {children}
    </li>
  );
}

const withOnly = (isWanted: (line: Line) => boolean) => (group: FigureGroup) => ({
  ...group,
  lines: group.lines.filter(isWanted),
});
const hasLines = ({ lines }: FigureGroup) => lines.length > 0;

function Lines({ title, lines }: FigureGroup) {
  return (
    <div className="figures">
      {title ? <h5>{title}</h5> : null}
      <dl>
        {lines.map(({ name, term, words, value, interval }) => (
          <div key={name}>
            <dt>
              {words}
              {term ? <span className="quiet"> ({term})</span> : null}
            </dt>
            <dd>
              {value}
              {interval ? <span className="quiet">95 % sure: {interval}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const jobs: Readonly<Record<string, string>> = {
  detect: 'Finds faces',
  landmarks: 'Finds eyes, nose and mouth',
  embed: 'Turns a face into the numbers that are compared',
  liveness: 'Tells a living face from a picture of one',
  eyes: 'Tells whether eyes are open',
  pose: 'Tells whereto a head is turned',
};

function Pack({ pack }: { readonly pack: NonNullable<Models['pack']> }) {
  return (
    <details>
      <summary>
        The models: {pack.name}, version {pack.version}, {pack.licence} licence
      </summary>
      <dl className="facts card">
        {Object.entries(pack.models).map(([name, { file }]) => (
          <div key={name} className="fact">
            <dt>{jobs[name] ?? name}</dt>
            <dd className="long">{file}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
