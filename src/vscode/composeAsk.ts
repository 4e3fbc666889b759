import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { FailureExplainer } from '../app/ask/failureExplainer';
import { PriceBounds } from '../app/ask/priceBounds';
import { PromptCaching } from '../app/ask/promptCaching';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointLookup } from '../app/models/endpointLookup';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { composePrivacy } from './composePrivacy';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, cacheRecord, costs, editors, estimates, models, newId } = foundation;
  const { openRouter, settler, workbench } = foundation;
  const { store } = foundation.ledger;
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const { asker, bounds, lookup } = composeAsker(parts, foundation);
  const preparation = new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds);
  const caching = new PromptCaching(cacheRecord, estimates, models, settings);
  const estimateDraft = createDraftEstimate(estimates, models, settings, caching);
  const session = own(
    new AskSession(
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
  const { passports, routing } = composePrivacy(parts, foundation, { session, lookup }, own);
  const pageHandler = new AnswerPageHandler(session, failureActions, choose, dialogs, editors, log, costs, {
    passports,
    routing,
  });
  const { explanations } = costs;
  const answerPanel = own(
    new AnswerPanel(context.extensionUri, session, pageHandler, explanations, passports, report),
  );
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  return {
    answerPanel,
    askCommands,
    check,
    failureActions,
    keeper,
    pageHandler,
    picker,
    routing,
    session,
  };
}

/** Builds what sends requests and explains why one failed. */
function composeAsker({ endpoints, settings }: ActivationParts, foundation: Foundation) {
  const { clients, ledger, models, openRouter } = foundation;
  const bounds = new PriceBounds(new EndpointPrices(endpoints, openRouter));
  const lookup = new EndpointLookup(endpoints, openRouter, models);
  const explainer = new FailureExplainer(bounds, models, lookup, ledger.store);
  const asker = new Asker(clients, ledger.store, settings, models, explainer);
  return { asker, bounds, lookup };
}

export type AskParts = ReturnType<typeof composeAsk>;
