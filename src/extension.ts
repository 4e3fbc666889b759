import * as vscode from 'vscode';
import type { App, AppHost, TestHandles } from './app';
import { registerCommands, reportSurprise } from './host/commands';
import { setContextKey } from './host/contextKeys';
import { Dialogs } from './host/dialogs';
import { Endpoints } from './host/endpoints';
import { KeyStore } from './host/keyStore';
import { Log } from './host/log';
import { onDidChangeSettings, readSettings } from './host/settings';
import { answerViewType, contextKeys } from './ids';
import { idleStatus } from './ui/spend/spendStatus';
import { StatusBarItem } from './ui/spend/statusBarItem';

/** The app once it is asked for, so that `deactivate` can save what is not saved yet. */
let running: Promise<App> | undefined;

/**
 * Shows the status bar and registers the commands. Touches no network, file or database and loads no
 * library: the app behind the commands is loaded when the first of them runs.
 */
export function activate(context: vscode.ExtensionContext): Promise<TestHandles> | undefined {
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const log = own(new Log());
  const dialogs = new Dialogs();
  const report = (error: unknown): void => void reportSurprise('Ask OpenRouter', error, log, dialogs);
  const keys = new KeyStore(context.secrets);
  const endpoints = new Endpoints(keys);
  const statusBar = own(new StatusBarItem());
  statusBar.show(idleStatus(readSettings().model));

  const host: AppHost = { context, log, dialogs, keys, endpoints, statusBar, report };
  const app = (): Promise<App> => {
    running ??= import('./app').then(({ createApp }) => own(createApp(host)));
    return running;
  };
  own(registerCommands(async id => (await app()).handlers[id](), log, dialogs));
  own(
    vscode.window.registerWebviewPanelSerializer(answerViewType, {
      deserializeWebviewPanel: async panel => (await app()).restorePanel(panel),
    }),
  );

  const followKey = async (): Promise<void> => {
    const endpoint = await endpoints.current();
    await setContextKey(contextKeys.hasKey, endpoint.ok && endpoint.value.apiKey !== undefined);
  };
  const follow = (): void => void followKey().catch(report);
  own(keys.onDidChange(follow));
  own(
    onDidChangeSettings(() => {
      if (running === undefined) statusBar.show(idleStatus(readSettings().model));
      follow();
    }),
  );
  follow();

  const isTest = context.extensionMode === vscode.ExtensionMode.Test;
  return isTest ? app().then(({ testHandles }) => testHandles) : undefined;
}

/** Saves the last words of a running answer before the window goes away. */
export async function deactivate(): Promise<void> {
  await (await running)?.flush();
  running = undefined;
}
