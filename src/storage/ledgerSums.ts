import type { SplitBy, UsageTotals } from '../core/ledger/ledgerQueries';

/** The units of the sums that the file keeps: quarter hours of all rows, UTC days of each part. */
export const quarterMs = 900_000;
export const dayMs = 86_400_000;

/**
 * What one row `R` adds to each sum. The triggers in the file keep the same sums by their own text, which
 * never changes (`ledgerMigrations.ts`): a new or changed sum needs a migration of its own.
 */
const contributions: { readonly [Name in keyof UsageTotals]: string } = {
  requests: '1',
  spentPico: `iif(R.costState IN ('billed', 'settled', 'free'), coalesce(R.costPico, 0), 0)`,
  estimatedPico: `iif(R.costState = 'estimated', coalesce(R.costPico, 0), 0)`,
  estimatedRequests: `R.costState = 'estimated'`,
  pendingRequests: `R.costState = 'pending'`,
  heldPico: `iif(R.costState IN ('pending', 'unknown'), coalesce(R.reservedPico, 0), 0)`,
  unknownRequests: `R.costState = 'unknown'`,
  promptTokens: 'coalesce(R.promptTokens, 0)',
  cachedTokens: 'coalesce(R.cachedTokens, 0)',
  cacheWriteTokens: 'coalesce(R.cacheWriteTokens, 0)',
  completionTokens: 'coalesce(R.completionTokens, 0)',
  reasoningTokens: 'coalesce(R.reasoningTokens, 0)',
};

export const sumNames = Object.keys(contributions) as readonly (keyof UsageTotals)[];

/** What row `alias` adds to each sum, as named columns. */
export function contributionsOf(alias: string): string {
  return sumNames.map(name => `(${contributions[name].replaceAll('R.', `${alias}.`)}) AS ${name}`).join(', ');
}

/** The part a row belongs to, by dimension; '' for none, so that it can be a key. */
const partExpressions: { readonly [By in SplitBy]: string } = {
  model: 'coalesce(R.servedModel, R.requestedModel)',
  provider: `coalesce(R.provider, '')`,
  action: 'R.action',
  workspace: `coalesce(R.workspace, '')`,
  language: `coalesce(R.languageId, '')`,
};

export function partExpressionOf(by: SplitBy, alias: string): string {
  return partExpressions[by].replaceAll('R.', `${alias}.`);
}

/** Sums of columns named like `sumNames`. Integer sums in SQLite are exact and fail on overflow. */
export const sumOfSums = sumNames.map(name => `coalesce(sum(${name}), 0) AS ${name}`).join(', ');

/** As {@link sumOfSums}, without the tokens: half the work, for what is asked before every request. */
export const sumOfMoney = sumNames
  .filter(name => !name.endsWith('Tokens'))
  .map(name => `coalesce(sum(${name}), 0) AS ${name}`)
  .join(', ');

/** A row of sums as read with big integers. */
export function toUsageTotals(row: Readonly<Record<string, unknown>>): UsageTotals {
  const sums = sumNames.map(name => {
    const value = BigInt((row[name] ?? 0n) as bigint);
    return [name, name.endsWith('Pico') ? value : Number(value)];
  });
  return Object.fromEntries(sums) as unknown as UsageTotals;
}
