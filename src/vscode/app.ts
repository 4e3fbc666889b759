import * as vscode from 'vscode';
import { readCredit } from '../app/account/credit';
import type { ActiveConversation } from '../app/ask/activeConversation';
import { AskCommands } from '../app/ask/askCommands';
import type { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { LimitWarning } from '../app/usage/limitWarning';
import { UsageStatus } from '../app/usage/usageStatus';
import { createUlids } from '../core/base/ulid';
import type { LedgerStore } from '../core/ledger/ledger';
import { contextKeys, internalCommands, mementos } from '../ids';
import type { AppHost, Own } from './appHost';
import type { CommandHandlers } from './commands';
import { setContextKey } from './contextKeys';
import { createAccount } from './createAccount';
import { type AskingParts, createAsking } from './createAsking';
import { createUsage } from './createUsage';
import { createUsagePage } from './createUsagePage';
import type { VscodeDialogs } from './dialogs';
import { VscodeEditors } from './editors';
import type { KeyStore } from './keyStore';
import { VscodeWorkbench } from './workbench';

/** Everything behind the commands: loaded and built when the first of them runs. */
export interface App extends vscode.Disposable {
  readonly handlers: CommandHandlers;
  /** Takes over a panel that VS Code kept across a reload. */
  restoreAnswers(panel: vscode.WebviewPanel): void;
  restoreUsage(panel: vscode.WebviewPanel): void;
  /** Resolves when everything is on disk. */
  flush(): Promise<void>;
  readonly testHandles: TestHandles;
}

/** What tests inside VS Code get hold of; nobody else does. */
export interface TestHandles {
  readonly conversation: ActiveConversation;
  readonly keeper: ConversationKeeper;
  readonly dialogs: VscodeDialogs;
  readonly askCommands: AskCommands;
  readonly ledger: LedgerStore;
  readonly keys: KeyStore;
  /** What a button beside a failure does. */
  readonly runFailureAction: AskingParts['runFailureAction'];
  /** What a button or a key in the answer page does. */
  readonly handleMessage: AskingParts['handleMessage'];
}

/** Builds the app and wires it; when that fails, nothing of it is left, so that it can be tried again. */
export function createApp(host: AppHost): App {
  const owned: vscode.Disposable[] = [];
  const own: Own = thing => {
    owned.unshift(thing);
    return thing;
  };
  const dispose = () => vscode.Disposable.from(...owned).dispose();
  try {
    return { ...buildApp(host, own), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function buildApp(host: AppHost, own: Own): Omit<App, 'dispose'> {
  const { context, log, dialogs, settings, keys, statusBar, report } = host;
  const newId = createUlids();
  const modelName = (): string => settings.current.model;

  const editors = own(new VscodeEditors());
  const workbench = own(new VscodeWorkbench());
  const account = createAccount(host, () => parts.estimateAtHand(), own);
  const spend = createUsage(host, account.models, newId, own);
  const { ledger, settler } = spend;
  const parts = createAsking(
    host,
    account,
    spend,
    (id, text) => askCommands.keep(id, text),
    editors,
    workbench,
    newId,
    own,
  );
  const { conversation, keeper, asking, check, stop, showPanel, runFailureAction } = parts;
  const usage = own(createUsagePage(host, spend, showPanel));
  const askCommands = new AskCommands({ dialogs, editors, ask: wish => asking.ask(wish), modelName });

  const usageStatus = own(
    new UsageStatus({
      ledger: ledger.store,
      conversation,
      modelName,
      mode: () => settings.current.statusBar,
      limits: spend.limits,
      workbench,
      onDidCountPending: hasPending => {
        const known = context.globalState.get(mementos.hasUnsettled, false);
        if (known === hasPending) return;
        context.globalState.update(mementos.hasUnsettled, hasPending).then(undefined, report);
      },
      onError: report,
    }),
  );
  own(usageStatus.onDidChange(state => statusBar.show(state)));
  own(settler.onDidSettle(({ id, ...settled }) => conversation.apply(id, { type: 'settled', ...settled })));
  const limitWarning = new LimitWarning({ dialogs, changeLimit: () => workbench.openSetting('budget') });
  const checkLimits = (): void => void limitWarning.follow(settings.current.unusableLimits).catch(report);
  own(
    settings.onDidChange(() => {
      checkLimits();
      usageStatus.refresh();
      parts.followSettings();
    }),
  );
  const followRunning = (): void => {
    parts.followRunning();
    setContextKey(contextKeys.isRunning, conversation.isRunning || asking.isPreparing).catch(report);
  };
  own(asking.onDidChangePreparing(followRunning));
  own(
    conversation.onDidChangeRunning(() => {
      followRunning();
      if (!conversation.isRunning) settler.wake().catch(report);
    }),
  );
  own(
    vscode.commands.registerCommand(internalCommands.refreshCredit, async () =>
      usageStatus.setCredit(await readCredit(spend.account)),
    ),
  );
  settler.start().catch(report);
  checkLimits();
  usageStatus.refresh();

  return {
    handlers: {
      'askOpenRouter.ask': () => askCommands.ask(),
      'askOpenRouter.askSelection': () => askCommands.askSelection(),
      'askOpenRouter.explain': () => askCommands.runCodeAction('explain'),
      'askOpenRouter.fix': () => askCommands.runCodeAction('fix'),
      'askOpenRouter.refactor': () => askCommands.runCodeAction('refactor'),
      'askOpenRouter.tests': () => askCommands.runCodeAction('tests'),
      'askOpenRouter.document': () => askCommands.runCodeAction('document'),
      'askOpenRouter.selectModel': () => account.pickModel('all'),
      'askOpenRouter.setApiKey': () => account.apiKey.set(),
      'askOpenRouter.removeApiKey': () => account.apiKey.remove(),
      'askOpenRouter.checkConnection': () => check.run(),
      'askOpenRouter.showPanel': showPanel,
      'askOpenRouter.stop': stop,
      'askOpenRouter.showLog': () => log.show(),
      'askOpenRouter.showUsage': () => usage.show(),
      'askOpenRouter.exportUsage': () => usage.exportUsage(),
      'askOpenRouter.reconcileUsage': () => usage.reconcile(),
      'askOpenRouter.deleteUsage': () => usage.deleteHistory(),
    },
    restoreAnswers: panel => parts.restorePanel(panel),
    restoreUsage: panel => usage.adopt(panel),
    flush: () => keeper.flush(),
    testHandles: {
      conversation,
      keeper,
      dialogs,
      askCommands,
      ledger: ledger.store,
      keys,
      runFailureAction,
      handleMessage: parts.handleMessage,
    },
  };
}
