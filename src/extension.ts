import * as vscode from 'vscode';
import { Endpoints } from './app/account/endpoints';
import { KeyPresence } from './app/account/keyPresence';
import { idleState } from './app/usage/statusBarState';
import { Lazy } from './core/base/lazy';
import { Redactor } from './core/base/redact';
import { hasLimit } from './core/ledger/budgets';
import { contextKeys, mementos, viewTypes } from './ids';
import type { ActivationParts } from './vscode/activationParts';
import type { App, TestHandles } from './vscode/app';
import { registerCommands, reportSurprise } from './vscode/commands';
import { setContextKey } from './vscode/contextKeys';
import { VscodeDialogs } from './vscode/dialogs';
import { registerFirstSteps } from './vscode/firstSteps';
import { KeyStore } from './vscode/keyStore';
import { VscodeLog } from './vscode/log';
import { registerCodeActions } from './vscode/offered/codeActions';
import { registerCodeLenses } from './vscode/offered/codeLenses';
import { OfferedPlaces } from './vscode/offered/offeredPlaces';
import { closeStaleProposals } from './vscode/proposalTabs';
import { VscodeSettings } from './vscode/settings';
import { StatusBarItem } from './vscode/views/statusBarItem';

/** The app, so that `deactivate` can save what is not saved yet. */
let running: Lazy<App> | undefined;

/**
 * Shows the status bar and registers the commands. Touches no network, file or database and loads no
 * library: the app behind the commands is loaded when the first of them runs.
 */
export function activate(context: vscode.ExtensionContext): Promise<TestHandles> | undefined {
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  // Knows every key that was read, so that none gets into the log.
  const redactor = new Redactor();
  const log = own(new VscodeLog(redactor));
  const dialogs = new VscodeDialogs();
  const report = (error: unknown): void => void reportSurprise('Ask OpenRouter', error, log, dialogs);
  const settings = own(new VscodeSettings());
  const keys = own(new KeyStore(context.secrets, context.globalState, redactor));
  const endpoints = new Endpoints(keys, settings);
  const keyPresence = own(new KeyPresence(endpoints));
  const statusBar = own(new StatusBarItem());
  const parts: ActivationParts = {
    context,
    log,
    dialogs,
    settings,
    keys,
    endpoints,
    keyPresence,
    statusBar,
    report,
  };
  const lazyApp = new Lazy(async () => own((await import('./vscode/app')).createApp(parts)));
  const app = (): Promise<App> => lazyApp.get();
  running = lazyApp;

  own(registerFirstSteps(report));
  own(registerCommands(async (id, argument) => (await app()).handlers[id](argument), log, dialogs));
  for (const viewType of Object.values(viewTypes)) {
    own(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, saved: unknown) =>
          (await app()).panels[viewType].adopt(panel, saved),
      }),
    );
  }

  const places = own(new OfferedPlaces());
  own(registerCodeActions(places));

  const follow = (): void => {
    const { budgets, parameters, statusBar: mode } = settings.current;
    if (lazyApp.current === undefined) statusBar.show(idleState(parameters.model, mode));
    keyPresence.refresh().catch(report);
    setContextKey(contextKeys.hasLimit, hasLimit(budgets)).catch(report);
  };
  own(keyPresence.onDidChange(hasKey => void setContextKey(contextKeys.hasKey, hasKey).catch(report)));
  own(keys.onDidChange(follow));
  own(settings.onDidChange(follow));
  const begin = (): void => {
    follow();
    own(registerCodeLenses(places));
    closeStaleProposals().catch(report);
    // Only who needs the ledger at once has it opened at start: a sum over all windows, or costs to find out.
    const { statusBar: mode } = settings.current;
    const needsLedger =
      mode === 'today' || mode === 'month' || context.globalState.get(mementos.hasUnsettled, false);
    if (needsLedger) app().catch(report);
  };
  // The first look at a setting has VS Code merge all there are: other extensions need not wait for that.
  const soon = setTimeout(begin, 0);
  own(new vscode.Disposable(() => clearTimeout(soon)));

  const isTest = context.extensionMode === vscode.ExtensionMode.Test;
  return isTest ? app().then(({ testHandles }) => testHandles) : undefined;
}

/** Saves the last words of a running answer before the window goes away. */
export async function deactivate(): Promise<void> {
  await (await running?.current)?.flush();
  running = undefined;
}
