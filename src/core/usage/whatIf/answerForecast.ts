import { groupBy } from '../../base/groupBy';
import type { AnswerLength, Workload } from '../../ledger/workload';
import { type Evidence, type Factor, learn, toEvidence, toRange, usualFactor } from './answerFactor';
import { fitLine, type Line, type PointSums } from './line';
import type { Move } from './move';
import { exactly, type Range, times } from './range';

/** A workload, and what becomes of it. */
export interface Moved {
  readonly workload: Workload;
  readonly move: Move;
}

/** Fewer requests to a model say nothing of how long its answers are beside those of others. */
const enoughRequests = 5;

/** Foretells answers of the target, by action: from those of others, and from what the target answered before. */
export class AnswerForecast {
  private readonly byAction = new Map<string, { readonly line: Line | undefined; readonly factor: Factor }>();
  /** From how much the user's other models differ among themselves. */
  private readonly usual: Factor;

  constructor(moved: readonly Moved[], trials: readonly AnswerLength[]) {
    const others = moved.filter(({ move }) => !move.isSameModel);
    const actions = [...new Set(others.map(({ workload }) => workload.action))];
    const known = actions.map(action => {
      const ofAction = others.filter(({ workload }) => workload.action === action);
      const line = fitLine(ofAction.map(toPoints));
      const own = trials.filter(trial => trial.action === action);
      return { action, line, ofAction, evidence: toEvidence(line, own) };
    });
    this.usual = { ...usualFactor, error: Math.max(usualFactor.error, ...known.map(differenceAmongModels)) };
    const overall = learn(this.usual, sumOf(known.map(({ evidence }) => evidence)));
    for (const { action, line, evidence } of known) {
      // What holds over all actions holds for one of them only about so: it is a new guess, not a sure one.
      const before = { ...overall, error: Math.max(overall.error, usualFactor.error / 2) };
      this.byAction.set(action, { line, factor: learn(before, evidence) });
    }
  }

  /** Tokens of the answers to `workload`, in the target's tokens, without reasoning. */
  of({ workload, move }: Moved): Range {
    const answerTokens = workload.completionTokens - workload.reasoningTokens;
    if (move.isSameModel) return exactly(answerTokens);
    const { factor } = this.byAction.get(workload.action) ?? { factor: this.usual };
    return times(toRange(factor), answerTokens * move.ratio.likely);
  }
}

/** The standard deviation of how long answers of different models were in one action, beside the line of all. */
function differenceAmongModels({
  line,
  ofAction,
}: {
  readonly line: Line | undefined;
  readonly ofAction: readonly Moved[];
}): number {
  if (!line) return 0;
  const byModel = groupBy(ofAction, ({ workload }) => workload.model);
  const differences = [...byModel.values()].flatMap(group => {
    const points = group.map(toPoints);
    const sum = (name: 'n' | 'x' | 'y'): number => points.reduce((total, each) => total + each[name], 0);
    const [n, x, y] = [sum('n'), sum('x'), sum('y')];
    const expected = line.base * n + line.slope * x;
    return n < enoughRequests || expected === 0 ? [] : [(y / expected - 1) ** 2];
  });
  if (differences.length < 2) return 0;
  return Math.sqrt(differences.reduce((total, each) => total + each, 0) / differences.length);
}

function sumOf(evidence: readonly Evidence[]): Evidence {
  const sum = (name: keyof Evidence): number => evidence.reduce((total, each) => total + each[name], 0);
  return { said: sum('said'), expected: sum('expected'), variance: sum('variance') };
}

/** The rows of a workload as points: prompts and answers in the target's tokens. */
function toPoints({ workload, move }: Moved): PointSums {
  const { likely } = move.ratio;
  return {
    n: workload.requests,
    x: workload.promptTokens * likely,
    y: (workload.completionTokens - workload.reasoningTokens) * likely,
    xx: workload.promptSquares * likely ** 2,
    xy: workload.promptTimesAnswer * likely ** 2,
    yy: workload.answerSquares * likely ** 2,
  };
}
