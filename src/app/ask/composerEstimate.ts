import type { Turn } from '../../core/chat/conversation';
import { shortEstimate } from '../../core/models/estimateText';
import { toMessages } from '../../core/prompts/messages';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports';
import type { Estimates } from '../usage/estimates';
import { toSent } from './askRequest';

/** Says what `draft` would cost after `history`, ready to show; undefined when there is nothing to say. */
export type EstimateDraft = (draft: string, history: readonly Turn[]) => Promise<string | undefined>;

/** Estimates with the parameters in force and the prices at hand; asks no server. */
export function createDraftEstimate(
  estimates: Estimates,
  models: Pick<ModelList, 'findCached'>,
  settings: Pick<SettingsReader, 'current'>,
): EstimateDraft {
  return async (draft, history) => {
    const sent = toSent({ prompt: draft }, history, settings.current);
    const { model, maxTokens } = sent.parameters;
    const messages = toMessages(history, sent);
    return shortEstimate(await estimates.of(messages, model, await models.findCached(model), maxTokens));
  };
}

/** What the question being typed would cost, earlier turns included; follows the text as it grows. */
export class ComposerEstimate {
  private shown: string | undefined;
  private latest = 0;

  constructor(
    private readonly estimate: EstimateDraft,
    private readonly onDidChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Ready to show; undefined while nothing is typed. */
  get text(): string | undefined {
    return this.shown;
  }

  update(draft: string, history: readonly Turn[]): void {
    this.latest += 1;
    const asked = this.latest;
    const estimating = draft.trim() === '' ? Promise.resolve(undefined) : this.estimate(draft, history);
    estimating.then(text => {
      if (asked !== this.latest || text === this.shown) return;
      this.shown = text;
      this.onDidChange();
    }, this.onError);
  }
}
