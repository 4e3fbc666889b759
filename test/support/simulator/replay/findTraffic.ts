import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of recorded traffic: `OPENROUTER_TRAFFIC`, else `shared/traffic` beside a parent folder. */
export function findTraffic(from: string = process.cwd()): string | undefined {
  const named = process.env.OPENROUTER_TRAFFIC;
  if (named) return named;
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, '..', 'shared', 'traffic');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}
