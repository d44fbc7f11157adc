import { describe, expect, it } from 'vitest';
import { detPlot } from './plots.pure.js';
import { svgPlot } from './svg-plot.pure.js';

const axis = { label: 'share', scale: 'linear', from: 0, to: 1, ticks: [[0, '0']] } as const;

describe('a plot', () => {
  it('tells what it shows also to whoever does not see it, and holds no markup from outside', () => {
    const svg = svgPlot({
      title: 'a < b & c',
      about: 'what it shows',
      x: axis,
      y: axis,
      series: [
        {
          label: '<script>',
          points: [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        },
      ],
    });
    expect(svg).toContain(
      '<title id="t">a &lt; b &amp; c</title><desc id="d">what it shows</desc>',
    );
    expect(svg).not.toContain('<script');
    expect(svg).toContain('prefers-color-scheme:dark');
  });

  it('draws what lies beyond an axis at its edge', () => {
    const points = [
      { x: -5, y: 9 },
      { x: 2, y: 0 },
    ];
    const svg = svgPlot({
      title: '',
      about: '',
      x: axis,
      y: axis,
      series: [{ label: '', points }],
    });
    expect(svg).toContain('points="66,76 686,388"');
  });

  it('of misses over false matches falls: who asks for more misses more', () => {
    const svg = detPlot({ genuine: [0.2, 0.5, 0.8], impostor: [0.1, 0.3, 0.6] });
    const line = /points="([^"]+)"/.exec(svg)?.[1] ?? '';
    const places = line.split(' ').map((place) => place.split(',').map(Number));
    const down = places.map(([x]) => x ?? 0);
    expect(places.length).toBeGreaterThan(1);
    expect(down).toEqual(down.toSorted((a, b) => b - a));
  });
});
