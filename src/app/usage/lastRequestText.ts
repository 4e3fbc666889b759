import { markdown, type SafeMarkdown } from '../../core/base/plainText';
import type { Conversation } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';

/** About the newest request: model, tokens, cost. Undefined before the first. */
export function lastRequestText({ turns }: Conversation): SafeMarkdown | undefined {
  const turn = turns.findLast(({ answer }) => !isUnsent(answer.ending?.failure?.kind));
  if (!turn) return undefined;
  const { answer, sent } = turn;
  const { promptTokens = '?', completionTokens = '?' } = answer.usage ?? {};
  const facts = [
    `${answer.servedModel ?? sent.parameters.model}${answer.provider === undefined ? '' : ` by ${answer.provider}`}`,
    answer.status,
    answer.usage && `${promptTokens} tokens in, ${completionTokens} out`,
    answer.cost && describe(answer.cost.state, answer.cost.usd),
  ];
  return markdown`Last request: ${facts.filter(Boolean).join(' · ')}`;
}

function describe(state: string, usd: string | undefined): string {
  if (state === 'free') return 'free';
  return usd === undefined ? `cost ${state}` : `$${usd} ${state}`;
}
