import type { SplitBy, UsageTotals } from '../core/ledger/ledgerQueries';

/** Rows in these cost states hold their reservation against the limits. */
const holdingStates = `('pending', 'unknown')`;

/** The sums the rollups keep, each as what one row adds to it. `pico` ones do not fit a double. */
const contributions: { readonly [Name in keyof UsageTotals]: string } = {
  requests: '1',
  spentPico: `iif(R.costState IN ('billed', 'settled', 'free'), coalesce(R.costPico, 0), 0)`,
  estimatedPico: `iif(R.costState = 'estimated', coalesce(R.costPico, 0), 0)`,
  estimatedRequests: `R.costState = 'estimated'`,
  pendingRequests: `R.costState = 'pending'`,
  heldPico: 'iif(R.costState IN HOLDING, coalesce(R.reservedPico, 0), 0)',
  unknownRequests: `R.costState = 'unknown'`,
  promptTokens: 'coalesce(R.promptTokens, 0)',
  cachedTokens: 'coalesce(R.cachedTokens, 0)',
  cacheWriteTokens: 'coalesce(R.cacheWriteTokens, 0)',
  completionTokens: 'coalesce(R.completionTokens, 0)',
  reasoningTokens: 'coalesce(R.reasoningTokens, 0)',
};

export const sumNames = Object.keys(contributions) as readonly (keyof UsageTotals)[];

/** The columns that change a row's sums or the parts it belongs to. */
export const summedColumns =
  'costState, costPico, reservedPico, promptTokens, cachedTokens, cacheWriteTokens, completionTokens, reasoningTokens, servedModel, provider';

/** What row `alias` adds to each sum, as named columns; negated to take it back. */
export function contributionsOf(alias: string, sign: '' | '-' = '', holding = holdingStates): string {
  return sumNames.map(name => `${sign}(${contributionOf(name, alias, holding)}) AS ${name}`).join(', ');
}

/** The sums of a group of rows `alias`, in the order of {@link sumNames}. */
export function groupedSumsOf(alias: string, holding = holdingStates): string {
  return sumNames.map(name => `sum(${contributionOf(name, alias, holding)})`).join(', ');
}

function contributionOf(name: keyof UsageTotals, alias: string, holding: string): string {
  return contributions[name].replaceAll('R.', `${alias}.`).replace('HOLDING', holding);
}

/** The part a row belongs to, by dimension; '' for none, so that it can be a key. */
export const partExpressions: { readonly [By in SplitBy]: string } = {
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
