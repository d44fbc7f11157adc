import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EVALUATIONS_FOLDER, type KeptEvaluation, keptEvaluation } from '@latchkey/contracts';

/** The newest kept report of each kind; what cannot be read is as if it weren't there. @param dataDir LK_DATA_DIR */
export async function keptEvaluations(dataDir: string): Promise<KeptEvaluation[]> {
  const folder = join(dataDir, EVALUATIONS_FOLDER);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const reports = await Promise.all(names.map((name) => readReport(join(folder, name))));
  const newest = new Map<string, KeptEvaluation>();
  for (const report of reports) {
    if (!report) continue;
    const known = newest.get(report.what);
    if (!known || known.at < report.at) newest.set(report.what, report);
  }
  return [...newest.values()].toSorted((one, other) => one.what.localeCompare(other.what));
}

async function readReport(path: string): Promise<KeptEvaluation | null> {
  try {
    return keptEvaluation.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
