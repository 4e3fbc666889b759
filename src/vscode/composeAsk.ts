import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { KeyWatch } from '../app/account/keyWatch';
import { AnswerCaps } from '../app/ask/answerCap';
import { AnswerPageHandler, type AnswerPageParts } from '../app/ask/answerPageHandler';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createCapNote } from '../app/ask/capNote';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { ContinueCommands } from '../app/ask/continueCommands';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions, type FailureActionsParts } from '../app/ask/failureActions';
import { FailureExplainer } from '../app/ask/failureExplainer';
import { PriceBounds } from '../app/ask/priceBounds';
import { PromptCaching } from '../app/ask/promptCaching';
import { RawResponses } from '../app/ask/rawResponses';
import { RequestCopies } from '../app/ask/requestCopies';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { SecretMasking } from '../app/ask/secretMasking';
import { SentRequests } from '../app/ask/sentRequests';
import { CommitMessage } from '../app/commit/commitMessage';
import { ContextPage } from '../app/context/contextPage';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointLookup } from '../app/models/endpointLookup';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import { ModelParameters } from '../app/models/modelParameters';
import { ModelTiers } from '../app/models/modelTiers';
import { systemClock } from '../core/base/clock';
import { SecretVault } from '../core/prompts/masking/secretVault';
import type { ActivationParts, Own } from './activationParts';
import { composeApply } from './composeApply';
import { composeCompare } from './composeCompare';
import { type ContextParts, composeContext } from './composeContext';
import type { Foundation } from './composeFoundation';
import { composeHistory } from './composeHistory';
import { composeModelPage } from './composeModelPage';
import { composePrivacy } from './composePrivacy';
import { composePrompts } from './composePrompts';
import { followAnswers, followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import type { RowActions } from './views/modelItems';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { dialogs, settings, endpoints } = parts;
  const { newId, openRouter, workbench } = foundation;
  const masking = new SecretMasking(new SecretVault(newId().slice(-8)), settings, dialogs);
  const sentRequests = new SentRequests(messages => masking.masked(messages));
  const context = composeContext(parts, foundation, own);
  const rawResponses = new RawResponses(masking, foundation.editors, dialogs);
  const wire = { rawResponses, sentRequests };
  const composed = composeSession(parts, foundation, wire, masking, context);
  const { asker, conversations, parameters, preparation, session } = composed;
  own(session);
  const keeper = followSession(parts, foundation, session, conversations, own);
  const history = composeHistory(parts, foundation, session, own);

  const check = composeCheck(parts, foundation, composed);
  const prompting = composePrompts(parts, foundation, session, masking, context);
  const compare = composeCompare(parts, foundation, session, preparation, prompting.askCommands, context);
  const privacy = composePrivacy(parts, foundation, composed, own);
  const model = composeModelPage(parts, foundation, { ...compare, ...composed, ...privacy }, own);
  const picker = composePicker(parts, foundation, session, model, {
    showModel: id => model.modelDetails.show(id),
    compare: id => compare.comparing.compareWith(id),
  });
  const { choose } = picker;
  const continuing = new ContinueCommands(session, dialogs);
  const asking = { session, continuing, check, chooseModel: choose };
  const failureActions = composeFailureActions(parts, foundation, asking);
  const changes = composeApply(parts, foundation, session, own);
  const requestCopies = new RequestCopies(session, sentRequests, endpoints, openRouter, dialogs);
  const buttons = {
    changes,
    compare,
    continuing,
    failureActions,
    parameters,
    privacy,
    models: { choose, details: model.modelDetails },
    wire: { copies: requestCopies, responses: rawResponses },
  };
  return {
    ...compare,
    ...composePanel(parts, foundation, session, context, buttons, own),
    ...history,
    ...prompting,
    check,
    commitMessage: new CommitMessage(asker, preparation, workbench, settings, dialogs, newId),
    context,
    continuing,
    endpointPrices: composed.endpointPrices,
    failureActions,
    keeper,
    ...model,
    picker,
    ...privacy,
    proposals: changes.proposals,
    rawResponses,
    requestCopies,
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;

/** What is remembered of requests and responses as they went over the wire. */
interface Wire {
  readonly rawResponses: RawResponses;
  readonly sentRequests: SentRequests;
}

/** What the buttons of the panel do, beside the session itself, and what the panel follows of it. */
interface Buttons
  extends Pick<
    AnswerPageParts,
    'compare' | 'continuing' | 'failureActions' | 'models' | 'parameters' | 'wire'
  > {
  readonly changes: ReturnType<typeof composeApply>;
  readonly privacy: ReturnType<typeof composePrivacy>;
}

function composePanel(
  { context: extension, dialogs, keyPresence, log, report, settings }: ActivationParts,
  { costs, editors, workbench }: Foundation,
  session: AskSession,
  context: ContextParts,
  buttons: Buttons,
  own: Own,
) {
  const pageHandler = new AnswerPageHandler(session, {
    ...buttons,
    costs,
    dialogs,
    editors,
    log,
    workbench,
    context: new ContextPage(session, context, buttons.models.choose, settings, dialogs),
  });
  const { explanations } = costs;
  const { changes, privacy } = buttons;
  const answerPanel = own(
    new AnswerPanel({
      extensionUri: extension.extensionUri,
      session,
      keyPresence,
      handler: pageHandler,
      explanations,
      passports: privacy.passports,
      context,
      changes: changes.proposals,
      dialogs,
      onError: report,
    }),
  );
  return { answerPanel, pageHandler };
}

function composeCheck(
  { endpoints, settings }: ActivationParts,
  { models, newId, openRouter }: Foundation,
  { asker, preparation, session }: ReturnType<typeof composeSession>,
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

function composeFailureActions(
  { dialogs, settings }: ActivationParts,
  { freeQuota, keyWays, workbench }: Foundation,
  asking: Pick<FailureActionsParts, 'session' | 'continuing' | 'check' | 'chooseModel'>,
): FailureActions {
  return new FailureActions({ ...asking, keyWays, settings, dialogs, workbench, freeQuota });
}

/** What keeps the conversation, and follows what becomes known of its costs. */
function followSession(
  { dialogs, settings, report }: ActivationParts,
  { clients, freeQuota, ledger, models, settler, workbench }: Foundation,
  session: AskSession,
  conversations: FileConversationStore,
  own: Own,
): ConversationKeeper {
  own(new CostUpdates(session, ledger.store, settler, models, report));
  own(followRunning(session, report));
  own(followAnswers(session, report));
  own(new KeyWatch(session, clients, freeQuota, dialogs, workbench, systemClock.now, report));
  return own(new ConversationKeeper(session, conversations, settings, report));
}

function composeAsker(
  { clients, ledger, models }: Foundation,
  settings: ActivationParts['settings'],
  masking: SecretMasking,
  explainer: FailureExplainer,
  { rawResponses, sentRequests }: Wire,
): Asker {
  return new Asker(
    masking.restoring(clients),
    masking.recording(ledger.store),
    settings,
    models,
    explainer,
    (turnId, request) => sentRequests.remember(turnId, request),
    (rowId, response) => rawResponses.remember(rowId, response),
  );
}

function composeSession(
  { dialogs, endpoints, settings, context, report }: ActivationParts,
  foundation: Foundation,
  wire: Wire,
  masking: SecretMasking,
  { list }: ContextParts,
) {
  const { cacheRecord, keyWays, estimates, ledger, models, newId, news } = foundation;
  const { openRouter, workbench } = foundation;
  const endpointPrices = new EndpointPrices(endpoints, openRouter);
  const bounds = new PriceBounds(endpointPrices);
  const caps = new AnswerCaps(endpointPrices);
  const tiers = new ModelTiers(endpointPrices, endpoints);
  const parameters = new ModelParameters(settings, models, tiers);
  const lookup = new EndpointLookup(endpointPrices, endpoints, openRouter, models);
  const explainer = new FailureExplainer(bounds, models, lookup, ledger.store);
  const asker = composeAsker(foundation, settings, masking, explainer, wire);
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const preparation = foundation.freeQuota.before(
    masking.before(
      new RequestPreparation({
        estimates,
        models,
        settings,
        dialogs,
        workbench,
        bounds,
        caps,
        news,
        tiers,
        ledger: ledger.store,
      }),
    ),
    explainer,
  );
  const caching = new PromptCaching(cacheRecord, estimates, models, settings);
  const estimateDraft = createDraftEstimate(
    estimates,
    models,
    settings,
    caching,
    createCapNote(estimates, models, settings, caps, { bounds, ledger: ledger.store }),
    tiers,
  );
  const session = new AskSession({
    asker,
    preparation: caching.markingWith(preparation),
    store: conversations,
    models,
    settings,
    workbench,
    keyWays,
    estimateDraft,
    newId,
    onError: report,
    controlOf: model => parameters.controlOf(model),
    context: list,
  });
  return { asker, conversations, endpointPrices, lookup, parameters, preparation, session };
}

function composePicker(
  { dialogs, settings }: ActivationParts,
  { badges, editors, estimates, models, usedModels }: Foundation,
  session: AskSession,
  { modelUse }: ReturnType<typeof composeModelPage>,
  rowActions: RowActions,
): ModelPicker {
  return new ModelPicker(
    models,
    badges,
    usedModels,
    settings,
    modelUse,
    dialogs,
    () => estimateAtHand(session, editors, estimates, settings),
    rowActions,
  );
}
