import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerCaps } from '../app/ask/answerCap';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import type { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createCapNote } from '../app/ask/capNote';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { ContinueCommands } from '../app/ask/continueCommands';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { PriceBounds } from '../app/ask/priceBounds';
import { PromptCaching } from '../app/ask/promptCaching';
import { RequestCopies } from '../app/ask/requestCopies';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { RequestPreview } from '../app/ask/requestPreview';
import { SentRequests } from '../app/ask/sentRequests';
import { CommitMessage } from '../app/commit/commitMessage';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import type { ActivationParts, Own } from './activationParts';
import { composeApply } from './composeApply';
import { composeCompare } from './composeCompare';
import type { Foundation } from './composeFoundation';
import { composeHistory } from './composeHistory';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import type { RowActions } from './views/modelItems';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, costs, editors, newId, openRouter, workbench } = foundation;
  const sentRequests = new SentRequests();
  const { asker, conversations, preparation, session } = composeSession(parts, foundation, sentRequests);
  own(session);
  const keeper = followSession(parts, foundation, session, conversations, own);
  const { conversationPicker, historyKeeper } = composeHistory(parts, foundation, session, own);

  const check = composeCheck(parts, foundation, session, asker, preparation);
  const picker = composePicker(parts, foundation, session);
  const { choose } = picker;
  const continuing = new ContinueCommands(session, dialogs);
  const failureActions = new FailureActions(
    session,
    continuing,
    check,
    apiKey,
    choose,
    settings,
    dialogs,
    workbench,
  );
  const changes = composeApply(parts, foundation, session, own);
  const requestCopies = new RequestCopies(session, sentRequests, endpoints, openRouter, dialogs);
  const compare = composeCompare(parts, foundation, session, preparation);
  const pageHandler = new AnswerPageHandler(
    session,
    failureActions,
    continuing,
    choose,
    dialogs,
    editors,
    changes,
    log,
    costs,
    requestCopies,
    compare,
  );
  const { explanations } = costs;
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, explanations, report));
  return {
    ...compare,
    answerPanel,
    check,
    commitMessage: new CommitMessage(asker, preparation, workbench, settings, dialogs, newId),
    conversationPicker,
    continuing,
    failureActions,
    historyKeeper,
    keeper,
    pageHandler,
    picker,
    proposals: changes.proposals,
    requestCopies,
    requestPreview: composePreview(parts, foundation, session, compare.askCommands),
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;

/** What keeps the conversation, and follows what becomes known of its costs. */
function followSession(
  { settings, report }: ActivationParts,
  { ledger, models, settler }: Foundation,
  session: AskSession,
  conversations: FileConversationStore,
  own: Own,
): ConversationKeeper {
  own(new CostUpdates(session, ledger.store, settler, models, report));
  own(followRunning(session, report));
  return own(new ConversationKeeper(session, conversations, settings, report));
}

function composePreview(
  { dialogs, endpoints, settings }: ActivationParts,
  { editors, estimates, models, openRouter }: Foundation,
  session: AskSession,
  askCommands: AskCommands,
): RequestPreview {
  return new RequestPreview(
    session,
    askCommands,
    editors,
    endpoints,
    openRouter,
    estimates,
    models,
    settings,
    dialogs,
  );
}

function composeSession(
  { dialogs, endpoints, settings, context, report }: ActivationParts,
  foundation: Foundation,
  sentRequests: SentRequests,
) {
  const { apiKey, cacheRecord, clients, estimates, ledger, models, newId, news } = foundation;
  const { openRouter, workbench } = foundation;
  const endpointPrices = new EndpointPrices(endpoints, openRouter);
  const bounds = new PriceBounds(endpointPrices);
  const caps = new AnswerCaps(endpointPrices);
  const asker = new Asker(
    clients,
    ledger.store,
    settings,
    models,
    bounds,
    (turnId, request) => sentRequests.remember(turnId, request),
    news,
  );
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const preparation = new RequestPreparation(
    estimates,
    models,
    settings,
    dialogs,
    workbench,
    bounds,
    caps,
    news,
  );
  const caching = new PromptCaching(cacheRecord, estimates, models, settings);
  const estimateDraft = createDraftEstimate(
    estimates,
    models,
    settings,
    caching,
    createCapNote(estimates, models, settings, caps),
  );
  const session = new AskSession(
    asker,
    caching.markingWith(preparation),
    conversations,
    models,
    settings,
    workbench,
    apiKey,
    estimateDraft,
    newId,
    report,
  );
  return { asker, conversations, preparation, session };
}

function composePicker(
  { dialogs, settings }: ActivationParts,
  { badges, editors, estimates, models, usedModels }: Foundation,
  session: AskSession,
): ModelPicker {
  // The model page and the comparison hang in here: a row has a button for each that is there.
  const rowActions: RowActions = {};
  return new ModelPicker(
    models,
    badges,
    usedModels,
    settings,
    dialogs,
    () => estimateAtHand(session, editors, estimates, settings),
    rowActions,
  );
}

function composeCheck(
  { endpoints, settings }: ActivationParts,
  { models, newId, openRouter }: Foundation,
  session: AskSession,
  asker: Asker,
  preparation: RequestPreparation,
): ConnectionCheckCommand {
  return new ConnectionCheckCommand(
    session,
    asker,
    preparation,
    endpoints,
    models,
    openRouter,
    settings,
    newId,
  );
}
