import { formatCount } from '../base/formatCount';
import { plain } from '../base/plainText';
import { redactKeys } from '../base/redact';
import type { LedgerEntry } from '../ledger/ledger';
import type { CostPart } from '../money/costPart';
import type { CostRecord } from '../money/costRecord';
import { displayUsd, formatPico, type Pico } from '../money/pico';
import { perMillion } from '../money/priceText';
import type { PriceOverride, Pricing } from '../money/pricing';
import { costPartLabels } from './costLabels';
import { estimateSentence, pieces } from './costSentence';

type Line = readonly [label: string, value: string | number | undefined];

/**
 * Everything that proves what one request cost, as text to paste into a question to support or a report. Has no
 * key, no prompt and no answer.
 */
export function costEvidence(
  row: LedgerEntry,
  parts: readonly CostPart[],
  record: Pick<CostRecord, 'pricedModel' | 'prices' | 'estimate'>,
  note: string | undefined,
): string {
  const blocks = [
    ['What an OpenRouter request cost', ...lines(requestLines(row))],
    ['Tokens', ...lines(tokenLines(row))],
    ['Bill', ...lines(billLines(row)), ...partLines(parts, row.costPico), ...lines([['Note', note]])],
    [priceHeading(record), ...priceLines(record.prices)],
    [estimateSentence(record.estimate) ?? 'Not estimated before sending.'],
  ];
  return redactKeys(`${blocks.map(block => block.join('\n')).join('\n\n')}\n`);
}

const lines = (all: readonly Line[]): readonly string[] =>
  all.flatMap(([label, value]) => (value === undefined ? [] : [`- ${label}: ${plain(String(value))}`]));

const requestLines = (row: LedgerEntry): readonly Line[] => [
  ['Generation id', row.generationId ?? 'none'],
  ['Request', row.id],
  ['Session', row.sessionId],
  ['Started', new Date(row.startedAt).toISOString()],
  ['Sent to', row.endpoint],
  ['Action', row.action],
  ['Model asked for', row.requestedModel],
  ['Model that served', row.servedModel],
  ['Served by', row.provider],
  ['Service tier', row.serviceTier],
  ['Region', row.region],
  ['Attempt', row.attempt],
  ['Outcome', row.outcome],
  ['Finish reason', row.finishReason],
  ['HTTP status', row.httpStatus],
];

const tokenLines = (row: LedgerEntry): readonly Line[] => [
  ['In', row.promptTokens],
  ['of which read from a cache', row.cachedTokens],
  ['of which written to a cache', row.cacheWriteTokens],
  ['Out', row.completionTokens],
  ['of which reasoning', row.reasoningTokens],
  ['At most (max_tokens)', row.maxTokens],
];

const billLines = (row: LedgerEntry): readonly Line[] => [
  ['Billed', row.costPico === undefined ? 'not known' : displayUsd(row.costPico)],
  ['This figure is', row.costState],
  ['Own provider key (BYOK)', row.isByok === undefined ? undefined : row.isByok ? 'yes' : 'no'],
  ["Of which the provider's own bill", row.isByok ? usd(row.upstreamPico) : undefined],
];

const usd = (pico: Pico | undefined): string | undefined =>
  pico === undefined ? undefined : displayUsd(pico);

function partLines(parts: readonly CostPart[], totalPico: Pico | undefined): readonly string[] {
  if (parts.length === 0 || totalPico === undefined) return [];
  const rows = parts.map(part => {
    const detail = pieces(part);
    return `  ${formatPico(part.pico)} USD  ${costPartLabels[part.kind]}${detail === undefined ? '' : ` (${detail})`}`;
  });
  return ['- Parts:', ...rows, `  ${formatPico(totalPico)} USD  Total`];
}

function priceHeading({ pricedModel, prices }: Pick<CostRecord, 'pricedModel' | 'prices'>): string {
  return prices
    ? `Listed prices of ${plain(pricedModel ?? 'the model')} at that time`
    : 'No price list of the model was at hand.';
}

const perToken = [
  ['prompt', 'Input'],
  ['completion', 'Output'],
  ['internalReasoning', 'Reasoning'],
  ['inputCacheRead', 'Read from the cache'],
  ['inputCacheWrite', 'Written to the cache'],
] as const;
const perPiece = [
  ['request', 'request'],
  ['image', 'image in the prompt'],
  ['imageOutput', 'image in the answer'],
  ['webSearch', 'web search'],
] as const;

function priceLines(prices: Pricing | undefined): readonly string[] {
  if (!prices) return [];
  const { overrides = [], ...base } = prices;
  return [
    ...lines(listLines(base)),
    ...overrides.map(override => `- ${condition(override)}: ${listText(override.pricing)}`),
  ];
}

function listLines(prices: Omit<Pricing, 'overrides'>): readonly Line[] {
  const millions = perToken.map(([name, label]): Line => {
    const price = perMillion(prices[name]);
    if (price === undefined || price === 'free' || price === 'varies') return [label, price];
    return [label, `$${price} per million tokens`];
  });
  const pieceLines = perPiece.map(([name, label]): Line => {
    const price = prices[name];
    return [`Per ${label}`, price === undefined ? undefined : `$${price}`];
  });
  return [...millions, ...pieceLines];
}

const listText = (prices: Omit<Pricing, 'overrides'>): string =>
  listLines(prices)
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ');

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function condition({
  minPromptTokens,
  utcStart,
  utcEnd,
  utcDays,
  hasUnknownCondition,
}: PriceOverride): string {
  const conditions = [
    minPromptTokens === undefined ? undefined : `with more than ${formatCount(minPromptTokens)} tokens in`,
    utcStart === undefined && utcEnd === undefined
      ? undefined
      : `from ${utcStart ?? '0000'} to ${utcEnd ?? '2400'} UTC`,
    utcDays && `on ${utcDays.map(day => days[day] ?? 'another day').join(', ')}`,
    hasUnknownCondition ? 'under a condition that is not known' : undefined,
  ].filter(text => text !== undefined);
  const text = conditions.length === 0 ? 'always' : conditions.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
