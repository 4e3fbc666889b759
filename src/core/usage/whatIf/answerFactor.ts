import type { AnswerLength } from '../../ledger/workload';
import type { Line } from './line';
import { around, type Range } from './range';

/** How many times as long as those of others a model's answers are: most likely, and its standard error. */
export interface Factor {
  readonly likely: number;
  readonly error: number;
}

/** Before any of its answers is known: models asked the same differ by about so much. */
export const usualFactor: Factor = { likely: 1, error: 0.2 };

/** How the answers to some requests compare with what was to be expected. */
export interface Evidence {
  readonly said: number;
  readonly expected: number;
  /** Of `said`, by how far answers scatter. */
  readonly variance: number;
}

/** Earlier answers of a target, measured by the line of the others; prompts in the target's tokens. */
export function toEvidence(line: Line | undefined, trials: readonly AnswerLength[]): Evidence {
  let [said, expected, variance] = [0, 0, 0];
  if (!line) return { said, expected, variance };
  for (const { promptTokens, completionTokens, reasoningTokens } of trials) {
    const answer = line.base + line.slope * promptTokens;
    said += completionTokens - reasoningTokens;
    expected += answer;
    variance += (answer * line.scatter) ** 2;
  }
  return { said, expected, variance };
}

/** What `evidence` makes of `before`: the less it is, and the more answers scatter, the less it changes. */
export function learn(before: Factor, { said, expected, variance }: Evidence): Factor {
  if (expected === 0) return before;
  const [known, seen] = [before.error ** 2, variance / expected ** 2];
  const weight = known + seen === 0 ? 1 : known / (known + seen);
  return {
    likely: before.likely + weight * (said / expected - before.likely),
    error: Math.sqrt(weight * seen),
  };
}

/** Nearly all lies within two standard errors; a factor is never surer than a few percent. */
export const toRange = ({ likely, error }: Factor): Range =>
  around(likely, Math.min(0.6, Math.max(0.03, (2 * error) / likely)));
