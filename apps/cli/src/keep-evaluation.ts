import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Evaluated,
  EVALUATIONS_FOLDER,
  type KeptEvaluation,
  keptEvaluation,
} from '@latchkey/contracts';

/**
 * Keeps a report where the gateway finds it: `LK_DATA_DIR/evaluations/<what>-<when>.json`.
 * @param pack the id of the models that were used; null where none were
 * @returns the file
 */
export async function keepEvaluation(
  what: Evaluated,
  figures: object,
  pack: string | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const at = new Date().toISOString();
  const report: KeptEvaluation = keptEvaluation.parse({ what, at, pack, figures });
  const folder = join(env['LK_DATA_DIR'] || 'var', EVALUATIONS_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${what}-${at.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  return path;
}
