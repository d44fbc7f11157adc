/** An axis; ticks are values with the words beside them. */
export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly (readonly [value: number, words: string])[];
}

export interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Single points instead of a line. */
  readonly isDots?: boolean;
}

export interface Plot {
  readonly title: string;
  /** What it shows, in a sentence, for those who don't see it. */
  readonly about: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** An upright line at a value of x. */
  readonly mark?: { readonly x: number; readonly label: string };
}

const [WIDTH, HEIGHT] = [720, 440];
const [LEFT, RIGHT, TOP, BOTTOM] = [66, 34, 76, 52];

/** Told apart by hue and by dashes, after Okabe and Ito (2008), with a shade for each ground. */
const DASHES = ['', '7 4', '2 4', '10 3 2 3', '1 6'];
const STYLE = `text{font:13px system-ui,sans-serif;fill:#22262b}.title{font-weight:600;font-size:15px}.grid{stroke:#d6dade}.frame{fill:none;stroke:#6a7178}.mark{stroke:#6a7178;stroke-dasharray:3 3}.line{fill:none;stroke-width:2.2}.ground{fill:#fff}
.c0{stroke:#0060a8;fill:#0060a8}.c1{stroke:#b34a00;fill:#b34a00}.c2{stroke:#00704f;fill:#00704f}.c3{stroke:#9c3d7c;fill:#9c3d7c}.c4{stroke:#222;fill:#222}.line{fill:none}
@media (prefers-color-scheme:dark){text{fill:#e8eaed}.grid{stroke:#3a4047}.frame,.mark{stroke:#98a0a8}.ground{fill:#14171a}.c0{stroke:#63b8ff;fill:#63b8ff}.c1{stroke:#ffa04d;fill:#ffa04d}.c2{stroke:#43d3a4;fill:#43d3a4}.c3{stroke:#f0a3d5;fill:#f0a3d5}.c4{stroke:#eee;fill:#eee}.line{fill:none}}`;

/** A small plot as SVG, readable on light and dark ground. What lies beyond an axis is drawn at its edge. */
export function svgPlot(plot: Plot): string {
  const { title, about, x, y, series, mark } = plot;
  const atX = placer(x, LEFT, WIDTH - RIGHT);
  const atY = placer(y, HEIGHT - BOTTOM, TOP);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escape(title)}</title><desc id="d">${escape(about)}</desc><style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    text(LEFT, 22, title, 'start', 'title'),
    ...series.map((one, at) => legend(one, at)),
    ...x.ticks.map(([value, words]) => {
      const px = atX(value);
      return `${line(px, TOP, px, HEIGHT - BOTTOM, 'grid')}${text(px, HEIGHT - BOTTOM + 18, words, 'middle')}`;
    }),
    ...y.ticks.map(([value, words]) => {
      const py = atY(value);
      return `${line(LEFT, py, WIDTH - RIGHT, py, 'grid')}${text(LEFT - 7, py + 4, words, 'end')}`;
    }),
    `<rect class="frame" x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"/>`,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.label, 'middle'),
    `<g transform="translate(15 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">${text(0, 0, y.label, 'middle')}</g>`,
    mark ? markAt(mark, atX) : '',
    ...series.map((one, at) => drawn(one, at, atX, atY)),
    '</svg>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

type Place = (value: number) => number;

function placer({ scale, from, to }: Axis, first: number, last: number): Place {
  const on = (value: number) => (scale === 'log' ? Math.log(value) : value);
  return (value) => {
    const inside = Math.min(to, Math.max(from, value));
    return round(first + ((on(inside) - on(from)) / (on(to) - on(from))) * (last - first));
  };
}

function drawn({ points, isDots }: Series, at: number, atX: Place, atY: Place): string {
  const places = points.map(({ x, y }) => [atX(x), atY(y)] as const);
  if (isDots)
    return places.map(([x, y]) => `<circle class="c${at}" cx="${x}" cy="${y}" r="4.5"/>`).join('');
  const corners = places.filter((place, n) => isCorner(places[n - 1], place, places[n + 1]));
  return `<polyline class="line c${at}" stroke-dasharray="${DASHES[at] ?? ''}" points="${corners.map((place) => place.join(',')).join(' ')}"/>`;
}

type Spot = readonly [x: number, y: number];

/** Whether a line looks different without it: not between two that lie level or upright with it. */
function isCorner(before: Spot | undefined, [x, y]: Spot, after: Spot | undefined): boolean {
  if (!before || !after) return true;
  return !(before[0] === x && x === after[0]) && !(before[1] === y && y === after[1]);
}

/** Two rows of three above the plot. */
function legend({ label, isDots }: Series, at: number): string {
  const x = LEFT + (at % 3) * 212;
  const y = 42 + Math.floor(at / 3) * 20;
  const sign = isDots
    ? `<circle class="c${at}" cx="${x + 12}" cy="${y - 4}" r="4.5"/>`
    : `<path class="line c${at}" stroke-dasharray="${DASHES[at] ?? ''}" d="M${x} ${y - 4}h26"/>`;
  return `${sign}${text(x + 33, y, label, 'start')}`;
}

function markAt({ x, label }: NonNullable<Plot['mark']>, atX: Place): string {
  return `${line(atX(x), TOP, atX(x), HEIGHT - BOTTOM, 'mark')}${text(atX(x) + 6, TOP + 16, label, 'start')}`;
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<path class="${kind}" d="M${x1} ${y1}L${x2} ${y2}"/>`;
}

function text(x: number, y: number, words: string, anchor: string, kind = ''): string {
  const named = kind === '' ? '' : ` class="${kind}"`;
  return `<text${named} x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
const escape = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
