import { ticksUpTo } from './axis.pure.js';
import { Bars } from './hour-chart.js';
import { durationWords, entriesWords, type TimeBar } from './insight-words.pure.js';

interface TimeChartProps {
  readonly bars: readonly TimeBar[];
  readonly timeToOpenMs: {
    readonly count: number;
    readonly median: number | null;
    readonly p95: number | null;
  };
}

/** How long entries took, from the first look to the open door, by the second, with the table behind it. */
export function TimeChart({ bars, timeToOpenMs }: TimeChartProps) {
  const { median } = timeToOpenMs;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const words = `Median ${durationWords(median)}: ${entriesWords(timeToOpenMs)}`;
  return (
    <section className="card stack" aria-labelledby="time-to-open">
      <h2 id="time-to-open">How long entries took</h2>
      <p className="quiet">From the first look to the open door. {words}.</p>
      <figure className="chart" aria-label={`${words}; the figures are in the table below`}>
        <Bars
          hours={bars.map(({ seconds, count }) => ({ at: seconds, granted: count, denied: 0 }))}
          ticks={ticksUpTo(most)}
          label={(seconds) => `${seconds} s`}
        />
      </figure>
      <details>
        <summary>The figures</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Took</th>
              <th scope="col" className="number">
                Entries
              </th>
              <th scope="col" className="number">
                So long at most
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ seconds, count, share }) => (
              <tr key={seconds}>
                <th scope="row">
                  {seconds} to {seconds + 1} s
                </th>
                <td className="number">{count.toLocaleString()}</td>
                <td className="number">{Math.round(share * 100)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
