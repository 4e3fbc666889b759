import type { AskSession } from '../app/ask/askSession';
import { ConversationCommands } from '../app/conversations/conversationCommands';
import { ConversationExport } from '../app/conversations/conversationExport';
import { HistoryFaults } from '../app/conversations/historyFaults';
import { HistoryKeeper } from '../app/conversations/historyKeeper';
import { SqliteConversations } from '../storage/conversations/sqliteConversations';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { ConversationPicker } from './views/conversationPicker';

/** Builds the history of conversations and its list. */
export function composeHistory(
  { context, dialogs, log, report, settings }: ActivationParts,
  { newId, workbench }: Foundation,
  session: AskSession,
  own: Own,
) {
  const { tell, tellAgain } = new HistoryFaults(log, dialogs, report);
  const folder = context.globalStorageUri.fsPath;
  const history = own(new SqliteConversations(folder, { onDidSetAside: tell }));
  const historyKeeper = own(new HistoryKeeper(session, history, settings, workbench, dialogs, newId, tell));
  const commands = new ConversationCommands(session, historyKeeper, history, settings, dialogs, workbench);
  const conversationPicker = new ConversationPicker(
    commands,
    new ConversationExport(history, dialogs),
    tellAgain,
  );
  return { conversationPicker, historyKeeper };
}
