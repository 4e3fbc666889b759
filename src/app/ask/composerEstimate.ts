import type { Turn } from '../../core/chat/conversation';
import { shortEstimate } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { toMessages } from '../../core/prompts/messages';
import type { QuestionSettings } from '../settings';
import type { Estimates } from '../usage/estimates';
import { toSent } from './questions';

export interface ComposerEstimatePorts {
  readonly estimates: Estimates;
  /** The turns that go along with the next question. */
  readonly history: () => readonly Turn[];
  readonly settings: () => QuestionSettings;
  /** The catalogue's row as far as it is at hand; asks no server. */
  readonly findModel: (id: string) => Promise<Model | undefined>;
  readonly onDidChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** What the question being typed would cost, conversation included; follows the text as it grows. */
export class ComposerEstimate {
  private shown: string | undefined;
  private latest = 0;

  constructor(private readonly ports: ComposerEstimatePorts) {}

  /** Ready to show; undefined while nothing is typed. */
  get text(): string | undefined {
    return this.shown;
  }

  update(draft: string): void {
    this.latest += 1;
    const asked = this.latest;
    this.estimate(draft).then(text => {
      if (asked !== this.latest || text === this.shown) return;
      this.shown = text;
      this.ports.onDidChange();
    }, this.ports.onError);
  }

  private async estimate(draft: string): Promise<string | undefined> {
    if (draft.trim() === '') return undefined;
    const { estimates, history, settings, findModel } = this.ports;
    const earlier = history();
    const sent = toSent({ prompt: draft }, earlier, settings());
    const { model, maxTokens } = sent;
    const messages = toMessages(earlier, sent);
    return shortEstimate(await estimates.of(messages, model, await findModel(model), maxTokens));
  }
}
