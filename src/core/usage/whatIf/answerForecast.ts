import type { AnswerLength, Workload } from '../../ledger/workload';
import type { Model } from '../../models/model';
import { quantile } from '../../money/estimate';
import { fitLine, type Line } from './line';
import type { Move } from './move';
import { around, exactly, type Range, times } from './range';

/** A workload, and what becomes of it. */
export interface Moved {
  readonly workload: Workload;
  readonly move: Move;
}

/** What the target is expected to write for a workload, in its own tokens. */
export interface Forecast {
  readonly answer: Range;
  readonly reasoning: Range;
}

/** Where the length of reasoning was taken from. */
export type ReasoningBasis = 'none' | 'own' | 'habit' | 'assumed';

/** So many requests count as one more that says "as long as before". */
const prior = 2;
/** Fewer requests to a model say nothing of how long its answers are, beside others. */
const enoughRequests = 5;
const enoughReasoning = 3;
/** Models asked the same differ by so much in the length of their answers, while this user's rows do not tell. */
const usualSpread = 0.3;
const leastSpread = 0.03;
const mostSpread = 0.5;

/** Foretells answers of a target from the user's rows of one action, and from those that asked the target before. */
export class AnswerForecast {
  /** How answers grew with prompts in this action, both in the target's tokens. */
  private readonly line: Line | undefined;
  private readonly others: readonly Moved[];

  constructor(
    private readonly moved: readonly Moved[],
    /** Earlier requests to the target, for this action. */
    private readonly trials: readonly AnswerLength[],
    /** How much longer the target's answers are in all actions; 1 while nothing tells. */
    private readonly overall: number,
  ) {
    this.others = moved.filter(({ move }) => !move.isSameModel);
    this.line = fitLine(this.others.map(toPoints));
  }

  of({ workload, move }: Moved): Forecast {
    const { completionTokens, reasoningTokens } = workload;
    const answerTokens = completionTokens - reasoningTokens;
    if (move.isSameModel) return { answer: exactly(answerTokens), reasoning: exactly(reasoningTokens) };
    const answer = times(this.factor, answerTokens * move.ratio.likely);
    return { answer, reasoning: this.reasoningOf({ workload, move }, answer) };
  }

  /** How much longer the target's answers were than others of this action, for prompts as long, and how many there were. */
  get evidence(): { readonly said: number; readonly expected: number } {
    const expected = this.expectations();
    return {
      said: sum(expected.map(({ said }) => said)),
      expected: sum(expected.map(each => each.expected)),
    };
  }

  basisOf(target: Model): ReasoningBasis {
    if (this.trials.length >= enoughReasoning) return 'own';
    if (!reasonsByItself(target)) return 'none';
    return this.reasoning.length > 0 ? 'habit' : 'assumed';
  }

  private get factor(): Range {
    const rows = this.expectations();
    if (rows.length === 0) return this.guess;
    const mean = sum(rows.map(({ expected }) => expected)) / rows.length;
    const said = sum(rows.map(row => row.said)) + prior * mean * this.overall;
    const likely = said / (mean * (rows.length + prior));
    const scatter = deviation(rows.map(row => row.said / row.expected)) / likely;
    const spread = leastSpread + (2 * scatter) / Math.sqrt(rows.length) + usualSpread / (rows.length + 1);
    return around(likely, Math.min(mostSpread, spread));
  }

  /** From how the models that the user asked differ among themselves. */
  private get guess(): Range {
    const byModel = new Map<string, { said: number; expected: number; requests: number }>();
    for (const each of this.others) {
      const { x, y, n } = toPoints(each);
      const { said, expected, requests } = byModel.get(each.workload.model) ?? {
        said: 0,
        expected: 0,
        requests: 0,
      };
      const more = this.line ? this.line.base * n + this.line.slope * x : 0;
      byModel.set(each.workload.model, { said: said + y, expected: expected + more, requests: requests + n });
    }
    const factors = [...byModel.values()]
      .filter(({ requests, expected }) => requests >= enoughRequests && expected > 0)
      .map(({ said, expected }) => said / expected);
    const { low, high } = around(this.overall, usualSpread);
    return { low: Math.min(low, ...factors), likely: this.overall, high: Math.max(high, ...factors) };
  }

  private expectations() {
    const { line } = this;
    if (!line) return [];
    return this.trials
      .map(({ promptTokens, completionTokens, reasoningTokens }) => ({
        said: completionTokens - reasoningTokens,
        expected: line.base + line.slope * promptTokens,
      }))
      .filter(({ expected }) => expected > 0);
  }

  private reasoningOf({ workload, move }: Moved, answer: Range): Range {
    const { requests, reasoningTokens } = workload;
    const kept = reasoningTokens * move.ratio.likely;
    switch (this.basisOf(move.target)) {
      case 'own': {
        const lengths = this.trials.map(trial => trial.reasoningTokens);
        const mean = sum(lengths) / lengths.length;
        const scatter = mean === 0 ? 0 : deviation(lengths) / mean;
        const spread = leastSpread + (2 * scatter) / Math.sqrt(lengths.length);
        return times(around(mean, Math.min(mostSpread, spread)), requests);
      }
      case 'none':
        // It may be asked to reason as the other one was.
        return { low: 0, likely: 0, high: move.target.reasoning ? kept : 0 };
      case 'habit': {
        const perRequest = quantile(this.reasoning, 0.5) ?? 0;
        return {
          low: (perRequest * requests) / 2,
          likely: perRequest * requests,
          high: perRequest * requests * 2,
        };
      }
      case 'assumed':
        return { low: 0, likely: answer.likely, high: 3 * answer.high };
    }
  }

  /** For each model of this action that reasons, how much it does for a request, in the target's tokens. */
  private get reasoning(): readonly number[] {
    return this.moved
      .filter(({ workload }) => workload.reasoningTokens > 0)
      .map(({ workload, move }) => (workload.reasoningTokens * move.ratio.likely) / workload.requests);
  }
}

const reasonsByItself = ({ reasoning }: Model): boolean =>
  reasoning !== undefined && (reasoning.isMandatory || reasoning.isDefaultOn === true);

/** The rows of a workload as points: prompts and answers in the target's tokens. */
function toPoints({ workload, move }: Moved) {
  const { likely } = move.ratio;
  return {
    n: workload.requests,
    x: workload.promptTokens * likely,
    y: (workload.completionTokens - workload.reasoningTokens) * likely,
    xx: workload.promptSquares * likely ** 2,
    xy: workload.promptTimesAnswer * likely ** 2,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map(value => (value - mean) ** 2)) / (values.length - 1));
}
