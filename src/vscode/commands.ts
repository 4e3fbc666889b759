import * as vscode from 'vscode';
import type { Dialogs } from '../app/ports/dialogs';
import type { Log } from '../app/ports/log';
import { plain, say } from '../core/base/plainText';
import { type CommandId, commands, commandsWithArgument, internalCommands } from '../ids';

/** A handler checks its argument itself: it can be anything. */
export type CommandHandlers = { readonly [K in CommandId]: (argument?: unknown) => unknown };

/**
 * Registers every command. The one place where surprises are caught: logged with their stack, shown once
 * with a next step. Only {@link commandsWithArgument} get one, so nothing can be smuggled in through a command link.
 */
export function registerCommands(
  run: (id: CommandId, argument: unknown) => Promise<unknown>,
  log: Log,
  dialogs: Dialogs,
): vscode.Disposable {
  const registrations = Object.values(commands).map(id =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        // The Explorer gives what was clicked, and behind it all that is selected.
        const given = id === commands.addContext && Array.isArray(selected) ? selected : argument;
        await run(id, commandsWithArgument.has(id) ? given : undefined);
      } catch (error) {
        await reportSurprise(id, error, log, dialogs);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

/** Logs an unexpected error and tells the user once where to look. */
export async function reportSurprise(
  what: string,
  error: unknown,
  log: Log,
  dialogs: Dialogs,
): Promise<void> {
  log.error(plain(what), error);
  const showLog = 'Show Log';
  const choice = await dialogs.error(
    say`Something unexpected went wrong in Ask OpenRouter. The log says what.`,
    showLog,
  );
  if (choice === showLog) await vscode.commands.executeCommand(commands.showLog);
}

/** Registers the command behind the tooltip's link to what is left on the key. */
export function registerRefreshCredit(
  refresh: () => Promise<void>,
  onError: (error: unknown) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(internalCommands.refreshCredit, () => refresh().catch(onError));
}
