import { monotonicFactory } from 'ulid';
import type * as vscode from 'vscode';
import { ApiKeyCommands } from '../app/account/apiKeyCommands';
import { Clients } from '../app/account/clients';
import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { readCredit } from '../app/account/credit';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { logRequests } from '../app/ask/requestLog';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { estimateAtHand } from '../app/models/modelEstimates';
import { ModelList } from '../app/models/modelList';
import { Estimates } from '../app/usage/estimates';
import { tellLedgerFaults } from '../app/usage/ledgerFaultNotice';
import { LimitWarning } from '../app/usage/limitWarning';
import { UsageStatus } from '../app/usage/usageStatus';
import { systemClock } from '../core/base/clock';
import { Settler } from '../core/ledger/settler';
import { openRouter as openRouterClients } from '../openrouter/openRouter';
import { openLedger } from '../storage/openLedger';
import type { ActivationParts } from './activationParts';
import { registerRefreshCredit } from './commands';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { VscodeEditors } from './editors';
import { FileModelCache } from './modelCache';
import { rememberPending } from './pendingMemento';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';
import { UsagePanel } from './views/usagePanel';
import { VscodeWorkbench } from './workbench';

/** Takes what must be disposed with the app, and gives it back. */
type Own = <T extends vscode.Disposable>(thing: T) => T;

export type Composed = ReturnType<typeof compose>;

/** Builds everything behind the commands, each part from those above it. It decides nothing. */
export function compose(parts: ActivationParts, own: Own) {
  const { context, log, dialogs, settings, keys, endpoints, statusBar, report } = parts;
  const newId = monotonicFactory();
  const openRouter = logRequests(openRouterClients, log);
  const editors = own(new VscodeEditors());
  const workbench = own(new VscodeWorkbench());
  const clients = new Clients(endpoints, openRouter);
  const apiKey = new ApiKeyCommands(keys, endpoints, openRouter, dialogs);
  const models = own(new ModelList(endpoints, openRouter, new FileModelCache(context.globalStorageUri), log));

  const { ledger, onDidFault } = openLedger(context.globalStorageUri.fsPath, { windowId: newId() });
  own(ledger);
  own(tellLedgerFaults(onDidFault, log, dialogs));
  const { leases, store, queries } = ledger;
  const settler = own(
    new Settler({
      ...systemClock,
      leases,
      store,
      connect: origin => clients.account(origin),
      pricingOf: id => models.findPricing(id),
      onError: report,
    }),
  );
  const modelsAtHand = () => models.atHand;
  const estimates = own(new Estimates({ store, queries, modelsAtHand, onError: report }));

  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const asker = new Asker(clients, store, settings, models);
  const preparation = new RequestPreparation(estimates, models, settings, dialogs, workbench);
  const draftEstimate = createDraftEstimate(estimates, models, settings);
  const session = own(
    new AskSession(
      asker,
      preparation,
      conversations,
      models,
      settings,
      workbench,
      apiKey,
      draftEstimate,
      newId,
      report,
    ),
  );
  const keeper = own(new ConversationKeeper(session, conversations, settings, report));
  own(new CostUpdates(session, store, settler, models, report));
  own(followRunning(session, report));

  const check = new ConnectionCheckCommand(
    session,
    asker,
    preparation,
    endpoints,
    models,
    openRouter,
    settings,
    newId,
  );
  const picker = new ModelPicker(models, settings, () =>
    estimateAtHand(session, editors, estimates, settings),
  );
  const { choose } = picker;
  const failureActions = new FailureActions(session, check, apiKey, choose, settings, dialogs, workbench);
  const pageHandler = new AnswerPageHandler(session, failureActions, choose, dialogs, editors, log);
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, report));
  const askCommands = new AskCommands(session, editors, dialogs, settings);

  const usageStatus = own(
    new UsageStatus({
      ledger: store,
      session,
      settings,
      workbench,
      onDidCountPending: rememberPending(context.globalState, report),
      onError: report,
    }),
  );
  own(usageStatus.onDidChange(state => statusBar.show(state)));
  usageStatus.refresh();
  own(registerRefreshCredit(async () => usageStatus.setCredit(await readCredit(clients)), report));
  own(new LimitWarning(settings, dialogs, workbench, report));
  const usagePanel = own(
    new UsagePanel({
      extensionUri: context.extensionUri,
      ledger: store,
      queries,
      pricingOf: id => models.findPricing(id),
      account: () => clients.account(),
      dialogs,
      log,
      report,
      ask: () => answerPanel.focusComposer(),
      now: Date.now,
    }),
  );
  settler.start().catch(report);
  return {
    answerPanel,
    apiKey,
    askCommands,
    check,
    failureActions,
    keeper,
    ledger,
    pageHandler,
    picker,
    session,
    usagePanel,
  };
}
