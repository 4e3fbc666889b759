import type { AskSession } from '../app/ask/askSession';
import { RoutingMenu } from '../app/ask/routingMenu';
import type { EndpointLookup } from '../app/models/endpointLookup';
import { Passports } from '../app/passport/passports';
import { WhoSaw } from '../app/passport/whoSaw';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';

interface AskedOf {
  readonly session: AskSession;
  readonly lookup: EndpointLookup;
}

/** Builds what says who saw what, and the menu of the routing rules. */
export function composePrivacy(
  { dialogs, settings }: ActivationParts,
  { clients, ledger, workbench }: Foundation,
  { session, lookup }: AskedOf,
  own: Own,
) {
  const passports = own(new Passports(session, ledger.store, lookup));
  const whoSaw = new WhoSaw(passports, dialogs);
  return { passports, routing: new RoutingMenu(settings, lookup, clients, whoSaw, dialogs, workbench) };
}
