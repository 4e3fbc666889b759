import type { Model } from '../../core/models/model';
import { describePrice } from '../../core/models/modelRow';
import { estimateTokens } from '../../core/money/estimate';
import { displayUsd } from '../../core/money/pico';
import { priceRange } from '../../core/money/priceText';
import type { Dialogs } from '../../host/dialogs';
import type { Question } from './asker';

/** From this many estimated tokens on, sending takes a second yes: it is more than a file of usual size. */
const largeTokens = 20_000;

/** Asks before a very large request leaves, naming its tokens and price; true for anything smaller. */
export async function confirmLarge(
  question: Question,
  model: Model | undefined,
  dialogs: Dialogs,
): Promise<boolean> {
  const tokens = question.messages.reduce((sum, message) => sum + estimateTokens(message.content), 0);
  if (tokens < largeTokens) return true;
  const send = 'Send';
  const { model: asked, maxTokens } = question.turn.sent;
  const choice = await dialogs.confirm(
    `Send about ${tokens.toLocaleString('en-US')} tokens to ${asked}?`,
    [priceSentence(model, tokens, maxTokens), contextSentence(model, tokens + maxTokens)]
      .filter(Boolean)
      .join('\n\n'),
    send,
  );
  return choice === send;
}

function priceSentence(model: Model | undefined, tokens: number, maxTokens: number): string {
  const range = model && priceRange(model.pricing, tokens, maxTokens, Date.now());
  if (!model) return 'The price of this model is not known here.';
  if (!range) return `${describePrice(model.pricing)}.`;
  if (range.maxPico === 0n) return 'This model is free.';
  return `Estimated cost: ${displayUsd(range.minPico)} to ${displayUsd(range.maxPico)}, depending on the length of the answer (at most ${maxTokens.toLocaleString('en-US')} tokens).`;
}

function contextSentence(model: Model | undefined, tokens: number): string {
  if (model?.contextTokens === undefined || tokens <= model.contextTokens) return '';
  return `This is probably too much for the model: its context is ${model.contextTokens.toLocaleString('en-US')} tokens, answer included.`;
}
