import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  AuditCheck,
  type AuditFindings,
  auditCheckpoint,
  auditLink,
  auditSigned,
  checkpointText,
} from '@latchkey/contracts';
import { isSignedBy, loadSignerKeysEver } from '@latchkey/runtime';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { allPages } from './all-pages.js';
import { auditWords } from './audit-words.pure.js';
import { gatewayAccess } from './gateway.client.js';

const row = z.union([z.object({ link: auditLink }), z.object({ checkpoint: auditCheckpoint })]);
type Row = z.infer<typeof row>;
const told = z.object({ events: z.array(z.object({ data: auditCheckpoint })) });
const page = z.object({ links: z.array(auditLink), checkpoints: z.array(auditCheckpoint) });

/** `latchkey audit`: the audit as a file, and whether it is what it was. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('who did what: export it, and check that nothing of it was changed')
    .addCommand(exportCommand())
    .addCommand(checkpointsCommand())
    .addCommand(verifyCommand());
}

function exportCommand(): Command {
  return new Command('export')
    .description('the whole audit with its signatures, a line of JSON each, signed to its end')
    .action(async () => {
      for await (const line of rowsOfGateway()) process.stdout.write(`${JSON.stringify(line)}\n`);
    });
}

function checkpointsCommand(): Command {
  return new Command('checkpoints')
    .description(
      'what the registry told the others that it had signed, for 90 days, a line of JSON each: keep them elsewhere, for --since',
    )
    .action(async () => {
      for await (const line of rowsTold()) process.stdout.write(`${JSON.stringify(line)}\n`);
    });
}

function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'check the chain, its signatures, and what was told of them; say what was checked and where it breaks, and end with 1 where it does',
    )
    .option('--file <export>', 'an export instead of the audit that runs')
    .option(
      '--since <file>',
      'an earlier export or checkpoints: what was signed then must still be so',
    )
    .addOption(keysOption())
    .option('--json', 'the findings as JSON')
    .action(async (options: VerifyOptions) => {
      const findings = await findingsOf(options);
      process.stdout.write(options.json ? `${JSON.stringify(findings)}\n` : auditWords(findings));
      if (findings.faults.length > 0) process.exitCode = 1;
    });
}

interface VerifyOptions {
  readonly file?: string;
  readonly since?: string;
  readonly keys: string;
  readonly json?: true;
}

/** Where the registry's public signing key lies. */
export function keysOption(): Option {
  return new Option(
    '--keys <dir>',
    "the folder of the registry's public key, sign-registry.pub.pem",
  )
    .env('LK_KEYS_DIR')
    .default('var/keys');
}

async function findingsOf({ file, since, keys }: VerifyOptions): Promise<AuditFindings> {
  const publicKeys = await loadSignerKeysEver(keys, 'registry');
  const isSigned = (text: string, signature: string) => isSignedBy(publicKeys, text, signature);
  const check = new AuditCheck(isSigned);
  const earlier = [
    ...(since === undefined ? [] : [rowsOfFile(since)]),
    ...(file === undefined ? [rowsTold()] : []),
  ];
  for (const rows of earlier) {
    for await (const line of rows) {
      if (!('checkpoint' in line)) continue;
      const { checkpoint } = line;
      // One that does not hold says nothing of this audit: anybody may have written it.
      if (isSigned(checkpointText(checkpoint), checkpoint.signature)) check.checkpoint(checkpoint);
    }
  }
  for await (const line of file === undefined ? rowsOfGateway() : rowsOfFile(file)) {
    if ('link' in line) check.link(line.link);
    else check.checkpoint(line.checkpoint);
  }
  return check.finish();
}

async function* rowsOfGateway(): AsyncGenerator<Row> {
  for await (const answer of allPages(await gatewayAccess(), '/audit/chain')) {
    const { links, checkpoints } = page.parse(answer);
    for (const link of links) yield { link };
    for (const checkpoint of checkpoints) yield { checkpoint };
  }
}

/** What the registry told on the bus, where it cannot take anything back; the newest first. */
async function* rowsTold(): AsyncGenerator<Row> {
  const query = { type: auditSigned.type, order: 'newest' };
  for await (const answer of allPages(await gatewayAccess(), '/events', query)) {
    for (const { data } of told.parse(answer).events) yield { checkpoint: data };
  }
}

async function* rowsOfFile(path: string): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path) })) {
    line += 1;
    yield rowOf(text, `${path}, line ${line}`);
  }
}

function rowOf(text: string, where: string): Row {
  try {
    return row.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${where} is no line of an export: expected {"link": …} or {"checkpoint": …}. Export it again with \`latchkey audit export\`.`,
      { cause },
    );
  }
}
