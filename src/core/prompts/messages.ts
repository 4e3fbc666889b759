import { showOnOneLine } from '../base/hiddenCharacters';
import type { AddedPart } from '../chat/addedPart';
import { addedLines, addedPlace, pixelText } from '../chat/addedText';
import type { ChatMessage, MessageImage } from '../chat/chatClient';
import { type CodeBlock, codeBlocks, placeText } from '../chat/codeParts';
import type { CodeContext, Sent, SentCode, Turn } from '../chat/conversation';

/** What goes over the wire for `sent` after the turns of `history`. An empty system prompt is none. */
export function toMessages(history: readonly Turn[], sent: Sent): readonly ChatMessage[] {
  return [
    ...(sent.systemPrompt === '' ? [] : [{ role: 'system', content: sent.systemPrompt } as const]),
    ...history.flatMap(toExchange),
    toQuestion(sent),
  ];
}

/** The messages with `cache_control` on the one at `index`. */
export function withCacheMark(messages: readonly ChatMessage[], index: number): readonly ChatMessage[] {
  return messages.map((message, at) => (at === index ? { ...message, endsCachedPrefix: true } : message));
}

/** A turn's instruction followed by its code and by what was added, as the model reads it. */
export function toUserMessage({ prompt, code, added = [] }: Sent): string {
  return [prompt, ...(code ? [describeCode(code)] : []), ...added.map(describeAdded)].join('\n\n');
}

function toQuestion(sent: Sent): ChatMessage {
  const images = imagesOf(sent);
  return { role: 'user', content: toUserMessage(sent), ...(images.length > 0 && { images }) };
}

/** The images that go along with `sent`. */
function imagesOf({ added = [] }: Sent): readonly MessageImage[] {
  return added.flatMap(part => {
    if (part.kind !== 'image' || part.url === undefined) return [];
    const { url, width, height } = part;
    return [{ url, width, height }];
  });
}

/** A part as the model reads it; of an image what is said of it. */
export function describeAdded(part: AddedPart): string {
  const place = addedPlace(part);
  if (part.kind === 'image') {
    const size = `${place}, ${pixelText(part)} pixels`;
    return part.url === undefined ? `An image that does not go along again: ${size}.` : `Image: ${size}.`;
  }
  const fence = fenceFor(part.text);
  const language = part.kind === 'diff' ? 'diff' : (part.languageId ?? 'text');
  return `${headOf(part, place)}\n${fence}${language}\n${part.text}\n${fence}`;
}

function headOf(part: Exclude<AddedPart, { readonly kind: 'image' }>, place: string): string {
  const lines = addedLines(part);
  const where = lines === '' ? place : `${place}, lines ${lines}`;
  switch (part.kind) {
    case 'file':
      return `${where}:`;
    case 'symbol':
      return `${where}, ${showOnOneLine(part.name)}:`;
    case 'problems':
      return `Problems that are reported in ${place}:`;
    case 'diff':
      return `Git diff, ${place}:`;
    case 'terminal':
      return 'Selected in the terminal:';
    case 'clipboard':
      return 'From the clipboard:';
  }
}

function toExchange(turn: Turn): readonly ChatMessage[] {
  return [toQuestion(turn.sent), { role: 'assistant', content: turn.answer.text }];
}

function describeCode(code: SentCode): string {
  const blocks = codeBlocks(code);
  const place = placeText(code);
  const context = (code.context ?? []).map(part => describeContext(part, code.languageId));
  const texts = blocks.map(block => fenced(block, code));
  if (blocks.length === 1) return [`${place}, ${texts.join('')}`, ...context].join('\n\n');
  const several = `${place}, ${blocks.length} pieces that are selected together:`;
  return [several, ...texts, ...context].join('\n\n');
}

/** What stands above a piece of context, as the model and the user read it. */
export const contextHeads: Readonly<Record<CodeContext['kind'], string>> = {
  enclosing: 'It stands within this, which is not to be repeated:',
  imports: 'Imports that it uses, not to be repeated:',
  problems: 'Problems that are reported in it:',
};

function describeContext({ kind, text }: CodeContext, languageId: string): string {
  const fence = fenceFor(text);
  return `${contextHeads[kind]}\n${fence}${kind === 'problems' ? 'text' : languageId}\n${text}\n${fence}`;
}

/** "lines 3–5:" and the block below it. */
function fenced(block: CodeBlock, { languageId }: SentCode): string {
  const { text, startLine, endLine, isColumn } = block;
  const fence = fenceFor(text);
  const lines = `lines ${startLine}–${endLine}${isColumn ? ', of each line the selected part' : ''}`;
  return `${lines}:\n${fence}${languageId}\n${text}\n${fence}`;
}

const fenceFor = (text: string): string => '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));

function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}
