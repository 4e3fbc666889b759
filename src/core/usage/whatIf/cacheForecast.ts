import type { AnswerLength } from '../../ledger/workload';
import type { Moved } from './answerForecast';

/** So many requests say as much as the caches of the models that were asked. */
const prior = 10;

/** Foretells how many tokens of prompts the target's caches hold. */
export class CacheForecast {
  private readonly share: number;
  private readonly weight: number;

  constructor(trials: readonly AnswerLength[]) {
    const prompts = trials.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
    const cached = trials.reduce((sum, { cachedTokens }) => sum + cachedTokens, 0);
    this.share = prompts === 0 ? 0 : cached / prompts;
    this.weight = prompts === 0 ? 0 : trials.length / (trials.length + prior);
  }

  /** In the target's tokens: most likely as much as it read before, as far as that is known, else as the others did. */
  of({ workload, move }: Moved): { readonly likely: number; readonly most: number } {
    const { likely: ratio } = move.ratio;
    const others = workload.cachedTokens * ratio;
    if (move.isSameModel) return { likely: others, most: others };
    const own = workload.promptTokens * ratio * this.share;
    const likely = others + this.weight * (own - others);
    return { likely, most: Math.max(likely, others, this.weight > 0 ? own : 0) };
  }
}
