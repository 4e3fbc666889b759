import * as vscode from 'vscode';
import { emptyAnswer } from '../../core/chat/answer';
import type { Conversation, Sent, SentCode, Turn } from '../../core/chat/conversation';
import type { Origin } from '../../core/money/ledger';
import { toMessages } from '../../core/prompts/messages';
import type { QuestionSettings } from '../../host/settings';
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
  /** Instead of the settings' value. */
  readonly maxTokens?: number;
  /** Send it whatever the spending limits say. */
  readonly isForced?: boolean;
}

/** The wish that asks again what `turn` asked. */
export function toWish(turn: Turn, changes: Pick<Wish, 'maxTokens' | 'isForced'> = {}): Wish {
  const { title, action, sent } = turn;
  return { title, action, origin: 'panel', prompt: sent.prompt, code: sent.code, ...changes };
}

/** The question that asks `wish` as the next turn of `conversation`. */
export function toQuestion(
  wish: Wish,
  conversation: Conversation,
  settings: QuestionSettings,
  id: string,
): Question {
  const sent: Sent = {
    prompt: wish.prompt,
    code: wish.code,
    model: settings.model,
    maxTokens: wish.maxTokens ?? settings.maxTokens,
  };
  const turn: Turn = {
    id,
    action: wish.action,
    title: wish.title,
    startedAtMs: Date.now(),
    sent,
    answer: emptyAnswer,
  };
  return {
    turn,
    messages: toMessages(conversation, sent),
    sessionId: conversation.id,
    origin: wish.origin,
    workspace: vscode.workspace.name,
    isForced: wish.isForced,
  };
}
