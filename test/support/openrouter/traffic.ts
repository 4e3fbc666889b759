import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Every recorded exchange, by file name. */
export function readRecordings(dir: string): readonly Recording[] {
  return readdirSync(dir)
    .filter(file => file.endsWith('.json') && file !== 'models-catalogue.json')
    .sort()
    .map(file => JSON.parse(readFileSync(join(dir, file), 'utf8')));
}
