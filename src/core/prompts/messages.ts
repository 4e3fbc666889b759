import type { ChatMessage } from '../chat/chatClient';
import type { Conversation, Sent, SentCode } from '../chat/conversation';
import { systemPrompt } from './actions';

/** What goes over the wire for `sent` as the next turn of `conversation`. */
export function toMessages(conversation: Conversation, sent: Sent): readonly ChatMessage[] {
  return [
    { role: 'system', content: systemPrompt },
    ...conversation.turns.flatMap(historyOf),
    { role: 'user', content: toUserMessage(sent) },
  ];
}

/** A turn's instruction followed by its code, as the model reads it. */
export function toUserMessage(sent: Sent): string {
  return sent.code === undefined ? sent.prompt : `${sent.prompt}\n\n${describeCode(sent.code)}`;
}

/** A turn without an answer, or one that only checked the connection, tells the model nothing. */
function historyOf(turn: Conversation['turns'][number]): readonly ChatMessage[] {
  if (turn.kind === 'check' || turn.answer.text === '') return [];
  return [
    { role: 'user', content: toUserMessage(turn.sent) },
    { role: 'assistant', content: turn.answer.text },
  ];
}

function describeCode(code: SentCode): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(code.text) + 1));
  const lines = `lines ${code.startLine}–${code.endLine}`;
  return `${code.path}, ${lines}:\n${fence}${code.languageId}\n${code.text}\n${fence}`;
}

function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}
