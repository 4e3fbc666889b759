import { ConnectionCheckCommand } from '../app/account/connectionCheckCommand';
import { AnswerCaps } from '../app/ask/answerCap';
import { AnswerPageHandler } from '../app/ask/answerPageHandler';
import { AskCommands } from '../app/ask/askCommands';
import { Asker } from '../app/ask/asker';
import { AskSession } from '../app/ask/askSession';
import { createCapNote } from '../app/ask/capNote';
import { createDraftEstimate } from '../app/ask/composerEstimate';
import { ContinueCommands } from '../app/ask/continueCommands';
import { CostUpdates } from '../app/ask/costUpdates';
import { FailureActions } from '../app/ask/failureActions';
import { PriceBounds } from '../app/ask/priceBounds';
import { RequestPreparation } from '../app/ask/requestPreparation';
import { ConversationKeeper } from '../app/conversations/conversationKeeper';
import { EndpointPrices } from '../app/models/endpointPrices';
import { estimateAtHand } from '../app/models/modelEstimates';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { followRunning } from './contextKeys';
import { FileConversationStore } from './conversationStore';
import { AnswerPanel } from './views/answerPanel';
import { ModelPicker } from './views/modelPicker';

/** What stands between a question and the wire. */
function composeRequests({ settings, dialogs, endpoints }: ActivationParts, foundation: Foundation) {
  const { clients, estimates, models, openRouter, workbench } = foundation;
  const endpointPrices = new EndpointPrices(endpoints, openRouter);
  const bounds = new PriceBounds(endpointPrices);
  const caps = new AnswerCaps(endpointPrices);
  return {
    asker: new Asker(clients, foundation.ledger.store, settings, models, bounds),
    preparation: new RequestPreparation(estimates, models, settings, dialogs, workbench, bounds, caps),
    draftTexts: {
      estimate: createDraftEstimate(estimates, models, settings),
      cap: createCapNote(estimates, models, settings, caps),
    },
  };
}

/** The session, and what follows it. */
function composeSession(
  { context, settings, report }: ActivationParts,
  { apiKey, ledger, models, newId, settler, workbench }: Foundation,
  { asker, preparation, draftTexts }: ReturnType<typeof composeRequests>,
  own: Own,
) {
  const conversations = new FileConversationStore(context.storageUri ?? context.globalStorageUri);
  const session = own(
    new AskSession(
      asker,
      preparation,
      conversations,
      models,
      settings,
      workbench,
      apiKey,
      draftTexts,
      newId,
      report,
    ),
  );
  const keeper = own(new ConversationKeeper(session, conversations, settings, report));
  own(new CostUpdates(session, ledger.store, settler, models, report));
  own(followRunning(session, report));
  return { session, keeper };
}

/** Builds the session, its panel, and the commands that ask. */
export function composeAsk(parts: ActivationParts, foundation: Foundation, own: Own) {
  const { context, log, dialogs, settings, endpoints, report } = parts;
  const { apiKey, editors, estimates, models, newId, openRouter, workbench } = foundation;
  const requests = composeRequests(parts, foundation);
  const { asker, preparation } = requests;
  const { session, keeper } = composeSession(parts, foundation, requests, own);

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
  const pageHandler = new AnswerPageHandler(
    session,
    failureActions,
    continuing,
    choose,
    dialogs,
    editors,
    log,
  );
  const answerPanel = own(new AnswerPanel(context.extensionUri, session, pageHandler, report));
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  return {
    answerPanel,
    askCommands,
    check,
    continuing,
    failureActions,
    keeper,
    pageHandler,
    picker,
    session,
  };
}

export type AskParts = ReturnType<typeof composeAsk>;
