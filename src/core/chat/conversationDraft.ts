import { type Pico, parsePico } from '../money/pico';
import type { Conversation, Turn } from './conversation';
import type { ConversationCost, ConversationDraft } from './conversationHistory';

const longestTitle = 80;

/** What is kept of a conversation; undefined when nothing was asked in it. */
export function toConversationDraft(
  conversation: Conversation,
  workspace: string | undefined,
): ConversationDraft | undefined {
  const asked = conversation.turns.filter(({ kind }) => kind !== 'check');
  const [first] = asked;
  if (!first) return undefined;
  return {
    conversation,
    title: toTitle(first),
    workspace,
    createdAtMs: first.startedAtMs,
    changedAtMs: Math.max(
      ...asked.map(({ startedAtMs, answer }) => startedAtMs + (answer.ending?.durationMs ?? 0)),
    ),
    turns: asked.length,
    cost: conversationCost(asked),
    text: asked.map(searchedText).join('\n'),
  };
}

/** What turns have cost together. */
export function conversationCost(turns: readonly Turn[]): ConversationCost {
  const costs = turns.map(turnPico).filter(cost => cost !== 'none');
  const known = costs.filter(cost => cost !== 'open');
  return {
    knownPico: known.reduce((sum, cost) => sum + cost, 0n),
    isComplete: known.length === costs.length,
  };
}

/** `none`: nothing was sent. `open`: pending, estimated or unknown, or it still streams. */
function turnPico({ answer: { cost, status } }: Turn): Pico | 'none' | 'open' {
  if (!cost) return status === 'streaming' ? 'open' : 'none';
  if (cost.state !== 'billed' && cost.state !== 'settled' && cost.state !== 'free') return 'open';
  return parsePico(cost.usd ?? '0') ?? 'open';
}

/** The beginning of the first question; what an action asks by itself is its title. */
function toTitle({ action, title, sent }: Turn): string {
  const isTyped = action === 'ask' || action === 'askSelection';
  const place = sent.code ? ` · ${sent.code.path}` : '';
  const text = isTyped ? sent.prompt : `${title}${place}`;
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > longestTitle
    ? `${characters.slice(0, longestTitle - 1).join('')}…`
    : line || title;
}

function searchedText({ title, sent, answer }: Turn): string {
  const { code, prompt, parameters } = sent;
  const parts = code ? [code.path, ...code.parts.map(({ text }) => text)] : [];
  return [title, prompt, ...parts, answer.text, answer.servedModel ?? parameters.model].join('\n');
}
