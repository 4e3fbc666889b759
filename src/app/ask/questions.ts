import { emptyAnswer } from '../../core/chat/answer';
import type { Conversation, Sent, SentCode, Turn } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import type { Origin } from '../../core/ledger/ledger';
import { systemPrompt } from '../../core/prompts/actions';
import { toMessages } from '../../core/prompts/messages';
import type { QuestionSettings } from '../settings';
import type { Question } from './asker';

/** What the user wants to know, before the settings in force are added. */
export interface Wish {
  /** Heading of the turn. */
  readonly title: string;
  /** As in {@link Turn.action}. */
  readonly action: string;
  readonly origin: Origin;
  readonly prompt: string;
  readonly code?: SentCode;
  /** The turn it goes on from; undefined when it stands by itself. */
  readonly follows?: string;
  /** Instead of the settings' value. */
  readonly maxTokens?: number;
  /** Send it whatever the spending limits say. */
  readonly isForced?: boolean;
}

/** What asking again may do otherwise. */
export type WishChanges = Pick<Wish, 'maxTokens' | 'isForced'>;

/** Longer headings tell no more. */
const titleChars = 80;

/** The heading of a turn that asks `prompt`: its first line. */
export function titleOf(prompt: string): string {
  const [line = ''] = prompt.trim().split('\n', 1);
  const chars = [...line];
  return chars.length <= titleChars ? line : `${chars.slice(0, titleChars).join('').trimEnd()}…`;
}

/** The wish that asks again what `turn` asked. */
export function toWish(turn: Turn, changes: WishChanges = {}): Wish {
  const { title, action, follows, sent } = turn;
  return { title, action, origin: 'panel', prompt: sent.prompt, code: sent.code, follows, ...changes };
}

/** What is sent for `wish` after `history`, with the settings in force. */
export function toSent(
  { prompt, code, maxTokens }: Pick<Wish, 'prompt' | 'code' | 'maxTokens'>,
  history: readonly Turn[],
  settings: QuestionSettings,
): Sent {
  return {
    systemPrompt,
    earlierTurns: history.length,
    prompt,
    code,
    model: settings.model,
    maxTokens: maxTokens ?? settings.maxTokens,
  };
}

/** The question that asks `wish` in `conversation`. */
export function toQuestion(
  wish: Wish,
  conversation: Conversation,
  settings: QuestionSettings,
  { id, workspace }: { readonly id: string; readonly workspace?: string },
): Question {
  const history = historyUpTo(conversation, wish.follows);
  const sent = toSent(wish, history, settings);
  const turn: Turn = {
    id,
    action: wish.action,
    title: wish.title,
    startedAtMs: Date.now(),
    follows: wish.follows,
    sent,
    answer: emptyAnswer,
  };
  return {
    turn,
    messages: toMessages(history, sent),
    sessionId: history[0]?.id ?? id,
    origin: wish.origin,
    workspace,
    isForced: wish.isForced,
  };
}
