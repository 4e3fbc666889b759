import type { Budgets } from '../../core/ledger/budgets';
import { estimateSentence } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { type CostEstimate, estimateCost } from '../../core/money/estimate';
import { displayUsd, type Pico } from '../../core/money/pico';
import { toSentEstimate } from '../../core/money/sentEstimate';
import type { Dialogs } from '../ports';
import type { Estimates } from '../usage/estimates';
import { fitAnswer, isPromptTooLong, limitCost } from './answerLimit';
import type { Question } from './asker';

/** From this many estimated tokens on, sending takes a second yes: it is more than a file of usual size. */
const largeTokens = 20_000;

export interface PreparationPorts {
  readonly estimates: Estimates;
  readonly budgets: () => Budgets;
  /**
   * The catalogue's row. `mustKnow`, because a limit or the user's answer depends on its price: ask the server
   * when it is not at hand or old. Else nobody waits for the server.
   */
  readonly findModel: (id: string, mustKnow: boolean, signal: AbortSignal) => Promise<Model | undefined>;
  readonly dialogs: Dialogs;
  readonly changeLimit: () => Promise<void>;
}

/** A question made ready; undefined when the user does not want to send it after all. */
export type Prepared = Question | undefined;

/** A question with all that is known of its price. */
interface Priced {
  /** The question, its answer limited to what fits the model and by what it may cost. */
  readonly limited: Question;
  /** Before any correction. */
  readonly rawPromptTokens: number;
  readonly estimate: CostEstimate;
  /** Undefined when the list of models does not know it. */
  readonly model: Model | undefined;
}

const isLarge = ({ limited, estimate }: Priced): boolean =>
  !limited.isForced && estimate.tokens.tokens >= largeTokens;

/** What happens between a wish and its sending: the estimate, the limit per answer, and the second yes. */
export class Preparation {
  constructor(private readonly ports: PreparationPorts) {}

  async prepare(question: Question, signal: AbortSignal): Promise<Prepared> {
    const budgets = this.ports.budgets();
    const mustKnow = Object.values(budgets).some(limit => limit !== undefined);
    let priced = await this.price(question, budgets, mustKnow, signal);
    // A price is about to be shown: now it is worth waiting for.
    if (!mustKnow && isLarge(priced)) priced = await this.price(question, budgets, true, signal);
    const { limited, rawPromptTokens, estimate, model } = priced;
    if (signal.aborted || !(await this.isWanted(priced, budgets.perRequestPico))) return undefined;
    return {
      ...limited,
      estimatedPromptTokens: rawPromptTokens,
      reservedPico: estimate.maxPico,
      turn: { ...limited.turn, estimate: toSentEstimate(estimate.tokens.tokens, model?.pricing, Date.now()) },
    };
  }

  private async price(
    question: Question,
    budgets: Budgets,
    mustKnow: boolean,
    signal: AbortSignal,
  ): Promise<Priced> {
    const { messages, turn } = question;
    const model = await this.ports.findModel(turn.sent.model, mustKnow, signal);
    const { rawPromptTokens, tokens } = await this.ports.estimates.ofPrompt(messages, turn.sent.model);
    const fitting = fitAnswer(question, tokens, model);
    const limited = limitCost(fitting, tokens, model, budgets.maxAnswerPico);
    const estimate = estimateCost(tokens, limited.turn.sent.maxTokens, model?.pricing, Date.now());
    return { limited, rawPromptTokens, estimate, model };
  }

  private async isWanted(priced: Priced, limitPico: Pico | undefined): Promise<boolean> {
    const { limited, estimate, model } = priced;
    const { turn, isForced } = limited;
    const { tokens } = estimate.tokens;
    const isDear =
      limitPico !== undefined && (estimate.maxPico === undefined || estimate.maxPico > limitPico);
    const isTooLong = isPromptTooLong(estimate.tokens, model);
    if (isForced || (!isLarge(priced) && !isDear && !isTooLong)) return true;
    const { model: asked, maxTokens } = turn.sent;
    const details = [
      contextSentence(model, isTooLong, tokens + maxTokens),
      estimateSentence(estimate, model, maxTokens),
      isDear ? `Your limit per request is ${displayUsd(limitPico)}.` : '',
    ];
    const [send, change] = ['Send', 'Change Limit'];
    const choice = await this.ports.dialogs.confirm(
      `Send about ${tokens.toLocaleString('en-US')} tokens to ${asked}?`,
      details.filter(Boolean).join('\n\n'),
      ...(isDear ? [send, change] : [send]),
    );
    if (choice === change) await this.ports.changeLimit();
    return choice === send;
  }
}

function contextSentence(model: Model | undefined, isTooLong: boolean, tokens: number): string {
  if (!model?.contextTokens || tokens <= model.contextTokens) return '';
  const context = `its context is ${model.contextTokens.toLocaleString('en-US')} tokens, answer included`;
  return isTooLong
    ? `This does not fit into the model: ${context}. It will refuse the request or leave parts out. Send less, or pick a model with a larger context.`
    : `This is probably too much for the model: ${context}.`;
}
