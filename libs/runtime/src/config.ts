import { hostname } from 'node:os';
import { z } from 'zod';

/** What is wrong with one setting. It never holds the setting's value: that may be a secret. */
export interface ConfigFault {
  readonly name: string;
  readonly expected: string;
  readonly came: string;
  readonly fix: string;
}

/** All that is wrong with the settings, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'LK-CFG-001';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      `LK-CFG-001 ${faults.length} setting(s) missing or wrong:\n${faults.map(line).join('\n')}`,
    );
    this.faults = faults;
  }
}

/** The settings that every service has; each service spreads them into its own object. Keys are the variables' names. */
export const commonConfig = {
  NATS_URL: z
    .string()
    .regex(/^(nats|tls|ws|wss):\/\/\S+$/, 'must begin with nats://, tls://, ws:// or wss://')
    .default('tls://127.0.0.1:4222')
    .meta({ description: 'the address of the broker' }),
  LK_NATS_CA_FILE: z.string().optional().meta({
    description: 'who signed the broker’s certificate, where not the campus’s own authority',
  }),
  LK_HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .meta({ description: 'the port of /livez, /readyz and /metrics, 0: any free one' }),
  LK_HEALTH_HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ description: 'the address on which health is served' }),
  LK_KEYS_DIR: z.string().default('var/keys').meta({ description: 'the folder of the key files' }),
  LK_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'the least grave level that is logged' }),
  LK_INSTANCE: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'must be 1-100 letters, digits, dots, - or _')
    .default(() => `${hostname()}-${process.pid}`.replaceAll(/[^A-Za-z0-9_.-]/g, '-'))
    .meta({ description: 'the name of this instance in logs' }),
};

/** A schema of settings: an object whose keys are the variables' names. */
export type ConfigSchema<Config> = z.ZodObject & z.ZodType<Config>;

/** The settings that runtime itself reads. */
export type CommonConfig = z.infer<z.ZodObject<typeof commonConfig>>;

/**
 * Reads the settings from the environment. Keys of `schema` are the variables' names; an empty variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readConfig<Config>(
  schema: ConfigSchema<Config>,
  env: NodeJS.ProcessEnv = process.env,
): Config {
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = env[name]?.trim();
    if (value) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => faultOf(issue, schema, given)));
}

function faultOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  given: Readonly<Record<string, string>>,
): ConfigFault {
  const name = String(issue.path[0] ?? '(all)');
  const field: unknown = schema.shape[name];
  const description = field instanceof z.ZodType ? field.meta()?.description : undefined;
  const value = given[name];
  return {
    name,
    expected: description ? `${description} (${expectationOf(issue)})` : expectationOf(issue),
    came: value === undefined ? 'nothing' : `${value.length} character(s) that do not fit`,
    fix: value === undefined ? `set ${name}` : `mend ${name}`,
  };
}

/** Says what was expected. Zod's own text of a wrong type says what came, too, which is left out: it may be a secret. */
function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

function line(fault: ConfigFault): string {
  return `  ${fault.name}: expected ${fault.expected}; got ${fault.came}. To do: ${fault.fix}.`;
}
