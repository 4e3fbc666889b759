import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One recorded exchange with the real service. */
export interface Recording {
  readonly name: string;
  readonly kind: string;
  readonly request: { readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: string;
  };
}

/** The folder with recorded traffic; undefined when this machine has none. */
export function findTrafficDir(): string | undefined {
  const given = process.env.OPENROUTER_TRAFFIC;
  if (given) return given;
  for (let dir = process.cwd(); dir !== dirname(dir); dir = dirname(dir)) {
    const candidate = join(dir, '..', 'shared', 'traffic');
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}

/** Every recorded exchange, by file name. */
export function readRecordings(dir: string): readonly Recording[] {
  return readdirSync(dir)
    .filter(file => file.endsWith('.json') && file !== 'models-catalogue.json')
    .sort()
    .map(file => JSON.parse(readFileSync(join(dir, file), 'utf8')));
}
