import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { PriceBounds } from '../app/ask/priceBounds';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import type { ActivationParts, Own } from './activationParts';
import { composeCompare } from './composeCompare';
import type { Foundation } from './composeFoundation';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, clients, editors, estimates, models, newId, openRouter, settler, workbench } = foundation;
  const { store } = foundation.ledger;
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const bounds = new PriceBounds(new EndpointPrices(endpoints, openRouter));
  const asker = new Asker(clients, store, settings, models, bounds);
  const preparation = new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds);
  const estimateDraft = createDraftEstimate(estimates, models, settings);
  const session = own(
    new AskSession(
      asker,
      preparation,
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
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  const compare = composeCompare(parts, foundation, { session, preparation, askCommands });
  const pageHandler = new AnswerPageHandler(session, failureActions, choose, dialogs, editors, log, compare);
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, report));
  return {
    ...compare,
    answerPanel,
    askCommands,
    check,
    failureActions,
    keeper,
    pageHandler,
    picker,
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;
