import { formatCount } from '../base/formatCount';
import type { LedgerEntry } from '../ledger/ledger';
import type { CostPart, CostPartKind } from '../money/costPart';
import type { RecordedEstimate } from '../money/costRecord';
import type { BeyondEstimate, CostCause } from '../money/mainCause';
import { displayUsd, divideHalfEven, type Pico } from '../money/pico';
import { perMillion } from '../money/priceText';
import { costPartNames } from './costLabels';

/** The user's own requests of the same action and model. */
export interface UsualCost {
  /** Their median. */
  readonly pico: Pico;
  readonly requests: number;
}

/** Tells the main cause of a cost in plain words. */
export function costSentence(
  row: Pick<LedgerEntry, 'costPico' | 'costState'>,
  parts: readonly CostPart[],
  cause: CostCause | undefined,
): string {
  const { costPico, costState } = row;
  if (costState === 'pending') return 'The cost is not known yet: OpenRouter is asked for it.';
  if (costState === 'unknown' || costPico === undefined)
    return 'The cost is not known, so there is nothing to explain.';
  if (costPico === 0n) return 'Nothing was billed.';
  if (!cause) return `${displayUsd(costPico)} was billed, and no price or figure explains it.`;
  const { main, beyond } = cause;
  if (costState === 'estimated' && main.kind === 'notExplained')
    return `OpenRouter never named the cost: ${displayUsd(costPico)} is the most that was reserved for it.`;
  if (beyond?.cause === main) return beyondSentence(beyond, parts);
  const what = describe(main.kind, parts);
  if (main.pico === costPico) return `All of it, ${displayUsd(costPico)}, is ${what}.`;
  const share = main.pico * 2n > costPico ? 'Most of it' : 'The largest part';
  return `${share}, ${displayUsd(main.pico)} of ${displayUsd(costPico)}, is ${what}.`;
}

/** Why a bill is higher than its estimate. */
export function beyondSentence({ pico, cause }: BeyondEstimate, parts: readonly CostPart[]): string {
  const what = describe(cause.kind, parts);
  return `It is ${displayUsd(pico)} more than the most that was estimated, mainly because of ${what}, which added ${displayUsd(cause.pico)}.`;
}

/** `output: 1,230 tokens at $10 per million` */
function describe(kind: CostPartKind, parts: readonly CostPart[]): string {
  const part = parts.find(candidate => candidate.kind === kind);
  const detail = part && pieces(part);
  return detail === undefined ? costPartNames[kind] : `${costPartNames[kind]}: ${detail}`;
}

const nouns: Partial<Record<CostPartKind, string>> = { images: 'image', tools: 'search', request: 'request' };

/** `1,230 tokens at $10 per million`, `2 images at $0.04 each`; undefined where nothing was counted. */
export function pieces({ kind, count, price }: CostPart): string | undefined {
  if (count === undefined || kind === 'request') return undefined;
  const noun = nouns[kind] ?? 'token';
  const counted = `${formatCount(count)} ${noun}${count === 1 ? '' : noun.endsWith('h') ? 'es' : 's'}`;
  if (price === undefined) return counted;
  const million = noun === 'token' ? perMillion(price) : undefined;
  if (million === undefined) return `${counted} at $${price} each`;
  return million === 'free' ? `${counted}, free` : `${counted} at $${million} per million`;
}

/** `Estimated before sending: $0.001 to $0.062.`; undefined when nothing was estimated. */
export function estimateSentence(estimate: RecordedEstimate | undefined): string | undefined {
  const { leastPico, mostPico } = estimate ?? {};
  if (leastPico === undefined || mostPico === undefined) return undefined;
  return `Estimated before sending: ${displayUsd(leastPico)} to ${displayUsd(mostPico)}.`;
}

/** How a cost compares with the user's usual; undefined when too little is known of that. */
export function usualSentence(
  { action, requestedModel, costPico }: Pick<LedgerEntry, 'action' | 'requestedModel' | 'costPico'>,
  usual: UsualCost | undefined,
): string | undefined {
  if (!usual || costPico === undefined) return undefined;
  const { pico, requests } = usual;
  const basis = `Your usual for ${action} with ${requestedModel} is ${displayUsd(pico)} (median of ${formatCount(requests)} requests)`;
  if (pico === 0n) return `${basis}.`;
  const tenths = Number(divideHalfEven(costPico * 10n, pico));
  if (tenths >= 15) return `${basis}: this one cost ${formatCount(tenths / 10)} times as much.`;
  return `${basis}.`;
}
