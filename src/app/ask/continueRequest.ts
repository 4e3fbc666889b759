import type { ChatMessage } from '../../core/chat/chatClient';
import { sendableText } from '../../core/chat/continuing';
import type { Turn } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import { toMessages } from '../../core/prompts/messages';
import { parametersFor } from '../settings';
import { type AskRequest, type RequestSource, rememberedFor } from './askRequest';

/** How a model is made to go on. */
export type ContinueStyle =
  /** The text so far is the last message: the model writes on. */
  | 'prefilled'
  /** It is told to, in words. */
  | 'instructed';

export const continueInstruction =
  'Your answer was cut off. Continue exactly where it stopped, with the very next character, even within a word, a code block or a table. Repeat nothing, open no code fence again, and add no introduction.';

/** The request that goes on with the answer of `turn`, of the same model, with the other parameters in force. */
export function toContinueRequest(
  turn: Turn,
  style: ContinueStyle,
  { id, conversation, inForce, workspace }: RequestSource,
  isForced?: boolean,
): AskRequest {
  const { sent, answer } = turn;
  const history = historyUpTo(conversation, turn.follows);
  const text = style === 'prefilled' ? sendableText(answer).trimEnd() : sendableText(answer);
  const { maxTokensReason: _, ...asked } = sent;
  const { model } = sent.parameters;
  return {
    turn: {
      ...turn,
      remembered: rememberedFor({ parameters: { model } }, inForce),
      sent: { ...asked, parameters: parametersFor(inForce, model) },
    },
    messages: [...toMessages(history, sent), ...endOf(text, style)],
    sessionId: history[0]?.id ?? turn.id,
    origin: 'panel',
    workspace,
    isForced,
    continues: {
      from: answer.requestId ?? turn.id,
      requestId: id,
      startedAtMs: Date.now(),
      seam: { caution: style, unsentLength: answer.text.length - text.length },
    },
  };
}

function endOf(text: string, style: ContinueStyle): readonly ChatMessage[] {
  const answer = { role: 'assistant', content: text } as const;
  return style === 'prefilled' ? [answer] : [answer, { role: 'user', content: continueInstruction }];
}
