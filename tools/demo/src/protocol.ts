import { styleText } from 'node:util';

/** A line of the closing table. */
export interface Finding {
  readonly step: string;
  readonly expected: string;
  readonly happened: string;
}

/** Prints each step with its time, and keeps what was expected and what happened. */
export class Protocol {
  readonly findings: Finding[] = [];
  private readonly startedAt = performance.now();

  constructor(private readonly print: (line: string) => void) {}

  /** Says what happens now. */
  say(text: string): void {
    this.print(`${styleText('dim', this.clock())}  ${text}`);
  }

  /** Runs a step. What it throws is what happened. */
  async step(step: string, expected: string, run: () => Promise<string>): Promise<void> {
    const began = performance.now();
    const happened = await run().catch(
      (fault: unknown) => `fault: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
    const agrees = happened === expected;
    this.findings.push({ step, expected, happened });
    const sign = agrees ? styleText('green', '✓') : styleText('red', '✗');
    this.say(
      `${sign} ${step}: ${happened} ${styleText('dim', `(${Math.round(performance.now() - began)} ms)`)}`,
    );
  }

  /** Whether all happened as expected. */
  get agrees(): boolean {
    return this.findings.every(({ expected, happened }) => expected === happened);
  }

  /** The closing table. */
  table(): string {
    const rows = [
      ['step', 'expected', 'happened', ''],
      ...this.findings.map((f) => [
        f.step,
        f.expected,
        f.happened,
        f.expected === f.happened ? 'ok' : 'DIFFERS',
      ]),
    ];
    const widths = [0, 1, 2].map((column) =>
      Math.max(...rows.map((row) => (row[column] ?? '').length)),
    );
    const line = (row: readonly string[]) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd();
    const [head = [], ...body] = rows;
    return [
      line(head),
      widths.map((width) => '─'.repeat(width)).join('  '),
      ...body.map(line),
    ].join('\n');
  }

  private clock(): string {
    return `${((performance.now() - this.startedAt) / 1_000).toFixed(1).padStart(6)} s`;
  }
}
