// The task `test`: build, checks and all tests, and one closing line that sums them up.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, runChecks } from './checks.mjs';
import { root, run } from './processes.mjs';

const nothing = { passed: 0, failed: 0, skipped: 0 };

/** A file that failed as a whole: it does not load, or what its tests need could not be set up. */
function failedAsAWhole({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

/** Reads vitest's report. Whatever made it fail counts at least once. */
function countsOf(reportFile, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { ...nothing, failed: 1 }; // vitest ended before it could report
  }
  const failed = report.numFailedTests + report.testResults.filter(failedAsAWhole).length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function runVitest(node, args) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  const report = join(folder, 'vitest.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    // What a test leaves behind that was cut short goes with the folder.
    const env = { TMPDIR: folder };
    const code = await run([node, vitest, 'run', ...reporters, ...args], { env });
    return { code, counts: countsOf(report, code) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<number>} 0 only if the build, every check and every test passed */
export async function test(node, args) {
  if ((await build()) !== 0) return conclude({ ...nothing, failed: 1 });
  const checks = await runChecks(node);
  const { code, counts } = await runVitest(node, args);
  const total = {
    passed: 1 + checks.passed + counts.passed, // the build is the first
    failed: checks.failed + counts.failed,
    skipped: counts.skipped,
  };
  return conclude(total, code);
}

function conclude({ passed, failed, skipped }, code = 0) {
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return code !== 0 ? code : Number(failed > 0);
}
