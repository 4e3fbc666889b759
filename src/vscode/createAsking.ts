import * as vscode from 'vscode';
import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { ActiveConversation } from '../app/ask/activeConversation';
import type { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { Asking } from '../app/ask/asking';
import { ComposerEstimate } from '../app/ask/composerEstimate';
import { type FailureActionPorts, runFailureAction } from '../app/ask/failureActions';
import { priceRunning } from '../app/ask/latePrices';
import { handlePanelMessage, type PanelMessagePorts } from '../app/ask/panelMessages';
import { Preparation } from '../app/ask/preparation';
import { toSent } from '../app/ask/questions';
import { showSettledCosts } from '../app/ask/settledCosts';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { type PrepareEstimator, prepareModelEstimates } from '../app/models/modelEstimates';
import { unlessAborted } from '../core/base/wait';
import type { Turn } from '../core/chat/conversation';
import { historyUpTo, lastAnswered } from '../core/chat/history';
import { succeed } from '../core/chat/result';
import { openRouter } from '../openrouter/openRouter';
import type { ComposerState, FromAnswerPage } from '../protocol/answerMessages';
import type { AppHost, Own } from './appHost';
import { FileConversationStore } from './conversationStore';
import type { Account } from './createAccount';
import type { UsageParts } from './createUsage';
import type { VscodeEditors } from './editors';
import { AnswerPanel } from './views/answerPanel';
import type { VscodeWorkbench } from './workbench';

/** The conversation, its panel, and all that leads to a request. */
export interface AskingParts {
  readonly conversation: ActiveConversation;
  readonly keeper: ConversationKeeper;
  readonly asking: Asking;
  readonly check: ConnectionCheckCommand;
  /** Ends what runs and what waits to be sent. */
  readonly stop: () => void;
  /** Shows the panel with the cursor in the question box. */
  readonly showPanel: () => void;
  /** Takes over a panel that VS Code kept across a reload. */
  readonly restorePanel: (panel: vscode.WebviewPanel) => void;
  /** What the list of models tells of the code or question at hand. */
  readonly estimateAtHand: () => PrepareEstimator;
  readonly followSettings: () => void;
  /** What runs or waits to be sent has changed. */
  readonly followRunning: () => void;
  readonly runFailureAction: PanelMessagePorts['runFailureAction'];
  /** Does what the user did in the page. */
  readonly handleMessage: (message: FromAnswerPage) => Promise<void>;
}

/** Builds what asks and shows; disposed through `own`. */
export function createAsking(
  host: AppHost,
  account: Account,
  spend: UsageParts,
  keepPrompt: AskCommands['keep'],
  editors: VscodeEditors,
  workbench: VscodeWorkbench,
  newId: () => string,
  own: Own,
): AskingParts {
  const { context, log, dialogs, settings, endpoints, report } = host;
  const { apiKey, models, pickModel } = account;
  const { ledger, estimates, limits, cachedModel } = spend;

  const asker = new Asker({
    ledger: ledger.store,
    limits,
    storeText: () => settings.current.storeText,
    connect: async () => {
      const endpoint = await endpoints.currentWithKey();
      if (!endpoint.ok) return endpoint;
      return succeed({ client: await openRouter.chat(endpoint.value), origin: endpoint.value.origin });
    },
    // An answer that has ended waits for no server.
    pricingOf: async id => (await cachedModel(id))?.pricing,
  });
  const conversation = own(new ActiveConversation(asker, newId));
  const keeper = own(
    new ConversationKeeper(
      conversation,
      new FileConversationStore(context.storageUri ?? context.globalStorageUri),
      () => settings.current.historyEnabled,
      error => log.error('The conversation could not be kept', error),
    ),
  );

  const composerEstimate = new ComposerEstimate({
    estimates,
    history: () => followUpHistory(),
    settings: () => settings.current,
    findModel: cachedModel,
    onDidChange: () => panel.updateComposer(),
    onError: report,
  });
  /** What goes along with a question typed into the panel. */
  const followUpHistory = (): readonly Turn[] =>
    historyUpTo(conversation.conversation, lastAnswered(conversation.conversation)?.id);
  /** Has the list of models fetched when it is missing or old; nobody waits for it. */
  const keepPrices = (): void => void models.keepFresh().catch(report);
  const setDraft = (text: string): void => {
    keeper.draft = text;
    composerEstimate.update(text);
    if (text.trim() !== '') keepPrices();
  };
  const composer = (): ComposerState => {
    const { model } = settings.current;
    return {
      model,
      modelName: models.peek(model)?.name,
      draft: keeper.draft,
      canSend: !conversation.isRunning && !asking.isPreparing,
      isPreparing: asking.isPreparing,
      earlierTurns: followUpHistory().length,
      estimate: composerEstimate.text,
    };
  };
  const panel: AnswerPanel = own(
    new AnswerPanel({
      extensionUri: context.extensionUri,
      conversation,
      composer,
      restore: () => restore(),
      onError: report,
      onMessage: message => void handleMessage(message).catch(report),
      onDidClose: () => stop(),
    }),
  );

  /** The conversation of the last session; its costs follow. */
  const restore = async (): Promise<void> => {
    if (!(await keeper.restore())) return;
    showSettledCosts(conversation, ledger.store).catch(report);
    composerEstimate.update(keeper.draft);
  };
  /** The page starts while the conversation is read. */
  const revealPanel = async (): Promise<void> => {
    panel.reveal();
    await restore();
  };
  const stop = (): void => {
    asking.stopPreparing();
    conversation.stop();
  };
  const preparation = new Preparation({
    estimates,
    budgets: () => settings.current.budgets,
    findModel: (id, mustKnow, signal) => {
      if (mustKnow) return unlessAborted(models.find(id), signal);
      keepPrices();
      return cachedModel(id);
    },
    dialogs,
    changeLimit: () => workbench.openSetting('budget'),
  });
  const prepare = preparation.prepare.bind(preparation);
  const asking: Asking = own(
    new Asking({
      conversation,
      settings: () => settings.current,
      newId,
      workspaceName: () => vscode.workspace.name,
      revealPanel,
      prepare,
      offerKey: () => apiKey.offer(),
      keepUnsent: ({ origin, action, prompt }) => {
        // What an action says of itself need not be kept, and a question about code is none without it.
        if (origin === 'command') keepPrompt(action, prompt);
        else setDraft(keeper.draft === '' ? prompt : `${keeper.draft}\n\n${prompt}`);
        panel.updateComposer();
      },
    }),
  );
  const check = new ConnectionCheckCommand({
    asker,
    conversation,
    endpoints,
    models,
    openRouter,
    modelName: () => settings.current.model,
    newId,
    revealPanel,
    prepare,
  });
  const failureActionPorts: FailureActionPorts = {
    dialogs,
    workbench,
    retry: async (turn: Turn, changes) => {
      if (turn.kind === 'check') await check.retry(turn, changes);
      else await asking.retry(turn, changes);
    },
    setKey: () => apiKey.set(),
    getKey: () => apiKey.getAndSet(),
    pickModel,
    useModel: id => settings.useModel(id),
  };
  const messagePorts: PanelMessagePorts = {
    dialogs,
    log,
    conversation,
    editors,
    ask: wish => asking.ask(wish),
    isPreparing: () => asking.isPreparing,
    runFailureAction: (action, turn) => runFailureAction(action, turn, failureActionPorts),
    pickModel: async () => void (await pickModel('all')),
    setDraft,
    stopPreparing: () => asking.stopPreparing(),
  };
  const showState = (): void => {
    composerEstimate.update(keeper.draft);
    panel.updateComposer();
    // The list may have come while a request was on its way into the conversation.
    priceRunning(conversation, id => models.peek(id));
  };
  own(models.onDidChange(showState));
  const handleMessage = (message: FromAnswerPage) => handlePanelMessage(message, messagePorts);
  return {
    conversation,
    keeper,
    asking,
    check,
    stop,
    showPanel: () => panel.focusComposer(),
    estimateAtHand: () => {
      // Which instruction goes with selected code is not known yet; it is a sentence.
      const code = editors.selectedCode();
      const history = code ? [] : followUpHistory();
      const sent = toSent({ prompt: code ? '' : keeper.draft, code }, history, settings.current);
      return prepareModelEstimates(estimates, history, sent);
    },
    restorePanel: restored => panel.adopt(restored),
    followSettings: () => {
      keeper.followSetting();
      showState();
    },
    followRunning: showState,
    runFailureAction: messagePorts.runFailureAction,
    handleMessage,
  };
}
