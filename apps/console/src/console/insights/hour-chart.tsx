import { Scroller } from '../../look/scroller.js';
import type { Bar } from './insight-words.pure.js';

const HEIGHT = 180;
const WIDTH = 720;
const SPACE = 0.2;
const MOST_LABELS = 8;

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Entries and denials over time, as bars, with the table behind them. */
export function HourChart({ hours }: { readonly hours: readonly Bar[] }) {
  const most = Math.max(1, ...hours.map(({ granted, denied }) => granted + denied));
  const isDays = (hours[1]?.at ?? 0) - (hours[0]?.at ?? 0) > 60 * 60 * 1_000;
  const label = (at: number) => (isDays ? day : hour).format(at);
  return (
    <section className="card stack" aria-labelledby="by-hour">
      <div className="row between">
        <h2 id="by-hour">Entries and denials by {isDays ? 'day' : 'hour'}</h2>
        <ul className="row plain legend">
          <li data-outcome="granted">Entered</li>
          <li data-outcome="denied">Denied (striped)</li>
        </ul>
      </div>
      <svg
        className="chart"
        viewBox={`0 -10 ${WIDTH} ${HEIGHT + 36}`}
        role="img"
        aria-label={`At most ${most} in one ${isDays ? 'day' : 'hour'}; the figures are in the table below`}
      >
        <defs>
          <pattern id="striped" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect className="stripe-ground" width="6" height="6" />
            <path className="stripe" d="M-1 7 7 -1" />
          </pattern>
        </defs>
        <line className="axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        <text className="tick" x="2" y="2">
          {most}
        </text>
        <Bars hours={hours} most={most} label={label} />
      </svg>
      <Figures hours={hours} />
    </section>
  );
}

interface BarsProps {
  readonly hours: readonly Bar[];
  readonly most: number;
  readonly label: (at: number) => string;
}

function Bars({ hours, most, label }: BarsProps) {
  const step = WIDTH / Math.max(1, hours.length);
  const heightOf = (count: number) => (count / most) * HEIGHT;
  const every = Math.ceil(hours.length / MOST_LABELS);
  return (
    <>
      {hours.map(({ at, granted, denied }, index) => {
        const x = index * step + (step * SPACE) / 2;
        const width = step * (1 - SPACE);
        const top = HEIGHT - heightOf(granted);
        return (
          <g key={at}>
            <rect className="granted" x={x} width={width} y={top} height={heightOf(granted)} />
            <rect
              fill="url(#striped)"
              x={x}
              width={width}
              y={top - heightOf(denied)}
              height={heightOf(denied)}
            />
            {index % every === 0 ? (
              <text className="tick" x={x} y={HEIGHT + 20}>
                {label(at)}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function Figures({ hours }: { readonly hours: readonly Bar[] }) {
  return (
    <details>
      <summary>The figures</summary>
      <Scroller label="The figures">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Entered
              </th>
              <th scope="col" className="number">
                Denied
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ at, granted, denied }) => (
              <tr key={at}>
                <th scope="row">{`${day.format(at)}, ${hour.format(at)}`}</th>
                <td className="number">{granted}</td>
                <td className="number">{denied}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </details>
  );
}
