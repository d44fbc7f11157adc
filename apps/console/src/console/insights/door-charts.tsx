import { Scroller } from '../../look/scroller.js';
import { useDoorName } from '../words/where.js';
import { ticksUpTo } from './axis.pure.js';
import { Bars, formatsIn } from './hour-chart.js';
import type { DoorBars } from './insight-words.pure.js';

interface DoorChartsProps {
  /** Each bar stands for a day. */
  readonly isDays: boolean;
  readonly doors: readonly DoorBars[];
  readonly timeZone: string;
}

/** Entries and denials over time at each door, all by one measure, so that doors can be compared; with the table behind them. */
export function DoorCharts({ doors, isDays, timeZone }: DoorChartsProps) {
  const nameOf = useDoorName();
  const { day, hour } = formatsIn(timeZone);
  const momentOf = (at: number) => `${day.format(at)}, ${hour.format(at)}`;
  const all = doors.flatMap(({ bars }) => bars);
  const most = Math.max(1, ...all.map(({ granted, denied }) => granted + denied));
  const top = ticksUpTo(most).at(-1) ?? most;
  const label = (at: number) => (isDays ? day : hour).format(at);
  return (
    <section className="card stack" aria-labelledby="by-door">
      <h2 id="by-door">At each door</h2>
      <ul className="plain stack">
        {doors.map(({ door, granted, denied, bars }) => (
          <li key={door}>
            <div className="row between">
              <strong>{nameOf(door)}</strong>
              <span className="quiet">
                {granted.toLocaleString()} entered, {denied.toLocaleString()} denied
              </span>
            </div>
            <figure
              className="chart low"
              aria-label={`Over time at ${nameOf(door)}; the figures are in the table below`}
            >
              <Bars hours={bars} ticks={[0, top]} label={label} />
            </figure>
          </li>
        ))}
      </ul>
      <details>
        <summary>The figures</summary>
        <Scroller label="The figures of each door">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">From</th>
                {doors.map(({ door }) => (
                  <th key={door} scope="col" className="number">
                    {nameOf(door)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {doors[0]?.bars.map(({ at }, index) => (
                <tr key={at}>
                  <th scope="row">{momentOf(at)}</th>
                  {doors.map(({ door, bars }) => (
                    <td key={door} className="number">
                      {bars[index]?.granted} entered, {bars[index]?.denied} denied
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      </details>
    </section>
  );
}
