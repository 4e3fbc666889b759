import type { ChatMessage } from '../chat/chatClient';
import { type CodeBlock, codeBlocks, placeText } from '../chat/codeParts';
import type { Sent, SentCode, Turn } from '../chat/conversation';

/** What goes over the wire for `sent` after the turns of `history`. */
export function toMessages(history: readonly Turn[], sent: Sent): readonly ChatMessage[] {
  return [
    { role: 'system', content: sent.systemPrompt },
    ...history.flatMap(toExchange),
    { role: 'user', content: toUserMessage(sent) },
  ];
}

/** The messages with `cache_control` on the one at `index`. */
export function withCacheMark(messages: readonly ChatMessage[], index: number): readonly ChatMessage[] {
  return messages.map((message, at) => (at === index ? { ...message, endsCachedPrefix: true } : message));
}

/** A turn's instruction followed by its code, as the model reads it. */
export function toUserMessage(sent: Sent): string {
  return sent.code === undefined ? sent.prompt : `${sent.prompt}\n\n${describeCode(sent.code)}`;
}

function toExchange(turn: Turn): readonly ChatMessage[] {
  return [
    { role: 'user', content: toUserMessage(turn.sent) },
    { role: 'assistant', content: turn.answer.text },
  ];
}

function describeCode(code: SentCode): string {
  const blocks = codeBlocks(code);
  const place = placeText(code);
  if (blocks.length === 1) return blocks.map(block => `${place}, ${fenced(block, code)}`).join('');
  const several = `${place}, ${blocks.length} pieces that are selected together:`;
  return [several, ...blocks.map(block => fenced(block, code))].join('\n\n');
}

/** "lines 3–5:" and the block below it. */
function fenced(block: CodeBlock, { languageId }: SentCode): string {
  const { text, startLine, endLine, isColumn } = block;
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  const lines = `lines ${startLine}–${endLine}${isColumn ? ', of each line the selected part' : ''}`;
  return `${lines}:\n${fence}${languageId}\n${text}\n${fence}`;
}

function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}
