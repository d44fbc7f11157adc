import type { ErrorCode } from '@latchkey/contracts';
import type { z } from 'zod';
import { faultWords } from './fault-words.pure.js';
import { type Fault, Problem } from './problem.js';
import type { InputOf, RouteFacts } from './route.js';

/** The parts of a request that routes have schemas for. */
export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

const parts = ['params', 'query', 'headers', 'body'] as const;

/**
 * Validates all parts of a request at once. A query may name only what its route knows: of a filter that is misspelled,
 * or dressed as a database's condition, one would be told everything.
 * @throws Problem that names every fault; its code is the first fault's own (`faultCodes`), else `LK-REQ-001`.
 */
export function parseRequest<Facts extends RouteFacts>(
  route: Facts,
  request: RequestParts,
): InputOf<Facts> {
  const input: Partial<Record<(typeof parts)[number], unknown>> = {};
  const faults: Fault[] = [];
  for (const part of parts) {
    const schema: z.ZodType | undefined = route[part];
    if (!schema) continue;
    if (part === 'query') faults.push(...unknownOf(route, request.query));
    const parsed = schema.safeParse(request[part] ?? {}, { error: faultWords });
    if (parsed.success) input[part] = parsed.data;
    else faults.push(...faultsOf(part, parsed.error.issues));
  }
  if (faults.length > 0) throw refusal(route, faults);
  return input as InputOf<Facts>;
}

/** What a query names that is not the route's; the name itself is not repeated. */
function unknownOf({ query }: RouteFacts, given: unknown): Fault[] {
  const known = Object.keys(query?.shape ?? {});
  if (Object.keys(given ?? {}).every((name) => known.includes(name))) return [];
  return [{ field: 'query', message: `names what is not known; known are ${known.join(', ')}` }];
}

/** The first fault of each field: an empty name is too short, and need not be told to be malformed too. */
function faultsOf(part: string, issues: readonly z.core.$ZodIssue[]): Fault[] {
  const first = new Map<string, Fault>();
  for (const issue of issues) {
    const fault = faultOf(part, issue);
    if (!first.has(fault.field)) first.set(fault.field, fault);
  }
  return [...first.values()];
}

function faultOf(part: string, issue: z.core.$ZodIssue): Fault {
  return { field: [part, ...issue.path.map(String)].join('.'), message: issue.message };
}

function refusal(route: RouteFacts, faults: readonly Fault[]): Problem {
  const named = faults.find((fault) => codeOf(route, fault.field));
  const code = (named && codeOf(route, named.field)) ?? 'LK-REQ-001';
  const detail = faults.map((fault) => `${fault.field}: ${fault.message}`).join('; ');
  return new Problem(code, detail, { faults });
}

/** A field's code, or that of the field it lies within: `body.groups.0` is `body.groups`. */
function codeOf(route: RouteFacts, field: string): ErrorCode | undefined {
  const path = field.split('.');
  for (let length = path.length; length > 0; length -= 1) {
    const code = route.faultCodes?.[path.slice(0, length).join('.')];
    if (code) return code;
  }
  return undefined;
}
