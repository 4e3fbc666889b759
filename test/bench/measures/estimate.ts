import { estimateTokenCount } from 'tokenx';
import { estimateTokens, quantile } from '../../../src/core/money/estimate';
import { estimatorError } from '../../support/estimatorError';
import { findTraffic } from '../../support/simulator';
import {
  type CountedText,
  errorsOf,
  errorText,
  readHeldOutFiles,
  readInstalledFiles,
  tokenizers,
} from '../../support/tokenCounts';
import type { Bench, Row } from '../bench';

/** How far the input estimate is off, by tokenizer, by language and over recorded traffic, and how long it takes. */
export const estimate: Bench = {
  name: 'estimate',
  async run({ repetitions }) {
    const heldOut = readHeldOutFiles(process.env.ASK_OPENROUTER_HELD_OUT);
    const installed = readInstalledFiles();
    return [
      ...byTokenizer('held-out files', heldOut),
      ...byLanguage(heldOut),
      ...byTokenizer('files of installed packages', installed),
      speed(installed, Math.max(repetitions, 20)),
      ...overTraffic(),
    ];
  },
};

const bound = { median: 0.03, p90: 0.09 };

function byTokenizer(which: string, texts: readonly CountedText[]): readonly Row[] {
  if (texts.length === 0) return [];
  return tokenizers.map(tokenizer => {
    const errors = errorsOf(texts, tokenizer);
    const [median = 1, p90 = 1] = [quantile(errors, 0.5), quantile(errors, 0.9)];
    return {
      what: `estimate, ${texts.length} ${which}, ${tokenizer}: median / 90th percentile`,
      measured: errorText(errors),
      bare: `tokenx ${errorText(ruleOfThumb(texts, tokenizers.indexOf(tokenizer)))}`,
      bound: '≤ 3 % / ≤ 9 %',
      isMet: median <= bound.median && p90 <= bound.p90,
    };
  });
}

function ruleOfThumb(texts: readonly CountedText[], place: number): readonly number[] {
  return texts.map(({ text, counts }) => {
    const real = counts[place] ?? Number.NaN;
    return Math.abs(estimateTokenCount(text) - real) / real;
  });
}

function byLanguage(texts: readonly CountedText[]): readonly Row[] {
  const languages = [...new Set(texts.map(({ language }) => language))].sort();
  return languages.map(language => {
    const ofLanguage = texts.filter(text => text.language === language);
    return {
      what: `estimate, ${ofLanguage.length} held-out files, ${language}`,
      measured: tokenizers.map(each => `${each} ${errorText(errorsOf(ofLanguage, each))}`).join('; '),
    };
  });
}

/** 100 KB of code, again and again in turns: the medians of both are of the same minutes. */
function speed(texts: readonly CountedText[], repetitions: number): Row {
  const code = texts
    .map(({ text }) => text)
    .join('\n')
    .slice(0, 100_000);
  const rounds = Array.from({ length: repetitions }, () => ({
    ours: durationMs(() => estimateTokens(code, 'Claude')),
    bare: durationMs(() => estimateTokenCount(code)),
  }));
  const ours =
    quantile(
      rounds.map(round => round.ours),
      0.5,
    ) ?? 0;
  const bare =
    quantile(
      rounds.map(round => round.bare),
      0.5,
    ) ?? 0;
  return {
    what: 'estimate of 100 KB of code',
    measured: `${ours.toFixed(2)} ms`,
    bare: `${bare.toFixed(2)} ms (tokenx)`,
    comparison: `${(ours / bare).toFixed(2)} ×`,
    bound: '≤ 0.2 ×',
    isMet: ours <= 0.2 * bare,
  };
}

function durationMs(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function overTraffic(): readonly Row[] {
  const folder = findTraffic();
  if (folder === undefined) return [{ what: 'input estimate', measured: 'no recorded traffic here' }];
  const { samples, before, after } = estimatorError(folder);
  const row = (what: string, figure: 'median' | 'p90'): Row => ({
    what: `input estimate, ${what} error of ${samples} recorded requests`,
    measured: `${percent(after[figure])} corrected`,
    bare: `${percent(before[figure])} uncorrected`,
  });
  return [row('median', 'median'), row('90th percentile', 'p90')];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
