import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { PriceBounds } from '../app/ask/priceBounds';
import { PromptCaching } from '../app/ask/promptCaching';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { SecretMasking } from '../app/ask/secretMasking';
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
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, cacheRecord, clients, costs, editors, estimates, models, newId } = foundation;
  const { openRouter, settler, workbench } = foundation;
  const { store } = foundation.ledger;
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const bounds = new PriceBounds(new EndpointPrices(endpoints, openRouter));
  const masking = new SecretMasking(new SecretVault(newId().slice(-8)), settings, dialogs);
  const asker = new Asker(masking.restoring(clients), masking.recording(store), settings, models, bounds);
  const preparation = new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds);
  const caching = new PromptCaching(cacheRecord, estimates, models, settings);
  const estimateDraft = createDraftEstimate(estimates, models, settings, caching);
  const session = own(
    new AskSession(
      asker,
      masking.before(caching.markingWith(preparation)),
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
  const pageHandler = new AnswerPageHandler(session, failureActions, choose, dialogs, editors, log, costs);
  const { explanations } = costs;
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, explanations, report));
  const { askCommands, prompts } = composePrompts(parts, foundation, session);
  return {
    answerPanel,
    askCommands,
    check,
    failureActions,
    keeper,
    pageHandler,
    picker,
    prompts,
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;
