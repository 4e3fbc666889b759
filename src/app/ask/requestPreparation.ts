import { type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import { unlessAborted } from '../../core/base/wait';
import type { Budgets } from '../../core/ledger/budgets';
import { estimateSentence } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { type CostEstimate, estimateCost } from '../../core/money/estimate';
import { displayUsd, type Pico } from '../../core/money/pico';
import { toSentEstimate } from '../../core/money/sentEstimate';
import type { ModelList } from '../models/modelList';
import type { Dialogs, SettingsReader, Workbench } from '../ports';
import type { Estimates } from '../usage/estimates';
import { fitAnswer, isPromptTooLong, limitCost } from './answerLimit';
import type { AskRequest } from './askRequest';

/** From this many estimated tokens on, sending takes a second yes: it is more than a file of usual size. */
const largeTokens = 20_000;

/** A request with all that is known of its price. */
interface Priced {
  /** The request, its answer limited to what fits the model and by what it may cost. */
  readonly limited: AskRequest;
  /** Before any correction. */
  readonly rawPromptTokens: number;
  readonly estimate: CostEstimate;
  /** Undefined when the list of models does not know it. */
  readonly model: Model | undefined;
}

const isLarge = ({ limited, estimate }: Priced): boolean =>
  !limited.isForced && estimate.tokens.tokens >= largeTokens;

/** What happens before a request is sent: the estimate, the limit per answer, and a second yes where it is due. */
export class RequestPreparation {
  constructor(
    private readonly estimates: Estimates,
    private readonly models: Pick<ModelList, 'find' | 'findCached' | 'keepFresh'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'confirm'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
  ) {}

  /** The request made ready; undefined when it was stopped, or the user does not want to send it after all. */
  async prepare(request: AskRequest, signal: AbortSignal): Promise<AskRequest | undefined> {
    const { budgets } = this.settings.current;
    const mustKnow = Object.values(budgets).some(limit => limit !== undefined);
    let priced = await this.price(request, budgets, mustKnow, signal);
    // A price is about to be shown: now it is worth waiting for.
    if (!mustKnow && isLarge(priced)) priced = await this.price(request, budgets, true, signal);
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
    request: AskRequest,
    budgets: Budgets,
    mustKnow: boolean,
    signal: AbortSignal,
  ): Promise<Priced> {
    const { messages, turn } = request;
    const { model: id } = turn.sent.parameters;
    const model = await this.findModel(id, mustKnow, signal);
    const { rawPromptTokens, tokens } = await this.estimates.ofPrompt(messages, id);
    const fitting = fitAnswer(request, tokens, model);
    const limited = limitCost(fitting, tokens, model, budgets.maxAnswerPico);
    const estimate = estimateCost(tokens, limited.turn.sent.parameters.maxTokens, model?.pricing, Date.now());
    return { limited, rawPromptTokens, estimate, model };
  }

  /**
   * The catalogue's row. `mustKnow`, because a limit or the user's answer depends on its price: asks the server
   * when it is not at hand or old. Else nobody waits for the server.
   */
  private findModel(id: string, mustKnow: boolean, signal: AbortSignal): Promise<Model | undefined> {
    if (mustKnow) return unlessAborted(this.models.find(id), signal);
    void this.models.keepFresh();
    return this.models.findCached(id);
  }

  private async isWanted(priced: Priced, limitPico: Pico | undefined): Promise<boolean> {
    const { limited, estimate, model } = priced;
    const { turn, isForced } = limited;
    const { tokens } = estimate.tokens;
    const isDear =
      limitPico !== undefined && (estimate.maxPico === undefined || estimate.maxPico > limitPico);
    const isTooLong = isPromptTooLong(estimate.tokens, model);
    if (isForced || (!isLarge(priced) && !isDear && !isTooLong)) return true;
    const { model: asked, maxTokens } = turn.sent.parameters;
    const details = [
      contextSentence(model, isTooLong, tokens + maxTokens),
      plain(estimateSentence(estimate, model, maxTokens)),
      isDear ? say`Your limit per request is ${displayUsd(limitPico)}.` : plain(''),
    ];
    const [send, change] = ['Send', 'Change Limit'];
    const choice = await this.dialogs.confirm(
      say`Send about ${tokens.toLocaleString('en-US')} tokens to ${asked}?`,
      paragraphs(...details),
      ...(isDear ? [send, change] : [send]),
    );
    if (choice === change) await this.workbench.openSetting('budget');
    return choice === send;
  }
}

function contextSentence(model: Model | undefined, isTooLong: boolean, tokens: number): PlainText {
  if (!model?.contextTokens || tokens <= model.contextTokens) return plain('');
  const context = `its context is ${model.contextTokens.toLocaleString('en-US')} tokens, answer included`;
  return isTooLong
    ? say`This does not fit into the model: ${context}. It will refuse the request or leave parts out. Send less, or pick a model with a larger context.`
    : say`This is probably too much for the model: ${context}.`;
}
