import type { SentEstimate } from '../money/sentEstimate';
import { type Answer, type AnswerEvent, reduceAnswer } from './answer';
import type { MaskedSecret } from './maskedSecret';
import type { Settable } from './parameterSettings';
import type { RequestParameters } from './requestParameters';

/** Which code an action was applied to, and why that piece. */
export type CodeScope = 'selection' | 'symbol' | 'file';

/** 0-based, as VS Code counts; `character` in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** `end` is behind the last character. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** One piece of a document. */
export interface CodePart {
  readonly text: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Where it stood when it was sent; undefined in what version 0.1.0 kept. */
  readonly range?: TextRange;
}

/** What goes along with code beside it: the user may leave any of it out. */
export interface CodeContext {
  /** First lines of what stands around the code; imports that it uses; problems that are reported in it. */
  readonly kind: 'enclosing' | 'imports' | 'problems';
  /** As it is sent. */
  readonly text: string;
}

/** What becomes of an answer: it replaces the code that was sent, or is a file of its own. */
export type ApplyKind = 'replace' | 'newFile';

export interface SentCode {
  /** At least one; more when several selections went along. From the top down, none over another. */
  readonly parts: readonly CodePart[];
  /** VS Code language id, e.g. `typescript`. */
  readonly languageId: string;
  /**
   * Relative to the workspace, with the workspace folder's name before it when there are several; outside of the
   * workspace, and for an untitled document, the name alone. Can hold any character.
   */
  readonly path: string;
  /** Which cell of a notebook, 1-based; `parts` count the cell's own lines. */
  readonly cell?: number;
  readonly scope: CodeScope;
  /** The symbol's name when `scope` is `symbol`. */
  readonly symbolName?: string;
  readonly context?: readonly CodeContext[];
}

/** What the user sent with one turn, shown collapsed above its answer. */
export interface Sent {
  /** What the request begins with, before any turn. */
  readonly systemPrompt: string;
  /** So many earlier turns went along, each with its code and its answer. */
  readonly earlierTurns: number;
  /** The instruction as sent, without the code. */
  readonly prompt: string;
  readonly code?: SentCode;
  /** With the model asked for; the one that answered is in the answer. */
  readonly parameters: RequestParameters;
  /** Why `parameters.maxTokens` is less than the setting says, as a clause; undefined when it is not. */
  readonly maxTokensReason?: string;
  /** OpenRouter was told to refuse a prompt that is too long instead of shortening it; older versions did not. */
  readonly isCompressionOff?: boolean;
  /**
   * The prompt carries `cache_control`: `write` at its end, for the next question to read; `read` where the one
   * before ended. Undefined: nowhere.
   */
  readonly cacheMark?: 'write' | 'read';
  /** Secrets that left as placeholders; here they stand as they are. Undefined: none. */
  readonly masked?: readonly MaskedSecret[];
}

export interface Turn {
  /** Also the id of the turn's ledger row. */
  readonly id: string;
  /** `check`: the turn shows a connection check and is no part of what follow-up questions send. */
  readonly kind?: 'check';
  /** What was asked for, as the ledger names it: a code action's id, `ask`, `askSelection` or `check`. */
  readonly action: string;
  /** Heading of the turn, e.g. "Explain Selection". */
  readonly title: string;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** The turn this one goes on from, which went along; undefined when the question stood by itself. */
  readonly follows?: string;
  /** Undefined when the answer is only read. */
  readonly apply?: ApplyKind;
  /** The comparison that it is part of: the same for all turns that were asked together. */
  readonly group?: string;
  /** The turn that it asks again, by the id of the first version; undefined for the first one itself. */
  readonly versionOf?: string;
  /** Name of the own prompt that it runs. */
  readonly promptId?: string;
  /** What its action or prompt says in place of the settings. */
  readonly ownParameters?: Partial<RequestParameters>;
  /** Which of its parameters were remembered of its model, and not chosen for this request. */
  readonly remembered?: readonly Settable[];
  readonly sent: Sent;
  readonly estimate?: SentEstimate;
  readonly answer: Answer;
}

/** The turns the panel shows. Plain JSON. */
export interface Conversation {
  readonly id: string;
  readonly turns: readonly Turn[];
  readonly choices?: Choices;
}

/** What the user chose among turns that stand for the same question, by their ids. */
export interface Choices {
  /** Answers of comparisons that the conversation goes on from, at most one of each. */
  readonly kept: readonly string[];
  /** Versions that are shown where it is not the newest, at most one of each turn. */
  readonly shown: readonly string[];
}

/** The conversation with `turn` in the place of the one with its id; unchanged when there is none. */
export function replaceTurn(conversation: Conversation, turn: Turn): Conversation {
  // The turn that changes is nearly always the last one.
  const index = conversation.turns.findLastIndex(({ id }) => id === turn.id);
  return index < 0 ? conversation : { ...conversation, turns: conversation.turns.with(index, turn) };
}

/** The conversation with `events` applied to one turn; unchanged when the turn is not there. */
export function reduceTurn(
  conversation: Conversation,
  turnId: string,
  events: readonly AnswerEvent[],
): Conversation {
  const turn = conversation.turns.findLast(({ id }) => id === turnId);
  return turn ? replaceTurn(conversation, events.reduce(applyToTurn, turn)) : conversation;
}

/** The turn after `event`. */
export function applyToTurn(turn: Turn, event: AnswerEvent): Turn {
  return event.type === 'priced'
    ? { ...turn, estimate: event.estimate }
    : { ...turn, answer: reduceAnswer(turn.answer, event) };
}

/** The conversation with `earlier` before its turns. */
export function addEarlierTurns(conversation: Conversation, earlier: readonly Turn[]): Conversation {
  return { ...conversation, turns: [...earlier, ...conversation.turns] };
}
