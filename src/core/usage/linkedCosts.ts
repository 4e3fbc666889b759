import { combineCosts } from '../money/combineCosts';
import { sumPico } from '../money/costPart';
import { costPartKinds } from '../money/costRecord';
import { displayUsd, formatPico, type Pico, parsePico } from '../money/pico';
import type { CostExplanation, ExplainedPart } from './costExplanation';
import { costPartLabels } from './costLabels';
import { signedPercent } from './share';

/**
 * Explains what requests cost that went on from each other, at least two: each of them, and all together. What is not
 * known of one is left out of the total, and said.
 */
export function explainTogether(requests: readonly CostExplanation[]): CostExplanation {
  const { state, usd, pending, unknown } = combineCosts(
    requests.map(({ costState, totalUsd }) => ({ state: costState, usd: totalUsd })),
  );
  const parts = sumParts(requests.filter(({ totalUsd }) => totalUsd !== undefined));
  const [largest] = [...parts].sort((a, b) => (picoOf(a) < picoOf(b) ? 1 : -1));
  return {
    costState: state,
    totalUsd: usd,
    parts,
    sentence: togetherSentence(requests.length, usd),
    mainKind: largest && picoOf(largest) > 0n ? largest.kind : undefined,
    comparisons: [],
    note: missingNote(pending, unknown),
    evidence: requests.map(({ evidence }) => evidence).join('\n'),
    requests,
  };
}

const picoOf = ({ usd }: Pick<ExplainedPart, 'usd'>): Pico => parsePico(usd) ?? 0n;

/** The parts of all, by kind: they add up to the sum of the bills. */
function sumParts(requests: readonly CostExplanation[]): readonly ExplainedPart[] {
  const all = requests.flatMap(({ parts }) => parts);
  const sums = costPartKinds.flatMap(kind => {
    const ofKind = all.filter(part => part.kind === kind);
    return ofKind.length === 0 ? [] : [{ kind, pico: ofKind.reduce((sum, part) => sum + picoOf(part), 0n) }];
  });
  const total = sumPico(sums);
  return sums.map(({ kind, pico }) => ({
    kind,
    label: costPartLabels[kind],
    usd: formatPico(pico),
    percent: signedPercent(pico, total),
  }));
}

function togetherSentence(count: number, usd: string | undefined): string {
  const what = `${count} requests, each going on with the answer of the one before`;
  if (usd === undefined) return `${what}. What they cost is not known.`;
  return `${what}, cost ${displayUsd(parsePico(usd) ?? 0n)} together.`;
}

function missingNote(pending: number, unknown: number): string | undefined {
  const missing = [
    pending === 0 ? '' : `${pending} not known yet`,
    unknown === 0 ? '' : `${unknown} never known`,
  ].filter(text => text !== '');
  return missing.length === 0 ? undefined : `Not in the total: the cost of ${missing.join(', and of ')}.`;
}
