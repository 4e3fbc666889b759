import type { ChatMessage } from '../../core/chat/chatClient';
import type { Disposable } from '../../core/event';
import type { LedgerQueries, PromptCount } from '../../core/ledger/ledgerQueries';
import type { Model } from '../../core/models/model';
import {
  type CostEstimate,
  correctEstimate,
  estimateCost,
  estimatePromptTokens,
  type TokenEstimate,
} from '../../core/money/estimate';
import type { LedgerStore } from '../../core/money/ledger';

/** So many of a model's latest requests teach how it counts. */
const samples = 50;

export interface EstimatesPorts {
  readonly store: Pick<LedgerStore, 'onDidChange'>;
  readonly queries: Pick<LedgerQueries, 'promptCounts'>;
  /** For a ledger that cannot be read: the estimate then goes uncorrected. */
  readonly onError: (error: unknown) => void;
}

/** How long a prompt is. */
export interface PromptEstimate {
  /** Before any correction: what the ledger records, to learn from. */
  readonly rawPromptTokens: number;
  readonly tokens: TokenEstimate;
}

/** Estimates what requests will cost, corrected by what each model really counted before. */
export class Estimates implements Disposable {
  private readonly learnt = new Map<string, Promise<readonly PromptCount[]>>();
  private readonly subscription: Disposable;

  constructor(private readonly ports: EstimatesPorts) {
    this.subscription = ports.store.onDidChange(() => this.learnt.clear());
  }

  /** `model` is undefined when the catalogue does not know it: then there is no price. */
  async of(
    messages: readonly ChatMessage[],
    modelId: string,
    model: Model | undefined,
    maxTokens: number,
  ): Promise<CostEstimate> {
    const { tokens } = await this.ofPrompt(messages, modelId);
    return estimateCost(tokens, maxTokens, model?.pricing, Date.now());
  }

  async ofPrompt(messages: readonly ChatMessage[], modelId: string): Promise<PromptEstimate> {
    const rawPromptTokens = estimatePromptTokens(messages);
    return { rawPromptTokens, tokens: correctEstimate(rawPromptTokens, await this.countsOf(modelId)) };
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private countsOf(modelId: string): Promise<readonly PromptCount[]> {
    const known = this.learnt.get(modelId) ?? this.read(modelId);
    this.learnt.set(modelId, known);
    return known;
  }

  private async read(modelId: string): Promise<readonly PromptCount[]> {
    try {
      return await this.ports.queries.promptCounts([modelId], samples);
    } catch (error) {
      this.ports.onError(error);
      return [];
    }
  }
}
