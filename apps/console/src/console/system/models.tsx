import type { Answer } from '@latchkey/gateway/api';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';

type Evaluation = Answer<'getModels'>['evaluations'][number];

/** Which models look at faces here, and how well they did when it was last measured. */
export function Models() {
  const { data, error } = useRead('getModels', {});
  return (
    <section className="stack" aria-labelledby="models">
      <h2 id="models">Models</h2>
      {error ? <ProblemNotice problem={error} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.pack ? (
        <dl className="facts card">
          <dt>Pack</dt>
          <dd>
            {data.pack.name}, version {data.pack.version} ({data.pack.licence})
          </dd>
          {Object.entries(data.pack.models).map(([name, { file }]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{file}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {data?.evaluations.length === 0 ? (
        <div className="card">
          <Empty title="Not measured here yet">
            <p>
              Measure the models on your own pictures: <code>latchkey evaluate … --keep</code>
            </p>
          </Empty>
        </div>
      ) : null}
      <ul className="grid plain">
        {data?.evaluations.map((evaluation) => (
          <Report key={evaluation.what} evaluation={evaluation} />
        ))}
      </ul>
    </section>
  );
}

function Report({ evaluation }: { readonly evaluation: Evaluation }) {
  const figures = Object.entries(evaluation.figures).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, one]) => [`${name}, ${part}`, one] as const)
      : [[name, value] as const],
  );
  return (
    <li className="card stack tight">
      <h3>{evaluation.what}</h3>
      <span className="quiet">
        Measured <Moment at={evaluation.at} />
      </span>
      <dl className="facts">
        {figures.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
