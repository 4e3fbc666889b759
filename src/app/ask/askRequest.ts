import { emptyAnswer } from '../../core/chat/answer';
import type { ChatMessage } from '../../core/chat/chatClient';
import type { Conversation, Sent, SentCode, Turn } from '../../core/chat/conversation';
import type { EditedRequest } from '../../core/chat/editedBody';
import type { BudgetStop, Failure } from '../../core/chat/failure';
import { historyUpTo } from '../../core/chat/history';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { Origin } from '../../core/ledger/ledger';
import type { Pico } from '../../core/money/pico';
import { toMessages } from '../../core/prompts/messages';
import type { Settings } from '../settings';

/** What the user asks for, before the settings in force are added. */
export interface AskInput {
  /** Heading of the turn. */
  readonly title: string;
  /** As in {@link Turn.action}. */
  readonly action: string;
  readonly origin: Origin;
  readonly prompt: string;
  readonly code?: SentCode;
  /** The turn it goes on from; undefined when it stands by itself. */
  readonly follows?: string;
  /** Instead of what the settings say. */
  readonly parameters?: Partial<RequestParameters>;
  /** Goes over the wire in place of what the settings, prompt, code and history would make: the user has edited it. */
  readonly edited?: EditedRequest;
  /** Send it whatever the spending limits say. */
  readonly isForced?: boolean;
}

/** What asking again may do otherwise. */
export type RetryChanges = Pick<AskInput, 'parameters' | 'isForced'>;

/** One request: the turn it fills, and what goes over the wire for it. */
export interface AskRequest {
  readonly turn: Turn;
  readonly messages: readonly ChatMessage[];
  /** The turns that go along, the oldest first; undefined: none. */
  readonly history?: readonly Turn[];
  /** The same for all requests that go on from each other. */
  readonly sessionId: string;
  readonly origin: Origin;
  /** Name of the workspace, for the ledger. */
  readonly workspace?: string;
  /** Before any correction. */
  readonly estimatedPromptTokens?: number;
  /** Worst-case cost; undefined when the price varies or is not known. */
  readonly reservedPico?: Pico;
  /** The user has said to send it whatever the limits say. */
  readonly isForced?: boolean;
  /** Why it may not be sent, apart from the limits; nothing leaves then. */
  readonly refusal?: Failure;
  /** A limit that stops it before anything is looked up. */
  readonly stop?: BudgetStop;
}

/** Longer headings tell no more. */
const titleChars = 80;

/** The heading of a turn that asks `prompt`: its first line. */
export function titleOf(prompt: string): string {
  const [line = ''] = prompt.trim().split('\n', 1);
  const chars = [...line];
  return chars.length <= titleChars ? line : `${chars.slice(0, titleChars).join('').trimEnd()}…`;
}

/** The input that asks again what `turn` asked. */
export function toAskInput(turn: Turn, changes: RetryChanges = {}): AskInput {
  const { title, action, follows, sent } = turn;
  return { title, action, origin: 'panel', prompt: sent.prompt, code: sent.code, follows, ...changes };
}

/** What the settings say of every request. */
type InForce = Pick<Settings, 'parameters' | 'systemPrompt'>;

/** What is sent for `input` after `history`, with the parameters in force. */
export function toSent(
  { prompt, code, parameters, edited }: Pick<AskInput, 'prompt' | 'code' | 'parameters' | 'edited'>,
  history: readonly Turn[],
  { parameters: inForce, systemPrompt }: InForce,
): Sent {
  const own = edited?.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    systemPrompt: own?.join('\n\n') ?? systemPrompt,
    earlierTurns: history.length,
    prompt,
    code,
    parameters: { ...(edited?.parameters ?? inForce), ...parameters },
    isCompressionOff: true,
  };
}

/** The request that asks `input` in `conversation`, with the parameters in force. */
export function toAskRequest(
  input: AskInput,
  conversation: Conversation,
  inForce: InForce,
  { id, workspace }: { readonly id: string; readonly workspace?: string },
): AskRequest {
  const history = historyUpTo(conversation, input.follows);
  const sent = toSent(input, history, inForce);
  const turn: Turn = {
    id,
    action: input.action,
    title: input.title,
    startedAtMs: Date.now(),
    follows: input.follows,
    sent,
    answer: emptyAnswer,
  };
  return {
    turn,
    messages: input.edited?.messages ?? toMessages(history, sent),
    history,
    sessionId: history[0]?.id ?? id,
    origin: input.origin,
    workspace,
    isForced: input.isForced,
  };
}
