import type { SentEstimate } from '../../core/chat/conversation';
import type { BudgetStop } from '../../core/chat/failure';
import type { Model } from '../../core/models/model';
import type { Budgets } from '../../core/money/budgets';
import { affordableMaxTokens } from '../../core/money/estimate';
import { estimateSentence } from '../../core/money/estimateText';
import { displayUsd, formatPico, type Pico } from '../../core/money/pico';
import { priceRange } from '../../core/money/priceText';
import type { Dialogs } from '../../host/dialogs';
import type { Estimates, RequestEstimate } from '../spend/estimates';
import type { Question } from './asker';

/** From this many estimated tokens on, sending takes a second yes: it is more than a file of usual size. */
const largeTokens = 20_000;
/** Some providers refuse to give a shorter answer. */
const fewestTokens = 16;

export interface PreparationPorts {
  readonly estimates: Estimates;
  readonly budgets: () => Budgets;
  /** The catalogue's row; `mustKnow`: ask the server when it is not at hand, because a limit depends on it. */
  readonly findModel: (id: string, mustKnow: boolean, signal: AbortSignal) => Promise<Model | undefined>;
  readonly dialogs: Dialogs;
  readonly changeLimit: () => Promise<void>;
}

/** A question made ready; undefined when the user does not want to send it after all. */
export type Prepared = Question | undefined;

/** What happens between a wish and its sending: the estimate, the limit per answer, and the second yes. */
export class Preparation {
  constructor(private readonly ports: PreparationPorts) {}

  async prepare(question: Question, signal: AbortSignal): Promise<Prepared> {
    const budgets = this.ports.budgets();
    const mustKnow = Object.values(budgets).some(limit => limit !== undefined);
    const model = await this.ports.findModel(question.turn.sent.model, mustKnow, signal);
    const limited = limitAnswer(question, model, budgets.maxAnswerPico);
    const { sent } = limited.turn;
    const estimate = await this.ports.estimates.of(limited.messages, sent.model, model, sent.maxTokens);
    if (!(await this.isWanted(limited, estimate, model, budgets.perRequestPico))) return undefined;
    return {
      ...limited,
      estimatedPromptTokens: estimate.rawPromptTokens,
      reservedPico: estimate.maxPico,
      turn: { ...limited.turn, estimate: toSentEstimate(estimate, model) },
    };
  }

  private async isWanted(
    { turn, isForced }: Question,
    estimate: RequestEstimate,
    model: Model | undefined,
    limitPico: Pico | undefined,
  ): Promise<boolean> {
    const { tokens } = estimate.tokens;
    const isDear =
      limitPico !== undefined && (estimate.maxPico === undefined || estimate.maxPico > limitPico);
    if (isForced || (tokens < largeTokens && !isDear)) return true;
    const { model: asked, maxTokens } = turn.sent;
    const details = [
      estimateSentence(estimate, model, maxTokens),
      isDear ? `Your limit per request is ${displayUsd(limitPico)}.` : '',
      contextSentence(model, tokens + maxTokens),
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

/** The question with `maxTokens` lowered so that the answer cannot cost more than `limitPico`. */
function limitAnswer(question: Question, model: Model | undefined, limitPico: Pico | undefined): Question {
  if (limitPico === undefined || model === undefined || question.isForced) return question;
  const { sent } = question.turn;
  const noPrompt = { tokens: 0, lowTokens: 0, highTokens: 0, basis: 'none' } as const;
  const maxTokens = affordableMaxTokens(limitPico, noPrompt, sent.maxTokens, model.pricing, Date.now());
  if (maxTokens === undefined || maxTokens === sent.maxTokens) return question;
  if (maxTokens < Math.min(fewestTokens, sent.maxTokens)) {
    return { ...question, stop: tooDear(model, limitPico) };
  }
  const maxTokensReason = `by your limit of $${formatPico(limitPico)} per answer`;
  return { ...question, turn: { ...question.turn, sent: { ...sent, maxTokens, maxTokensReason } } };
}

function tooDear(model: Model, limitPico: Pico): BudgetStop {
  const shortest = priceRange(model.pricing, 0, fewestTokens, Date.now())?.maxPico;
  return {
    kind: 'maxAnswerCost',
    limitUsd: formatPico(limitPico),
    committedUsd: formatPico(shortest ?? limitPico),
  };
}

function toSentEstimate({ tokens }: RequestEstimate, model: Model | undefined): SentEstimate {
  const prompt = model && priceRange(model.pricing, tokens.tokens, 0, Date.now());
  const isKnown = prompt !== undefined;
  return {
    promptTokens: tokens.tokens,
    promptUsd: isKnown ? formatPico(prompt.maxPico) : undefined,
    answerTokenUsd: isKnown ? model?.pricing.completion : undefined,
  };
}

function contextSentence(model: Model | undefined, tokens: number): string {
  if (model?.contextTokens === undefined || tokens <= model.contextTokens) return '';
  return `This is probably too much for the model: its context is ${model.contextTokens.toLocaleString('en-US')} tokens, answer included.`;
}
