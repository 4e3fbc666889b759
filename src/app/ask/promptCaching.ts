import type { ChatMessage } from '../../core/chat/chatClient';
import type { Turn } from '../../core/chat/conversation';
import { type CacheOutlook, cacheOutlook } from '../../core/models/caching/cacheOutlook';
import { type KeptPrefix, keptPrefix } from '../../core/models/caching/keptPrefix';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import { estimatePromptTokens } from '../../core/money/estimate';
import { imageTokens } from '../../core/money/imageTokens';
import { withCacheMark } from '../../core/prompts/messages';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports/settingsReader';
import type { CacheRecord } from '../usage/cacheRecord';
import type { Estimates } from '../usage/estimates';
import type { AskRequest } from './askRequest';
import type { RequestPreparation } from './requestPreparation';

/** What is about to be sent, as far as caches are concerned. */
export interface CacheQuestion {
  readonly messages: readonly ChatMessage[];
  /** The turns that go along, the oldest first. */
  readonly history: readonly Turn[];
  readonly model: string;
}

/** Foresees what requests find in their providers' prompt caches, and marks those worth keeping there. */
export class PromptCaching {
  constructor(
    private readonly record: Pick<CacheRecord, 'of'>,
    private readonly estimates: Pick<Estimates, 'ofPrompt'>,
    private readonly models: Pick<ModelList, 'findCached'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Undefined when there is nothing to say. Asks no server. */
  async outlook(question: CacheQuestion): Promise<CacheOutlook | undefined> {
    const { history, model: id } = question;
    const model = await this.models.findCached(id);
    if (!model) return undefined;
    const kept = keptPrefix(history, id);
    return cacheOutlook({
      model: id,
      pricing: model.pricing,
      promptTokens: await this.promptTokens(question, kept, tokenizerFamily(model)),
      sessionId: history[0]?.id,
      kept,
      uses: await this.record.of(id),
      isMarking: this.settings.current.promptCache === 'auto',
      nowMs: this.now(),
    });
  }

  /** The request with `cache_control` where that is likely to pay. */
  async mark(request: AskRequest): Promise<AskRequest> {
    const { turn, messages, history = [] } = request;
    if (history.length === 0) return request;
    const { model } = turn.sent.parameters;
    const cacheMark = (await this.outlook({ messages, history, model }))?.mark;
    if (cacheMark === undefined) return request;
    const lastSent = (keptPrefix(history, model)?.sentMessages ?? 0) - 1;
    return {
      ...request,
      messages: withCacheMark(messages, cacheMark === 'write' ? messages.length - 1 : lastSent),
      turn: { ...turn, sent: { ...turn.sent, cacheMark } },
    };
  }

  /** Has what `preparation` makes ready marked, too. */
  markingWith(preparation: Pick<RequestPreparation, 'prepare'>): Pick<RequestPreparation, 'prepare'> {
    return {
      prepare: async (request, signal) => {
        const prepared = await preparation.prepare(request, signal);
        return prepared && this.mark(prepared);
      },
    };
  }

  /** What the provider counted before, and an estimate of what is new. */
  private async promptTokens(
    { messages, model }: CacheQuestion,
    kept: KeptPrefix | undefined,
    tokenizer: string,
  ): Promise<number> {
    const { rawPromptTokens, textTokens, tokens } = await this.estimates.ofPrompt(messages, model);
    if (!kept) return tokens.tokens;
    const ratio = rawPromptTokens > 0 ? textTokens / rawPromptTokens : 1;
    const estimate = (some: readonly ChatMessage[]): number =>
      estimatePromptTokens(some, tokenizer) * ratio + imageTokensIn(some, model);
    const { sentMessages: sent, growth } = kept;
    const question = messages.slice(sent - 1, sent);
    const expected = growth && growth.answerTokens + estimate(question);
    const added =
      kept.answerTokens === undefined
        ? estimate(messages.slice(sent))
        : kept.answerTokens + estimate(messages.slice(sent + 1));
    return (
      kept.promptTokens + Math.round(added * (growth && expected ? scaleOf(growth.tokens / expected) : 1))
    );
  }
}

function imageTokensIn(messages: readonly ChatMessage[], model: string): number {
  const images = messages.flatMap(message => message.images ?? []);
  return images.reduce((sum, image) => sum + imageTokens(image, model).tokens, 0);
}

/**
 * The last question of a conversation shows how what is added counts: as a prompt, an answer has other tokens than
 * it was billed for where reasoning or a template's frame is kept. Far-off ratios have other reasons.
 */
function scaleOf(ratio: number): number {
  return ratio > 0.7 && ratio < 1.4 ? ratio : 1;
}
