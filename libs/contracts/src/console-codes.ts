/**
 * Codes that stay on the machine where they happen: told at a start, by the command line or in a log, never on the bus or
 * over HTTP. They belong to packages that know nothing of this one; a test holds both tables to each other.
 */
export const consoleCodes = {
  'LK-DEV-001': {
    title: 'no way to a broker',
    action:
      'The message names every way that was tried: set NATS_URL, or mend one of them, e.g. put nats-server 2.12 or newer on the PATH.',
  },
  'LK-DEV-002': {
    title: 'the broker did not become ready',
    action: "The server's last words say why: mostly its port or its data folder.",
  },
  'LK-DEV-003': { title: 'no TCP port is free', action: 'End programs that hold ports.' },
  'LK-DEV-004': {
    title: 'the broker is not ours to end',
    action: 'End or restart it where it was started.',
  },
  'LK-DEV-005': {
    title: 'the data folder is in use',
    action: 'Another start has it: end that one, or choose another folder.',
  },
  'LK-DEV-006': {
    title: 'a service is not ready',
    action: "Mend what the service's last words name, then start again.",
  },
  'LK-VISION-001': {
    title: 'these bytes are no picture that can be decoded',
    action: 'Use another picture: JPEG, PNG or WebP, not cut short.',
  },
  'LK-VISION-002': {
    title: 'the picture is larger than is allowed',
    action: 'Make it smaller; the message names the bound.',
  },
  'LK-VISION-003': {
    title: 'the model pack cannot be read',
    action: 'Mend LK_MODEL_DIR, or install again; the message names the file.',
  },
  'LK-VISION-004': {
    title: 'a model file is not the one that the manifest names',
    action: 'Restore the file, or install again: its checksum differs.',
  },
  'LK-VISION-005': {
    title: 'a model cannot be loaded or run as the pipeline needs it',
    action: 'Use a model of the shape that the message names; see libs/vision/README.md.',
  },
  'LK-VISION-006': {
    title: 'a request that cannot be answered',
    action: 'Mend what the message names, such as a crop that is not 112×112.',
  },
  'LK-VISION-007': { title: 'the code reader cannot be loaded', action: 'Install again.' },
} as const satisfies Record<string, { readonly title: string; readonly action: string }>;
