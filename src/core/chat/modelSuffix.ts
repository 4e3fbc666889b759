/** Suffixes that only change how a request is routed; every other one belongs to a row of the catalogue. */
const routingSuffixes: ReadonlySet<string> = new Set(['nitro', 'floor', 'exacto', 'online']);

/** A model id, told apart into the row of the catalogue and what only changes the routing. */
export interface ModelIdParts {
  /** With `:free`, `:thinking`, `:extended` and whatever else rows are named by. */
  readonly row: string;
  /** In the order in which they stand, without their colons. */
  readonly routing: readonly string[];
}

/** `a/b:free:nitro` → row `a/b:free`, routing `nitro`; the suffixes may stand in any order. */
export function splitModelId(id: string): ModelIdParts {
  const [base = '', ...suffixes] = id.split(':');
  const isRouting = (suffix: string): boolean => routingSuffixes.has(suffix);
  return {
    row: [base, ...suffixes.filter(suffix => !isRouting(suffix))].join(':'),
    routing: suffixes.filter(isRouting),
  };
}

/** True for ids that cost nothing, whichever model it is that answers. */
export function isFreeId(id: string): boolean {
  return id === 'openrouter/free' || id.split(':').slice(1).includes('free');
}

/** True for rows that OpenRouter lists for its batches: they answer no question. */
export function isBatchId(id: string): boolean {
  return id.split(':').slice(1).includes('batch');
}

/** The id without `:batch`: the model that answers questions. */
export function withoutBatch(id: string): string {
  return withoutVariant(id, 'batch');
}

/** The id without `:variant`, such as `a/b` for `a/b:free`; itself when it has none. */
export function withoutVariant(id: string, variant: string): string {
  const [base = '', ...suffixes] = id.split(':');
  return [base, ...suffixes.filter(suffix => suffix !== variant)].join(':');
}
