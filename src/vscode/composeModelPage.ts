import type { RoutingMenu } from '../app/ask/routingMenu';
import type { CompareCommands } from '../app/compare/compareCommands';
import type { EndpointLookup } from '../app/models/endpointLookup';
import { ModelDetails } from '../app/models/modelDetails';
import { ModelPageHandler } from '../app/models/modelPageHandler';
import { ModelPageView } from '../app/models/modelPageView';
import { ModelUse } from '../app/models/modelUse';
import { ShownEndpoints } from '../app/models/shownEndpoints';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';
import { ModelPanel } from './views/modelPanel';

interface UsedByPage {
  readonly comparing: CompareCommands;
  readonly lookup: EndpointLookup;
  readonly routing: RoutingMenu;
}

/** Builds the page of a model, and what its buttons do. */
export function composeModelPage(
  { context, dialogs, log, report, settings }: ActivationParts,
  { badges, models, usedModels: used }: Foundation,
  { comparing, lookup, routing }: UsedByPage,
  own: Own,
) {
  const endpoints = own(new ShownEndpoints(lookup, settings, Date.now));
  const view = own(new ModelPageView({ models, endpoints, badges, used, settings }, report));
  const modelUse = new ModelUse(settings, dialogs);
  // The panel hands on what the page asks for, and the page may ask for another model.
  const modelPanel: ModelPanel = own(
    new ModelPanel(
      context.extensionUri,
      view,
      { handle: message => modelPageHandler.handle(message) },
      report,
    ),
  );
  const modelDetails = new ModelDetails(models, view, modelPanel, settings, dialogs);
  const modelPageHandler = new ModelPageHandler(
    view,
    modelDetails,
    modelUse,
    comparing,
    routing,
    settings,
    dialogs,
    log,
  );
  const modelPage = { view, handler: modelPageHandler };
  return { modelDetails, modelPage, modelPanel, modelUse };
}
