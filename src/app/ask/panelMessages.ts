import { assertNever } from '../../core/base/assertNever';
import type { Turn } from '../../core/chat/conversation';
import type { FailureAction } from '../../core/chat/failureAction';
import { lastAnswered } from '../../core/chat/history';
import type { FromAnswerPage } from '../../protocol/answerMessages';
import type { Dialogs, Editors, Log } from '../ports';
import type { ActiveConversation } from './activeConversation';
import { titleOf, type Wish } from './questions';

/** What the page's messages need from the rest. */
export interface PanelMessagePorts {
  readonly dialogs: Dialogs;
  readonly log: Log;
  readonly conversation: ActiveConversation;
  readonly editors: Editors;
  readonly ask: (wish: Wish) => Promise<void>;
  /** True while an earlier question waits to be sent. */
  readonly isPreparing: () => boolean;
  readonly stopPreparing: () => void;
  readonly runFailureAction: (action: FailureAction, turn: Turn) => Promise<void>;
  readonly pickModel: () => Promise<void>;
  readonly setDraft: (text: string) => void;
}

/** Does what the user did in the answer page. */
export async function handlePanelMessage(message: FromAnswerPage, ports: PanelMessagePorts): Promise<void> {
  switch (message.type) {
    case 'ready':
      return;
    case 'send':
      return send(message.text, ports);
    case 'draft':
      return ports.setDraft(message.text);
    case 'stop':
      return message.turnId === undefined ? ports.stopPreparing() : ports.conversation.stop(message.turnId);
    case 'copy':
      return ports.dialogs.copy(message.text);
    case 'insert':
      return insert(message.text, ports);
    case 'newFile':
      return ports.editors.openNew(message.text, message.language);
    case 'errorAction': {
      const turn = ports.conversation.find(message.turnId);
      return turn && ports.runFailureAction(message.action, turn);
    }
    case 'openLink':
      return ports.dialogs.openLink(message.href);
    case 'pickModel':
      return ports.pickModel();
    case 'newConversation':
      return startNew(ports);
    case 'pageError':
      return ports.log.warn(`Answer page: ${message.message}`);
    default:
      return assertNever(message);
  }
}

async function send(text: string, ports: PanelMessagePorts): Promise<void> {
  const prompt = text.trim();
  const { conversation } = ports;
  if (prompt === '' || conversation.isRunning || ports.isPreparing()) return;
  ports.setDraft('');
  const follows = lastAnswered(conversation.conversation)?.id;
  await ports.ask({ title: titleOf(prompt), action: 'ask', origin: 'panel', prompt, follows });
}

async function insert(text: string, { dialogs, editors }: PanelMessagePorts): Promise<void> {
  const inserted = await editors.insert(text);
  if (inserted.ok) return;
  await dialogs.warn(
    inserted.problem === 'noEditor'
      ? 'There is no editor to insert into: click into the file that is meant, or use New File.'
      : `Nothing was inserted: ${inserted.name} is read-only. Use New File instead.`,
  );
}

/** The old conversation is one button away until the next one has begun. */
async function startNew({ conversation, dialogs }: PanelMessagePorts): Promise<void> {
  if (conversation.conversation.turns.length === 0) return;
  conversation.startNew();
  const undo = 'Undo';
  const choice = await dialogs.inform('Started a new conversation.', undo);
  if (choice === undo) conversation.undoStartNew();
}
