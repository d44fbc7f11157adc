import { Scroller } from '../../look/scroller.js';
import { ticksUpTo } from './axis.pure.js';
import { areDays, type Bar } from './insight-words.pure.js';

/** More words than these would touch each other. */
const MOST_LABELS = 8;

interface HourChartProps {
  readonly hours: readonly Bar[];
  /** The site's: by it hours are cut and named. */
  readonly timeZone: string;
}

/** Entries and denials over time, as bars, with the table behind them. */
export function HourChart({ hours, timeZone }: HourChartProps) {
  const { day, hour } = formatsIn(timeZone);
  const most = Math.max(1, ...hours.map(({ granted, denied }) => granted + denied));
  const isDays = areDays(hours);
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
      <figure
        className="chart"
        aria-label={`At most ${most} in one ${isDays ? 'day' : 'hour'}; the figures are in the table below`}
      >
        <Bars hours={hours} ticks={ticksUpTo(most)} label={label} />
      </figure>
      <Figures hours={hours} nameOf={(at) => `${day.format(at)}, ${hour.format(at)}`} />
      <p className="quiet">By the clocks of {timeZone}</p>
    </section>
  );
}

/** How hours and days are named by the clocks there. */
export function formatsIn(timeZone: string) {
  return {
    hour: new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short' }),
  };
}

interface BarsProps {
  readonly hours: readonly Bar[];
  readonly ticks: readonly number[];
  readonly label: (at: number) => string;
}

/** Of boxes, not drawn: so its words are as large as any others, however wide the window is. */
export function Bars({ hours, ticks, label }: BarsProps) {
  const share = (count: number) => `${(count / (ticks.at(-1) ?? 1)) * 100}%`;
  const every = Math.ceil(hours.length / MOST_LABELS);
  return (
    <>
      <div className="axis">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: share(tick) }}>
            {tick.toLocaleString()}
          </span>
        ))}
      </div>
      <div className="plot">
        {ticks.map((tick) => (
          <i key={tick} className="line" style={{ bottom: share(tick) }} />
        ))}
        {hours.map(({ at, granted, denied }) => (
          <div key={at} className="column">
            <div className="part" data-outcome="denied" style={{ height: share(denied) }} />
            <div className="part" data-outcome="granted" style={{ height: share(granted) }} />
          </div>
        ))}
      </div>
      <div className="moments">
        {hours.map(({ at }, index) => (
          <span key={at}>{index % every === 0 ? <b>{label(at)}</b> : null}</span>
        ))}
      </div>
    </>
  );
}

interface FiguresProps {
  readonly hours: readonly Bar[];
  readonly nameOf: (at: number) => string;
}

function Figures({ hours, nameOf }: FiguresProps) {
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
                <th scope="row">{nameOf(at)}</th>
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
