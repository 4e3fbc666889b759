import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { KeyWatch } from '../app/account/keyWatch';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { PriceBounds } from '../app/ask/priceBounds';
import { PromptCaching } from '../app/ask/promptCaching';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import { systemClock } from '../core/base/clock';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { followAnswers, followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, keyPresence, report } = parts;
  const { keyWays, cacheRecord, clients, editors, estimates, models, newId, openRouter, settler, workbench } =
    foundation;
  const { store } = foundation.ledger;
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const bounds = new PriceBounds(new EndpointPrices(endpoints, openRouter));
  const asker = new Asker(clients, store, settings, models, bounds);
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
      keyWays,
      estimateDraft,
      newId,
      report,
    ),
  );
  const keeper = own(new ConversationKeeper(session, conversations, settings, report));
  own(new CostUpdates(session, store, settler, models, report));
  own(followRunning(session, report));
  own(followAnswers(session, report));
  own(new KeyWatch(session, clients, dialogs, workbench, systemClock.now, report));

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
  const failureActions = new FailureActions(session, check, keyWays, choose, settings, dialogs, workbench);
  const pageHandler = new AnswerPageHandler(
    session,
    failureActions,
    choose,
    dialogs,
    editors,
    workbench,
    log,
  );
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, keyPresence, pageHandler, report));
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  return { answerPanel, askCommands, check, failureActions, keeper, pageHandler, picker, session };
}

export type AskParts = ReturnType<typeof composeAsk>;
