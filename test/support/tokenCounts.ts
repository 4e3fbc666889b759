import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { estimateTokens, quantile } from '../../src/core/money/estimate';

/** The tokenizers that the table is fitted to, as the catalogue names them, in the order of all recorded counts. */
export const tokenizers = ['Claude', 'DeepSeek', 'Gemma', 'GPT', 'Llama3', 'Qwen3'] as const;

/** A text with what each of {@link tokenizers} really counts for it. */
export interface CountedText {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  readonly counts: readonly number[];
  /** Unlike code and prose: only the bound has to hold. */
  readonly isOdd: boolean;
}

const folder = 'test/fixtures/tokens';

interface Snippet {
  readonly name: string;
  readonly text: string;
  readonly isOdd?: boolean;
  readonly repeat?: number;
}

/** Short texts of our own, most of them code. */
export function readSnippets(): readonly CountedText[] {
  const counts = readJson<Readonly<Record<string, readonly number[]>>>(`${folder}/counts.json`);
  return readJson<readonly Snippet[]>(`${folder}/snippets.json`).map(
    ({ name, text, isOdd = false, repeat = 1 }) => ({
      ...{ name, isOdd, language: 'snippets', text: text.repeat(repeat), counts: counts[name] ?? [] },
    }),
  );
}

/** Files that `npm ci` installs; those that are not what was counted are left out. */
export function readInstalledFiles(): readonly CountedText[] {
  const files = readJson<readonly { path: string; sha256: string; counts: readonly number[] }[]>(
    `${folder}/files.json`,
  );
  return files.flatMap(({ path: name, sha256, counts }) => {
    const path = `node_modules/${name}`;
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    return hash.startsWith(sha256) ? [{ name, language: extname(name), text, counts, isOdd: false }] : [];
  });
}

/** What `node scripts/run.mjs estimator` held out when it fitted the table; none where it never ran. */
export function readHeldOutFiles(path: string | undefined): readonly CountedText[] {
  if (path === undefined || !existsSync(path)) return [];
  const files = readJson<readonly { language: string; text: string; counts: Record<string, number> }[]>(path);
  return files.map(({ language, text, counts }) => ({
    ...{ name: language, language, text, isOdd: false },
    counts: Object.values(counts),
  }));
}

/** |estimated − real| / real. */
export function errorsOf(texts: readonly CountedText[], tokenizer: (typeof tokenizers)[number]) {
  const place = tokenizers.indexOf(tokenizer);
  return texts.map(({ text, counts }) => {
    const real = counts[place] ?? Number.NaN;
    return Math.abs(estimateTokens(text, tokenizer) - real) / real;
  });
}

/** The median and the 90th percentile of errors, as `2.0 % / 6.1 %`. */
export function errorText(errors: readonly number[]): string {
  const percent = (share: number | undefined) => `${((share ?? Number.NaN) * 100).toFixed(1)} %`;
  return `${percent(quantile(errors, 0.5))} / ${percent(quantile(errors, 0.9))}`;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
