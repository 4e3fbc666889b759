import { answers } from './answers';
import { deliveries } from './deliveries';
import type { Fault } from './fault';
import { requestErrors } from './requestErrors';
import { routings } from './routings';
import { serverErrors } from './serverErrors';

/**
 * Everything that can be asked for as model `simulator/<name>[:parameter]`, several joined with `+`;
 * by header `X-Simulator-Fault: <name>[;parameter]`; or with `simulator.next('<name>[:parameter]')`.
 */
export const faults: readonly Fault[] = [
  ...requestErrors,
  ...serverErrors,
  ...routings,
  ...deliveries,
  ...answers,
];

/** Names with a part of their own. */
export const faultFamilies: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'flaky-<fault>[:n]', description: 'the fault on the first n tries (1), then success' },
  { name: 'long-<n>', description: 'the same as long:<n>' },
  { name: 'replay:<name>', description: 'a recorded answer, by the name of its file in traffic/' },
  { name: '<fault>+<fault>', description: 'both, e.g. simulator/echo+crlf+utf8-split' },
];

export interface Directive {
  readonly fault: Fault;
  readonly parameter?: string;
}

/** What an expression asks for. */
export interface Directives {
  readonly directives: readonly Directive[];
  readonly replay?: string;
  /** Names nobody knows. */
  readonly unknown: readonly string[];
}

const byName = new Map(faults.map(fault => [fault.name, fault]));

/** Counts the tries of `flaky-` faults. */
export type Tries = Map<string, number>;

export function parseDirectives(expression: string, tries: Tries): Directives {
  if (expression.startsWith('replay:')) {
    return { directives: [], replay: expression.slice('replay:'.length), unknown: [] };
  }
  const directives: Directive[] = [];
  const unknown: string[] = [];
  for (const part of expression.split('+')) {
    const [, written = part, parameter] = /^([^:;]*)(?:[:;]\s*(.*))?$/.exec(part.trim()) ?? [];
    const flaky = written.startsWith('flaky-');
    const { name, parameter: value } = normalise(flaky ? written.slice('flaky-'.length) : written, parameter);
    const fault = byName.get(name);
    if (!fault) unknown.push(written);
    else if (!flaky) directives.push({ fault, ...(value !== undefined && { parameter: value }) });
    else if (failsAgain(part, Number(parameter ?? 1), tries)) directives.push({ fault });
  }
  return { directives, unknown };
}

/** `long-20000` is `long:20000`. */
function normalise(name: string, parameter: string | undefined) {
  const long = /^long-(\d+)$/.exec(name)?.[1];
  return long ? { name: 'long', parameter: long } : { name, parameter };
}

function failsAgain(expression: string, times: number, tries: Tries): boolean {
  const count = tries.get(expression) ?? 0;
  tries.set(expression, count < times ? count + 1 : 0);
  return count < times;
}
