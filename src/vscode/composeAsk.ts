import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
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
import type { Foundation } from './composeFoundation';
import { composeHistory } from './composeHistory';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, clients, costs, editors, estimates, models, newId } = foundation;
  const { openRouter, settler, workbench } = foundation;
  const { store } = foundation.ledger;
  const bounds = new PriceBounds(new EndpointPrices(endpoints, openRouter));
  const sentRequests = new SentRequests();
  const asker = new Asker(clients, store, settings, models, bounds, (turnId, request) =>
    sentRequests.remember(turnId, request),
  );
  const { conversations, preparation, session } = composeSession(parts, foundation, asker, bounds);
  own(session);
  const keeper = own(new ConversationKeeper(session, conversations, settings, report));
  const { conversationPicker, historyKeeper } = composeHistory(parts, foundation, session, own);
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
  const requestCopies = new RequestCopies(session, sentRequests, endpoints, openRouter, dialogs);
  const pageHandler = new AnswerPageHandler(
    session,
    failureActions,
    choose,
    dialogs,
    editors,
    log,
    costs,
    requestCopies,
  );
  const { explanations } = costs;
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, explanations, report));
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  const commitMessage = new CommitMessage(asker, preparation, workbench, settings, dialogs, newId);
  const requestPreview = composePreview(parts, foundation, session, askCommands);
  return {
    answerPanel,
    askCommands,
    check,
    commitMessage,
    conversationPicker,
    failureActions,
    historyKeeper,
    keeper,
    pageHandler,
    picker,
    requestCopies,
    requestPreview,
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;

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
  { dialogs, settings, context, report }: ActivationParts,
  { apiKey, cacheRecord, estimates, models, newId, workbench }: Foundation,
  asker: Asker,
  bounds: PriceBounds,
) {
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const preparation = new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds);
  const caching = new PromptCaching(cacheRecord, estimates, models, settings);
  const estimateDraft = createDraftEstimate(estimates, models, settings, caching);
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
  return { conversations, preparation, session };
}
