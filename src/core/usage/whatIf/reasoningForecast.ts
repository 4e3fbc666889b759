import type { AnswerLength } from '../../ledger/workload';
import type { Model } from '../../models/model';
import type { Moved } from './answerForecast';
import { exactly, type Range, times } from './range';

/** Where the length of reasoning is taken from. */
export type ReasoningBasis =
  /** The user's own requests to the target. */
  | 'own'
  /** It does not reason by itself. */
  | 'none'
  /** What other models of the user's that reason did. */
  | 'habit'
  | 'assumed';

const fewestTrials = 3;

/** Foretells how many tokens the target reasons before it answers. */
export class ReasoningForecast {
  readonly basis: ReasoningBasis;
  /** Of the user's models that reason, how much they do for a request, in the target's tokens. */
  private readonly habits: readonly {
    readonly action: string;
    readonly tokens: number;
    readonly requests: number;
  }[];

  constructor(
    moved: readonly Moved[],
    private readonly trials: readonly AnswerLength[],
  ) {
    const others = moved.filter(({ move }) => !move.isSameModel);
    this.habits = others
      .filter(({ workload }) => workload.reasoningTokens > 0)
      .map(({ workload, move }) => ({
        action: workload.action,
        tokens: workload.reasoningTokens * move.ratio.likely,
        requests: workload.requests,
      }));
    const target = others[0]?.move.target;
    this.basis = target ? this.basisOf(target) : 'own';
  }

  /** Tokens of reasoning for `workload`, whose answers are expected to have `answer`. */
  of({ workload, move }: Moved, answer: Range): Range {
    const { action, requests, reasoningTokens } = workload;
    if (move.isSameModel) return exactly(reasoningTokens);
    switch (this.basis) {
      case 'own':
        return times(this.ownLength(action), requests);
      case 'none':
        // It may be asked to reason as the other one was.
        return { low: 0, likely: 0, high: move.target.reasoning ? reasoningTokens * move.ratio.likely : 0 };
      case 'habit': {
        const likely = this.habitOf(action) * requests;
        return { low: likely / 2, likely, high: 2 * likely };
      }
      case 'assumed':
        return { low: 0, likely: answer.likely, high: 3 * answer.high };
    }
  }

  private basisOf(target: Model): ReasoningBasis {
    if (this.trials.length >= fewestTrials) return 'own';
    const { reasoning } = target;
    if (!reasoning?.isMandatory && !reasoning?.isDefaultOn) return 'none';
    return this.habits.length > 0 ? 'habit' : 'assumed';
  }

  /** For one request: of this action where there are enough, else of all. */
  private ownLength(action: string): Range {
    const ofAction = this.trials.filter(trial => trial.action === action);
    const used = ofAction.length >= fewestTrials ? ofAction : this.trials;
    const lengths = used.map(({ reasoningTokens }) => reasoningTokens);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const squares = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0);
    const error = Math.sqrt(squares / (lengths.length - 1) / lengths.length);
    return { low: Math.max(0, mean - 2 * error), likely: mean, high: mean + 2 * error };
  }

  private habitOf(action: string): number {
    const ofAction = this.habits.filter(habit => habit.action === action);
    const used = ofAction.length > 0 ? ofAction : this.habits;
    const sum = (name: 'tokens' | 'requests') => used.reduce((total, each) => total + each[name], 0);
    return sum('tokens') / sum('requests');
  }
}
