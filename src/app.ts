import * as vscode from 'vscode';
import type { Turn } from './core/chat/conversation';
import type { LedgerStore } from './core/money/ledger';
import { createMemoryLedger } from './core/money/memoryLedger';
import { createUlids } from './core/ulid';
import type { CommandHandlers } from './host/commands';
import { setContextKey } from './host/contextKeys';
import type { Dialogs } from './host/dialogs';
import type { Endpoints } from './host/endpoints';
import type { KeyStore } from './host/keyStore';
import type { Log } from './host/log';
import { ModelCache } from './host/modelCache';
import { onDidChangeSettings, readSettings, updateModel } from './host/settings';
import { contextKeys } from './ids';
import { openRouter } from './openrouter/openRouter';
import type { ComposerState } from './protocol/answerMessages';
import { ApiKeyCommands } from './ui/account/apiKeyCommands';
import { ConnectionCheckCommand } from './ui/account/connectionCheckCommand';
import { ActiveConversation } from './ui/ask/activeConversation';
import { AnswerPanel } from './ui/ask/answerPanel';
import { AskCommands } from './ui/ask/askCommands';
import { Asker } from './ui/ask/asker';
import { Asking } from './ui/ask/asking';
import { confirmLarge } from './ui/ask/confirmLarge';
import { ConversationKeeper } from './ui/ask/conversationKeeper';
import { ConversationStore } from './ui/ask/conversationStore';
import { type FailureActionPorts, runFailureAction } from './ui/ask/failureActions';
import { handlePanelMessage } from './ui/ask/panelMessages';
import { PromptInput } from './ui/ask/promptInput';
import { ModelList } from './ui/models/modelList';
import { ModelPicker } from './ui/models/modelPicker';
import { SpendStatus } from './ui/spend/spendStatus';
import type { StatusBarItem } from './ui/spend/statusBarItem';

/** What activation has made already. */
export interface AppHost {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly dialogs: Dialogs;
  readonly keys: KeyStore;
  readonly endpoints: Endpoints;
  readonly statusBar: StatusBarItem;
  /** For surprises outside a command. */
  readonly report: (error: unknown) => void;
}

/** Everything behind the commands: loaded and built when the first of them runs. */
export interface App extends vscode.Disposable {
  readonly handlers: CommandHandlers;
  /** Takes over an answer panel that VS Code kept across a reload. */
  restorePanel(panel: vscode.WebviewPanel): Promise<void>;
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
}

/** Builds the app and wires it. */
export function createApp({ context, log, dialogs, keys, endpoints, statusBar, report }: AppHost): App {
  const owned: vscode.Disposable[] = [];
  const own = <T extends vscode.Disposable>(thing: T): T => {
    owned.unshift(thing);
    return thing;
  };
  const newId = createUlids();
  const promptInput = new PromptInput();

  // Account and models
  const models = new ModelList({
    endpoint: () => endpoints.current(),
    openRouter,
    cache: new ModelCache(context.globalStorageUri),
    onError: error => log.error('The list of models could not be kept', error),
  });
  const apiKey = new ApiKeyCommands({ keys, endpoint: () => endpoints.current(), openRouter, dialogs });
  const picker = new ModelPicker(models, () => readSettings().model);
  const pickModel = async (only: 'free' | 'all'): Promise<boolean> => {
    const model = await picker.pick(only);
    if (model !== undefined) await updateModel(model);
    return model !== undefined;
  };

  // Asking
  const ledger = own(createMemoryLedger());
  const findModel = (id: string) => models.find(id, new AbortController().signal);
  const asker = new Asker({
    ledger,
    connect: async () => {
      const endpoint = await endpoints.currentWithKey();
      return endpoint.ok ? { ok: true, value: await openRouter.chat(endpoint.value) } : endpoint;
    },
    pricingOf: async id => (await findModel(id))?.pricing,
  });
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
  const composer = (): ComposerState => {
    const { model } = readSettings();
    return {
      model,
      modelName: models.peek(model)?.name,
      draft: keeper.draft,
      canSend: !conversation.isRunning,
    };
  };
  const panel = own(
    new AnswerPanel({
      extensionUri: context.extensionUri,
      conversation,
      composer,
      onMessage: message => void handlePanelMessage(message, panelPorts).catch(report),
      onDidClose: () => conversation.stop(),
    }),
  );
  const revealPanel = async (): Promise<void> => {
    await keeper.restore();
    panel.reveal();
  };
  const asking = new Asking({
    conversation,
    newId,
    revealPanel,
    confirmLarge: async question => {
      await models.cached();
      return confirmLarge(question, models.peek(question.turn.sent.model), dialogs);
    },
    offerKey: () => apiKey.offer(),
    keepUnsent: prompt => {
      keeper.draft = prompt;
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
  });
  const failureActionPorts: FailureActionPorts = {
    dialogs,
    retry: async (turn: Turn, maxTokens?: number) => {
      if (turn.kind === 'check') await check.run();
      else await asking.retry(turn, maxTokens);
    },
    setKey: () => apiKey.set(),
    getKey: () => apiKey.getAndSet(),
    pickModel,
  };
  const panelPorts = {
    dialogs,
    log,
    conversation,
    ask: asking.ask.bind(asking),
    runFailureAction: (...[action, turn]: [Parameters<typeof runFailureAction>[0], Turn]) =>
      runFailureAction(action, turn, failureActionPorts),
    pickModel: async () => void (await pickModel('all')),
    setDraft: (text: string) => {
      keeper.draft = text;
    },
  };

  // What depends on state follows it.
  const modelName = (): string => readSettings().model;
  const spendStatus = own(
    new SpendStatus({
      ledger,
      conversation,
      modelName,
      show: state => statusBar.show(state),
      onError: report,
    }),
  );
  own(
    onDidChangeSettings(() => {
      spendStatus.render();
      panel.updateComposer();
    }),
  );
  own(
    conversation.onDidChangeRunning(() => {
      panel.updateComposer();
      setContextKey(contextKeys.isRunning, conversation.isRunning).catch(report);
    }),
  );

  const askCommands = new AskCommands({ dialogs, promptInput, ask: wish => asking.ask(wish), modelName });
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
      'askOpenRouter.showPanel': async () => {
        await keeper.restore();
        panel.focusComposer();
      },
      'askOpenRouter.stop': () => conversation.stop(),
      'askOpenRouter.showLog': () => log.show(),
    },
    restorePanel: async restored => {
      await keeper.restore();
      panel.adopt(restored);
    },
    flush: () => keeper.flush(),
    dispose: () => vscode.Disposable.from(...owned).dispose(),
    testHandles: { conversation, keeper, dialogs, promptInput, ledger, keys },
  };
}
