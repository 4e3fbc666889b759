import type { Disposable } from '../../core/base/event';
import { groupBy } from '../../core/base/groupBy';
import { say } from '../../core/base/plainText';
import type { ChatMessage } from '../../core/chat/chatClient';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import type { Model } from '../../core/models/model';
import { findModel } from '../../core/models/modelId';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import type { PromptCount } from '../../core/money/estimate';
import {
  type CostEstimate,
  correctEstimate,
  estimateCost,
  estimatePrompt,
  measurePrompt,
  type PromptSize,
  type TokenEstimate,
  withImageTokens,
} from '../../core/money/estimate';
import type { Log } from '../ports/log';

/** So many of a model's latest requests correct its estimate. */
const sampleCount = 50;

/** How long a prompt is. */
export interface PromptEstimate {
  /** Of the texts, before any correction. The ledger records it, to correct later estimates by. */
  readonly rawPromptTokens: number;
  /** Of the texts, corrected. */
  readonly textTokens: number;
  readonly tokens: TokenEstimate;
}

/**
 * Estimates what requests will cost, corrected by what each model really counted before, or, for a model that
 * was never asked, by what the others of its tokenizer family did.
 */
export class Estimates implements Disposable {
  /** What was measured of prompts, which is the same for every model. */
  private readonly sizes = new WeakMap<readonly ChatMessage[], PromptSize>();
  private readonly promptCounts = new Map<string, Promise<readonly PromptCount[]>>();
  private readonly subscription: Disposable;

  constructor(
    store: Pick<LedgerStore, 'onDidChange'>,
    private readonly queries: Pick<LedgerQueries, 'promptCounts'>,
    /** Tells which models share a tokenizer. */
    private readonly models: { readonly atHand: readonly Model[] },
    private readonly log: Pick<Log, 'error'>,
  ) {
    this.subscription = store.onDidChange(() => this.promptCounts.clear());
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
    const size = this.measure(messages);
    const raw = estimatePrompt(size, this.tokenizerOf(modelId));
    const ofModel = await this.countsOf([modelId]);
    const ofFamily = ofModel.length > 0 ? [] : await this.countsOf(this.familyOf(modelId));
    const texts = correctEstimate(raw.tokens, ofModel, ofFamily, raw.most);
    const tokens = withImageTokens(texts, size.images, modelId);
    return { rawPromptTokens: raw.tokens, textTokens: texts.tokens, tokens };
  }

  /** Estimates one prompt for each of many models, reading the ledger once. */
  async ofEach(
    messages: readonly ChatMessage[],
    models: readonly Model[],
  ): Promise<(model: Model) => TokenEstimate> {
    const size = this.measure(messages);
    const families = new Map(models.map(model => [model.id, tokenizerFamily(model)]));
    const counts = await this.countsOf([...families.keys()]);
    const ofModel = groupBy(counts, ({ model }) => model);
    const ofFamily = groupBy(counts, ({ model }) => families.get(model) ?? model);
    const byFamily = new Map<string, TokenEstimate>();
    const ofTexts = (model: Model): TokenEstimate => {
      const family = tokenizerFamily(model);
      const own = ofModel.get(model.id);
      const known = own ? undefined : byFamily.get(family);
      if (known) return known;
      const { tokens, most } = estimatePrompt(size, family);
      if (own) return correctEstimate(tokens, own, [], most);
      const ofAll = correctEstimate(tokens, [], ofFamily.get(family), most);
      byFamily.set(family, ofAll);
      return ofAll;
    };
    return model => withImageTokens(ofTexts(model), size.images, model.id);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private measure(messages: readonly ChatMessage[]): PromptSize {
    const size = this.sizes.get(messages) ?? measurePrompt(messages);
    this.sizes.set(messages, size);
    return size;
  }

  private tokenizerOf(modelId: string): string {
    return tokenizerFamily(findModel(this.models.atHand, modelId) ?? { id: modelId });
  }

  /** The ids of the models at hand that count as `modelId` does. */
  private familyOf(modelId: string): readonly string[] {
    const family = this.tokenizerOf(modelId);
    return this.models.atHand.filter(model => tokenizerFamily(model) === family).map(({ id }) => id);
  }

  private countsOf(models: readonly string[]): Promise<readonly PromptCount[]> {
    const key = models.join(' ');
    const known = this.promptCounts.get(key) ?? this.read(models);
    this.promptCounts.set(key, known);
    return known;
  }

  private async read(models: readonly string[]): Promise<readonly PromptCount[]> {
    try {
      return await this.queries.promptCounts(models, sampleCount);
    } catch (error) {
      // The estimate then stays uncorrected.
      this.log.error(say`The usage history could not be read`, error);
      return [];
    }
  }
}
