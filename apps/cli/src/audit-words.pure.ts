import type { AuditFindings } from '@latchkey/contracts';

/** What was checked of the audit and what was found, in words. */
export function auditWords(findings: AuditFindings): string {
  const { links, head, checkpoints, signedTo, erased, faults } = findings;
  const lines = [
    `Checked ${links} ${links === 1 ? 'entry' : 'entries'}: each one's own hash, that it follows from the one before, that none is missing; and ${checkpoints} ${checkpoints === 1 ? 'signature' : 'signatures'} of the registry.`,
    `The registry signed it up to entry ${signedTo} of ${head.seq}${signedTo < head.seq ? '; what follows hangs on the chain alone' : ''}.`,
    ...(erased > 0 ? [`${erased} had their values erased with the person they were about.`] : []),
    ...(faults.length === 0
      ? [`Nothing was changed. It ends with ${head.hash}.`]
      : [
          `It breaks in ${faults.length} ${faults.length === 1 ? 'place' : 'places'}:`,
          ...faults.map(({ words }) => `  ✗ ${words}`),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
