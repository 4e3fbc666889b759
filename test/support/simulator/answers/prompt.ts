import { isRecord } from '../http/exchange';

export type Action = 'explain' | 'fix' | 'refactor' | 'tests' | 'document' | 'answer';

/** A prompt as the answer generator sees it. */
export interface Prompt {
  /** The last user message. */
  readonly text: string;
  readonly action: Action;
  /** Of the first code fence; the whole message when there is none. */
  readonly code: string;
  readonly language: string;
  /** User messages so far. */
  readonly turn: number;
}

/** Text of a message's `content`: a string, or the text parts of an array. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map(part => (isRecord(part) && typeof part.text === 'string' ? part.text : '')).join('\n');
}

const fence = /^(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n]*\n([\s\S]*?)^\1/m;
/** First match wins, so the more particular words stand first. */
const actionWords: readonly (readonly [Action, RegExp])[] = [
  ['tests', /\b(?:unit )?tests?\b/i],
  ['refactor', /\b(?:refactor|restructure|clean up|simplify)/i],
  ['document', /\b(?:document|docstring|doc comment|jsdoc)/i],
  ['fix', /\b(?:fix|bugs?|repair|debug|correct)\b/i],
  ['explain', /\b(?:explain|describe|what does|how does)/i],
];

export function readPrompt(messages: readonly unknown[]): Prompt {
  const users = messages.filter(isRecord).filter(message => message.role === 'user');
  const text = contentText(users.at(-1)?.content);
  const match = fence.exec(text);
  const instruction = text.replace(fence, ' ').slice(0, 2000);
  const action = actionWords.find(([, words]) => words.test(instruction))?.[0] ?? 'answer';
  return {
    text,
    action,
    code: match?.[3]?.replace(/\n$/, '') ?? text,
    language: match?.[2] ?? '',
    turn: users.length,
  };
}
