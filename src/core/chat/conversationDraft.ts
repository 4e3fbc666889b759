import type { Cost } from '../money/cost';
import { type Pico, parsePico } from '../money/pico';
import type { Conversation, Turn } from './conversation';
import type { ConversationCost, ConversationDraft } from './conversationHistory';
import { withinImageBound } from './keptImages';

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
    conversation: withinImageBound(conversation),
    title: toTitle(first),
    workspace,
    createdAtMs: first.startedAtMs,
    changedAtMs: Math.max(
      ...asked.map(({ startedAtMs, answer }) => startedAtMs + (answer.ending?.durationMs ?? 0)),
    ),
    turns: asked.length,
    cost: conversationCost(asked),
    texts: asked.map(searchedText),
  };
}

/** What turns have cost together: all requests of each. */
export function conversationCost(turns: readonly Turn[]): ConversationCost {
  const costs = turns.flatMap(requestCosts);
  const known = costs.flatMap(cost => knownPico(cost) ?? []);
  return {
    knownPico: known.reduce((sum, pico) => sum + pico, 0n),
    isComplete: known.length === costs.length,
  };
}

/** One for each request that was sent; `pending` while it streams. */
function requestCosts({ answer: { earlier = [], cost, status } }: Turn): readonly Cost[] {
  const last = cost ?? (status === 'streaming' ? { state: 'pending' as const } : undefined);
  return [...earlier.map(part => part.cost ?? { state: 'unknown' as const }), ...(last ? [last] : [])];
}

/** Undefined for what is pending, estimated or unknown. */
function knownPico({ state, usd = '0' }: Cost): Pico | undefined {
  return state === 'billed' || state === 'settled' || state === 'free' ? parsePico(usd) : undefined;
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
  const { code, added = [], prompt, parameters } = sent;
  const parts = [
    ...(code ? [code.path, ...code.parts.map(({ text }) => text)] : []),
    ...added.flatMap(part => [part.path ?? '', part.name, part.kind === 'image' ? '' : part.text]),
  ];
  return [title, prompt, ...parts, answer.text, answer.servedModel ?? parameters.model].join('\n');
}
