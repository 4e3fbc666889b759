import { type ChatMessage, fewestAnswerTokens } from '../../core/chat/chatClient';
import type { Turn } from '../../core/chat/conversation';
import { roomierModels } from '../../core/models/alternatives';
import type { CacheHint, LeftCache } from '../../core/models/caching/cacheHint';
import type { CacheOutlook } from '../../core/models/caching/cacheOutlook';
import { shortEstimate } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { seesImages } from '../../core/models/modelFilter';
import { offersOf } from '../../core/models/serviceTiers';
import { estimateCost } from '../../core/money/estimate';
import { formatPico } from '../../core/money/pico';
import { widestCost } from '../../core/money/widestCost';
import { toMessages } from '../../core/prompts/messages';
import { toChips } from '../context/contextChips';
import { dropAdvice, type TooMuch, tokensOver } from '../context/contextFit';
import type { ContextItem } from '../context/contextList';
import type { ModelList } from '../models/modelList';
import { type ModelTiers, noTiers } from '../models/modelTiers';
import type { SettingsReader } from '../ports/settingsReader';
import type { Estimates } from '../usage/estimates';
import { contextOf } from './answerLimit';
import { toSent } from './askRequest';
import type { CapNote } from './capNote';
import type { PromptCaching } from './promptCaching';

/** What the composer says of the question being typed. */
export interface DraftEstimate {
  /** What it would cost, ready to show; undefined while nothing is typed. */
  readonly text?: string;
  /** What its provider's prompt cache is likely to hold of it; undefined when there is nothing to say. */
  readonly cache?: CacheHint;
  /** The cache that it leaves, because another model is in force than the one that answered before. */
  readonly left?: LeftCache;
  /** How the limit per answer would be kept; undefined when there is none. */
  readonly cap?: string;
  /** It does not fit into the model. */
  readonly tooMuch?: TooMuch;
  /** An image goes along, and the model reads none. */
  readonly needsVision?: boolean;
}

/** Says what `draft` with `items` would cost after `history`; undefined when there is nothing to say. */
export type EstimateDraft = (
  draft: string,
  history: readonly Turn[],
  items: readonly ContextItem[],
) => Promise<DraftEstimate | undefined>;

/** Estimates with the parameters in force and the prices at hand; asks no server. */
export function createDraftEstimate(
  estimates: Estimates,
  models: Pick<ModelList, 'atHand' | 'findCached'>,
  settings: Pick<SettingsReader, 'current'>,
  caching: Pick<PromptCaching, 'outlook'>,
  capNote: CapNote = async () => undefined,
  tiers: Pick<ModelTiers, 'peek'> = noTiers,
): EstimateDraft {
  return async (draft, history, items) => {
    const added = items.map(({ part }) => part);
    const sent = toSent({ prompt: draft, added }, history, settings.current);
    const { model, maxTokens, serviceTier } = sent.parameters;
    const answered = history.at(-1)?.sent.parameters.model ?? model;
    const isBlank = draft.trim() === '' && added.length === 0;
    // An empty draft is looked at in every change of the session: then only a change of the model matters.
    if (isBlank && answered === model) return undefined;
    const messages = toMessages(history, sent);
    const outlook = await caching.outlook({ messages, history, model });
    const left = answered === model ? undefined : await leftCache(messages, history, answered, outlook);
    if (isBlank) return { left };
    const found = await models.findCached(model);
    const { tokens } = await estimates.ofPrompt(messages, model);
    const offers = offersOf(tiers.peek(model) ?? [], serviceTier);
    const costs = [found, ...offers].map(each => estimateCost(tokens, maxTokens, each?.pricing, Date.now()));
    const isBlind = found !== undefined && !seesImages(found) && tokens.images !== undefined;
    return {
      text: shortEstimate(widestCost(costs)),
      cache: outlook && toHint(outlook),
      left,
      cap: await capNote(messages),
      tooMuch: tooMuchOf(tokens.tokens, model, found, items),
      ...(isBlind && { needsVision: true }),
    };
  };

  function tooMuchOf(
    promptTokens: number,
    id: string,
    model: Model | undefined,
    items: readonly ContextItem[],
  ): TooMuch | undefined {
    const contextTokens = contextOf(model);
    const overTokens = tokensOver(promptTokens, contextTokens);
    // Without anything added it is as it was: whoever sends it is asked.
    if (overTokens === undefined || contextTokens === undefined || items.length === 0) return undefined;
    const candidates = hasImages(items) ? models.atHand.filter(seesImages) : models.atHand;
    return {
      overTokens,
      contextTokens,
      drop: dropAdvice(toChips(items, id, model), overTokens),
      larger: roomierModels(candidates, id, promptTokens + fewestAnswerTokens),
    };
  }

  async function leftCache(
    messages: readonly ChatMessage[],
    history: readonly Turn[],
    model: string,
    inForce: CacheOutlook | undefined,
  ): Promise<LeftCache | undefined> {
    const there = await caching.outlook({ messages, history, model });
    if (there?.untilMs === undefined) return undefined;
    return {
      leftModel: (await models.findCached(model))?.name ?? model,
      untilMs: there.untilMs,
      stayUsd: formatPico(there.prices.warmPico),
      switchUsd:
        inForce &&
        formatPico(inForce.untilMs === undefined ? inForce.prices.coldPico : inForce.prices.warmPico),
    };
  }
}

const hasImages = (items: readonly ContextItem[]): boolean => items.some(({ part }) => part.kind === 'image');

function toHint({ state, untilMs, after, prices }: CacheOutlook): CacheHint {
  return {
    state,
    untilMs,
    after,
    warmUsd: formatPico(prices.warmPico),
    coldUsd: formatPico(prices.coldPico),
  };
}

/** What the question being typed would cost, earlier turns included; follows the text as it grows. */
export class ComposerEstimate {
  private shown: DraftEstimate = {};
  private latest = 0;

  constructor(
    private readonly estimate: EstimateDraft,
    private readonly onDidChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  get current(): DraftEstimate {
    return this.shown;
  }

  update(draft: string, history: readonly Turn[], items: readonly ContextItem[]): void {
    this.latest += 1;
    const asked = this.latest;
    const isEmpty = draft.trim() === '' && history.length === 0 && items.length === 0;
    const estimating = isEmpty ? Promise.resolve(undefined) : this.estimate(draft, history, items);
    estimating.then((estimate = {}) => {
      if (asked !== this.latest || JSON.stringify(estimate) === JSON.stringify(this.shown)) return;
      this.shown = estimate;
      this.onDidChange();
    }, this.onError);
  }
}
