import type { AnswerEvent } from '../core/chat/answer';
import type { Conversation, Turn } from '../core/chat/conversation';
import { actionLabels, type FailureAction } from '../core/chat/failureAction';

/** What the composer at the bottom of the panel shows. */
export interface ComposerState {
  /** Model id the next question goes to. */
  readonly model: string;
  /** Catalogue name of that model, when the catalogue is known. */
  readonly modelName?: string;
  /** Text typed and not yet sent; the host keeps it so that a reload loses nothing. */
  readonly draft: string;
  /** False while a request of this conversation runs or waits to be sent. */
  readonly canSend: boolean;
  /** A question waits for its estimate, or for the user's yes. */
  readonly isPreparing: boolean;
  /** So many turns go along with the next question. */
  readonly earlierTurns: number;
  /** What the next question would cost, ready to show; undefined when not known. */
  readonly estimate?: string;
}

export interface AnswerPageState {
  /** Of a long conversation only the last turns; the others follow as `earlierTurns`. */
  readonly conversation: Conversation;
  /** How many turns are still to follow; undefined: none. */
  readonly missingTurns?: number;
  readonly composer: ComposerState;
}

/** Host → answer page. The page applies them in order and holds no state of its own that matters. */
export type ToAnswerPage =
  /** Everything, in reply to `ready` and whenever the conversation is replaced. */
  | { readonly type: 'state'; readonly state: AnswerPageState }
  /** Turns that belong right before those the page has; `missingTurns` more are still to follow. */
  | {
      readonly type: 'earlierTurns';
      readonly conversationId: string;
      readonly turns: readonly Turn[];
      readonly missingTurns: number;
    }
  /** A new turn at the end. */
  | { readonly type: 'turn'; readonly turn: Turn }
  /** Events of one turn, in order, batched. */
  | { readonly type: 'events'; readonly turnId: string; readonly events: readonly AnswerEvent[] }
  | { readonly type: 'composer'; readonly composer: ComposerState }
  /** Puts the keyboard focus into the composer. */
  | { readonly type: 'focusComposer' };

/** Answer page → host. Checked by {@link isFromAnswerPage} before use: the page is not trusted. */
export type FromAnswerPage =
  | { readonly type: 'ready' }
  | { readonly type: 'send'; readonly text: string }
  /** The composer's text changed (debounced by the page). */
  | { readonly type: 'draft'; readonly text: string }
  /** Without a turn: the question that waits to be sent. */
  | { readonly type: 'stop'; readonly turnId?: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Put `text` at the cursor of the last active editor. */
  | { readonly type: 'insert'; readonly text: string }
  /** Open `text` in a new untitled document. `language` is the code fence's info word. */
  | { readonly type: 'newFile'; readonly text: string; readonly language?: string }
  | { readonly type: 'errorAction'; readonly turnId: string; readonly action: FailureAction }
  | { readonly type: 'openLink'; readonly href: string }
  | { readonly type: 'pickModel' }
  | { readonly type: 'newConversation' }
  /** An unexpected error in the page, for the log. */
  | { readonly type: 'pageError'; readonly message: string };

const fieldsOf: { readonly [T in FromAnswerPage['type']]: readonly string[] } = {
  ready: [],
  send: ['text'],
  draft: ['text'],
  stop: [],
  copy: ['text'],
  insert: ['text'],
  newFile: ['text'],
  errorAction: ['turnId', 'action'],
  openLink: ['href'],
  pickModel: [],
  newConversation: [],
  pageError: ['message'],
};

/** True when `value` is a well-formed message of the answer page. */
export function isFromAnswerPage(value: unknown): value is FromAnswerPage {
  if (typeof value !== 'object' || value === null) return false;
  const message = value as Readonly<Record<string, unknown>>;
  const type = message.type;
  if (typeof type !== 'string' || !Object.hasOwn(fieldsOf, type)) return false;
  const isOptional = (field: string): boolean =>
    message[field] === undefined || typeof message[field] === 'string';
  if (!isOptional('language') || !isOptional('turnId')) return false;
  if (type === 'errorAction' && !Object.hasOwn(actionLabels, String(message.action))) return false;
  return fieldsOf[type as FromAnswerPage['type']].every(field => typeof message[field] === 'string');
}
