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
import { SecretMasking } from '../app/ask/secretMasking';
import { SentRequests } from '../app/ask/sentRequests';
import { CommitMessage } from '../app/commit/commitMessage';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import { SecretVault } from '../core/prompts/masking/secretVault';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { composePrompts } from './composePrompts';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { dialogs, settings, endpoints } = parts;
  const { apiKey, editors, estimates, models, newId, openRouter, workbench } = foundation;
  const masking = new SecretMasking(new SecretVault(newId().slice(-8)), settings, dialogs);
  const sentRequests = new SentRequests(messages => masking.masked(messages));
  const { asker, conversations, preparation, session } = composeSession(
    parts,
    foundation,
    sentRequests,
    masking,
  );
  own(session);
  const keeper = followSession(parts, foundation, session, conversations, own);

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
  const requestCopies = new RequestCopies(session, sentRequests, endpoints, openRouter, dialogs);
  const buttons = { continuing, failureActions, requestCopies };
  const { answerPanel, pageHandler } = composePanel(parts, foundation, session, choose, buttons, own);
  const { askCommands, prompts } = composePrompts(parts, foundation, session);
  return {
    answerPanel,
    askCommands,
    check,
    commitMessage: new CommitMessage(asker, preparation, workbench, settings, dialogs, newId),
    continuing,
    failureActions,
    keeper,
    pageHandler,
    picker,
    prompts,
    requestCopies,
    requestPreview: composePreview(parts, foundation, session, askCommands, masking),
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;

/** The panel, and what its buttons do. */
function composePanel(
  { context, dialogs, log, report }: ActivationParts,
  { costs, editors }: Foundation,
  session: AskSession,
  choose: ModelPicker['choose'],
  buttons: {
    readonly continuing: ContinueCommands;
    readonly failureActions: FailureActions;
    readonly requestCopies: RequestCopies;
  },
  own: Own,
) {
  const { continuing, failureActions, requestCopies } = buttons;
  const pageHandler = new AnswerPageHandler(
    session,
    failureActions,
    continuing,
    choose,
    dialogs,
    editors,
    log,
    costs,
    requestCopies,
  );
  const { explanations } = costs;
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, explanations, report));
  return { answerPanel, pageHandler };
}

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
  masking: SecretMasking,
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
    masking,
  );
}

function composeSession(
  { dialogs, endpoints, settings, context, report }: ActivationParts,
  foundation: Foundation,
  sentRequests: SentRequests,
  masking: SecretMasking,
) {
  const { apiKey, cacheRecord, clients, estimates, ledger, models, newId, openRouter, workbench } =
    foundation;
  const endpointPrices = new EndpointPrices(endpoints, openRouter);
  const bounds = new PriceBounds(endpointPrices);
  const caps = new AnswerCaps(endpointPrices);
  const [toServer, toLedger] = [masking.restoring(clients), masking.recording(ledger.store)];
  const asker = new Asker(toServer, toLedger, settings, models, bounds, (turnId, request) =>
    sentRequests.remember(turnId, request),
  );
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const preparation = masking.before(
    new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds, caps),
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
