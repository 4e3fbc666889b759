import * as vscode from 'vscode';
import type { Turn } from '../core/chat/conversation';
import type { LedgerStore } from '../core/money/ledger';
import { toSettledEvent } from '../core/money/ledgerRecorder';
import { createUlids } from '../core/ulid';
import type { CommandHandlers } from '../host/commands';
import { setContextKey } from '../host/contextKeys';
import type { Dialogs } from '../host/dialogs';
import type { KeyStore } from '../host/keyStore';
import { onDidChangeSettings, readSettings } from '../host/settings';
import { contextKeys, internalCommands, mementos } from '../ids';
import { openRouter } from '../openrouter/openRouter';
import type { ComposerState } from '../protocol/answerMessages';
import { ConnectionCheckCommand } from '../ui/account/connectionCheckCommand';
import { ActiveConversation } from '../ui/ask/activeConversation';
import { AnswerPanel } from '../ui/ask/answerPanel';
import { AskCommands } from '../ui/ask/askCommands';
import { Asker } from '../ui/ask/asker';
import { Asking } from '../ui/ask/asking';
import { ComposerEstimate } from '../ui/ask/composerEstimate';
import { ConversationKeeper } from '../ui/ask/conversationKeeper';
import { ConversationStore } from '../ui/ask/conversationStore';
import { type FailureActionPorts, openBudgetSettings, runFailureAction } from '../ui/ask/failureActions';
import { handlePanelMessage, type PanelMessagePorts } from '../ui/ask/panelMessages';
import { Preparation } from '../ui/ask/preparation';
import { PromptInput } from '../ui/ask/promptInput';
import { readCredit } from '../ui/spend/credit';
import { SpendStatus } from '../ui/spend/spendStatus';
import type { AppHost, Own } from './appHost';
import { createAccount } from './createAccount';
import { createSpend } from './createSpend';
import { createUsagePage } from './createUsagePage';

/** Everything behind the commands: loaded and built when the first of them runs. */
export interface App extends vscode.Disposable {
  readonly handlers: CommandHandlers;
  /** Takes over a panel that VS Code kept across a reload. */
  restoreAnswers(panel: vscode.WebviewPanel): Promise<void>;
  restoreUsage(panel: vscode.WebviewPanel): void;
  /** Resolves when everything is on disk. */
  flush(): Promise<void>;
  readonly testHandles: TestHandles;
}

/** What tests inside VS Code get hold of; nobody else does. */
export interface TestHandles {
  readonly conversation: ActiveConversation;
  readonly keeper: ConversationKeeper;
  readonly dialogs: Dialogs;
  readonly promptInput: PromptInput;
  readonly ledger: LedgerStore;
  readonly keys: KeyStore;
  /** What a button beside a failure does. */
  readonly runFailureAction: PanelMessagePorts['runFailureAction'];
}

/** Builds the app and wires it. */
export function createApp(host: AppHost): App {
  const { context, log, dialogs, keys, endpoints, statusBar, report } = host;
  const owned: vscode.Disposable[] = [];
  const own: Own = thing => {
    owned.unshift(thing);
    return thing;
  };
  const newId = createUlids();
  const promptInput = new PromptInput();

  const { apiKey, models, pickModel } = createAccount(host, () => keeper.draft);
  const spend = createSpend(host, models, newId, own);
  const { ledger, estimates, settler, limits, cachedModel } = spend;

  // Asking
  const asker = new Asker({
    ledger: ledger.store,
    limits,
    storeText: () => readSettings().storeText,
    connect: async () => {
      const endpoint = await endpoints.currentWithKey();
      return endpoint.ok ? { ok: true, value: await openRouter.chat(endpoint.value) } : endpoint;
    },
    pricingOf: async id => (await findModel(id))?.pricing,
  });
  const findModel = (id: string) => models.find(id, new AbortController().signal);
  const conversation = own(new ActiveConversation(asker, newId));
  const keeper = own(
    new ConversationKeeper(
      conversation,
      new ConversationStore(context.storageUri ?? context.globalStorageUri),
      () => readSettings().historyEnabled,
      error => log.error('The conversation could not be kept', error),
    ),
  );

  // The panel
  const composerEstimate = new ComposerEstimate({
    estimates,
    conversation: () => conversation.conversation,
    settings: readSettings,
    findModel: cachedModel,
    onDidChange: () => panel.updateComposer(),
    onError: report,
  });
  const setDraft = (text: string): void => {
    keeper.draft = text;
    composerEstimate.update(text);
  };
  const composer = (): ComposerState => {
    const { model } = readSettings();
    return {
      model,
      modelName: models.peek(model)?.name,
      draft: keeper.draft,
      canSend: !conversation.isRunning,
      estimate: composerEstimate.text,
    };
  };
  const panel: AnswerPanel = own(
    new AnswerPanel({
      extensionUri: context.extensionUri,
      conversation,
      composer,
      onMessage: message => void handlePanelMessage(message, panelPorts).catch(report),
      onDidClose: () => conversation.stop(),
    }),
  );
  /** The conversation of the last session, with the costs that were settled meanwhile. */
  const restore = async (): Promise<void> => {
    if (!(await keeper.restore())) return;
    for (const { id, answer } of conversation.conversation.turns) {
      if (answer.cost?.state !== 'pending') continue;
      const row = await ledger.store.get(id);
      if (row && row.costState !== 'pending') conversation.apply(id, toSettledEvent(row));
    }
    composerEstimate.update(keeper.draft);
  };
  const revealPanel = async (): Promise<void> => {
    await restore();
    panel.reveal();
  };
  const preparation = new Preparation({
    estimates,
    budgets: () => readSettings().budgets,
    findModel: (id, mustKnow) => (mustKnow ? findModel(id) : cachedModel(id)),
    dialogs,
    changeLimit: openBudgetSettings,
  });
  const asking = new Asking({
    conversation,
    newId,
    revealPanel,
    prepare: question => preparation.prepare(question),
    offerKey: () => apiKey.offer(),
    keepUnsent: prompt => {
      setDraft(keeper.draft === '' ? prompt : `${keeper.draft}\n\n${prompt}`);
      panel.updateComposer();
    },
  });
  const check = new ConnectionCheckCommand({
    asker,
    conversation,
    endpoints,
    models,
    openRouter,
    newId,
    revealPanel,
    prepare: question => preparation.prepare(question),
  });
  const failureActionPorts: FailureActionPorts = {
    dialogs,
    retry: async (turn: Turn, changes) => {
      if (turn.kind === 'check') await check.run();
      else await asking.retry(turn, changes);
    },
    setKey: () => apiKey.set(),
    getKey: () => apiKey.getAndSet(),
    pickModel,
  };
  const panelPorts: PanelMessagePorts = {
    dialogs,
    log,
    conversation,
    ask: wish => asking.ask(wish),
    runFailureAction: (action, turn) => runFailureAction(action, turn, failureActionPorts),
    pickModel: async () => void (await pickModel('all')),
    setDraft,
  };
  const showPanel = async (): Promise<void> => {
    await restore();
    panel.focusComposer();
  };

  // What depends on state follows it.
  const spendStatus = own(
    new SpendStatus({
      ledger: ledger.store,
      conversation,
      modelName: () => readSettings().model,
      mode: () => readSettings().statusBar,
      limits,
      statusBar,
      onDidCountPending: hasPending => {
        const known = context.globalState.get(mementos.hasUnsettled, false);
        if (known !== hasPending)
          context.globalState.update(mementos.hasUnsettled, hasPending).then(undefined, report);
      },
      onError: report,
    }),
  );
  own(settler.onDidSettle(({ id, ...settled }) => conversation.apply(id, { type: 'settled', ...settled })));
  own(
    onDidChangeSettings(() => {
      spendStatus.refresh();
      composerEstimate.update(keeper.draft);
      panel.updateComposer();
    }),
  );
  own(
    conversation.onDidChangeRunning(() => {
      panel.updateComposer();
      setContextKey(contextKeys.isRunning, conversation.isRunning).catch(report);
      if (!conversation.isRunning) settler.wake().catch(report);
    }),
  );
  own(
    vscode.commands.registerCommand(internalCommands.refreshCredit, async () =>
      spendStatus.setCredit(await readCredit(spend.account)),
    ),
  );
  settler.start().catch(report);
  spendStatus.refresh();

  const askCommands = new AskCommands({
    dialogs,
    promptInput,
    ask: wish => asking.ask(wish),
    modelName: () => readSettings().model,
  });
  const usage = own(createUsagePage(host, spend, showPanel));
  return {
    handlers: {
      'askOpenRouter.ask': () => askCommands.ask(),
      'askOpenRouter.askSelection': () => askCommands.askSelection(),
      'askOpenRouter.explain': () => askCommands.runCodeAction('explain'),
      'askOpenRouter.fix': () => askCommands.runCodeAction('fix'),
      'askOpenRouter.refactor': () => askCommands.runCodeAction('refactor'),
      'askOpenRouter.tests': () => askCommands.runCodeAction('tests'),
      'askOpenRouter.document': () => askCommands.runCodeAction('document'),
      'askOpenRouter.selectModel': () => pickModel('all'),
      'askOpenRouter.setApiKey': () => apiKey.set(),
      'askOpenRouter.removeApiKey': () => apiKey.remove(),
      'askOpenRouter.checkConnection': () => check.run(),
      'askOpenRouter.showPanel': showPanel,
      'askOpenRouter.stop': () => conversation.stop(),
      'askOpenRouter.showLog': () => log.show(),
      'askOpenRouter.showUsage': () => usage.show(),
      'askOpenRouter.exportUsage': () => usage.exportUsage(),
      'askOpenRouter.reconcileUsage': () => usage.reconcile(),
      'askOpenRouter.deleteUsage': () => usage.deleteHistory(),
    },
    restoreAnswers: async restored => {
      await restore();
      panel.adopt(restored);
    },
    restoreUsage: restored => usage.adopt(restored),
    flush: () => keeper.flush(),
    dispose: () => vscode.Disposable.from(...owned).dispose(),
    testHandles: {
      conversation,
      keeper,
      dialogs,
      promptInput,
      ledger: ledger.store,
      keys,
      runFailureAction: panelPorts.runFailureAction,
    },
  };
}
