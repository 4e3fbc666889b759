import * as vscode from 'vscode';
import type { Turn } from './core/chat/conversation';
import type { LedgerStore } from './core/money/ledger';
import { createMemoryLedger } from './core/money/memoryLedger';
import { createUlids } from './core/ulid';
import { registerCommands, reportSurprise } from './host/commands';
import { setContextKey } from './host/contextKeys';
import { Dialogs } from './host/dialogs';
import { Endpoints } from './host/endpoints';
import { KeyStore } from './host/keyStore';
import { Log } from './host/log';
import { ModelCache } from './host/modelCache';
import { onDidChangeSettings, readSettings, updateModel } from './host/settings';
import { answerViewType, contextKeys } from './ids';
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
import { lastRequestText } from './ui/spend/lastRequestText';
import { StatusBar } from './ui/spend/statusBar';

/** What tests inside VS Code get hold of; nobody else does. */
export interface TestHandles {
  readonly conversation: ActiveConversation;
  readonly keeper: ConversationKeeper;
  readonly dialogs: Dialogs;
  readonly promptInput: PromptInput;
  readonly ledger: LedgerStore;
  readonly keys: KeyStore;
}

/** Set while active, so that `deactivate` can save what is not saved yet. */
let activeKeeper: ConversationKeeper | undefined;

/** Builds everything and wires it. Touches no network, file, database or client library. */
export function activate(context: vscode.ExtensionContext): TestHandles | undefined {
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const newId = createUlids();
  const log = own(new Log());
  const dialogs = new Dialogs();
  const promptInput = new PromptInput();
  const report = (error: unknown): void => void reportSurprise('Ask OpenRouter', error, log, dialogs);

  // Account and models
  const keys = new KeyStore(context.secrets);
  const endpoints = new Endpoints(keys);
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
  activeKeeper = keeper;

  // The panel
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
    confirmLarge: async question =>
      confirmLarge(
        question,
        await models.cached().then(() => models.peek(question.turn.sent.model)),
        dialogs,
      ),
    offerKey: () => apiKey.offer(),
    keepUnsent: setDraft,
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

  function composer(): ComposerState {
    const { model } = readSettings();
    return {
      model,
      modelName: models.peek(model)?.name,
      draft: keeper.draft,
      canSend: !conversation.isRunning,
    };
  }

  function setDraft(text: string): void {
    keeper.draft = text;
    panel.updateComposer();
  }

  const statusBar = own(
    new StatusBar({
      ledger,
      sessionStartedAtMs: Date.now(),
      modelName: () => readSettings().model,
      isRunning: () => conversation.isRunning,
      lastRequest: () => lastRequestText(conversation.conversation),
    }),
  );
  const askCommands = new AskCommands({
    dialogs,
    promptInput,
    ask: wish => asking.ask(wish),
    modelName: () => readSettings().model,
  });

  own(
    registerCommands(
      {
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
      log,
      dialogs,
    ),
  );

  // What depends on state follows it.
  const updateKeyContext = async (): Promise<void> => {
    const endpoint = await endpoints.current();
    await setContextKey(contextKeys.hasKey, endpoint.ok && endpoint.value.apiKey !== undefined);
  };
  own(keys.onDidChange(() => void updateKeyContext().catch(report)));
  own(
    onDidChangeSettings(() => {
      statusBar.render();
      panel.updateComposer();
      updateKeyContext().catch(report);
    }),
  );
  own(
    conversation.onDidChangeRunning(() => {
      statusBar.render();
      panel.updateComposer();
      setContextKey(contextKeys.isRunning, conversation.isRunning).catch(report);
    }),
  );
  own(
    vscode.window.registerWebviewPanelSerializer(answerViewType, {
      deserializeWebviewPanel: async restored => {
        await keeper.restore();
        panel.adopt(restored);
      },
    }),
  );
  updateKeyContext().catch(report);

  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { conversation, keeper, dialogs, promptInput, ledger, keys };
}

/** Saves the last words of a running answer before the window goes away. */
export async function deactivate(): Promise<void> {
  await activeKeeper?.flush();
  activeKeeper = undefined;
}
