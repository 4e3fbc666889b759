import { Diagnostics } from '../app/account/diagnostics';
import type { ActivationParts } from './activationParts';
import type { Foundation } from './composeFoundation';
import { hostFacts } from './hostFacts';

/** Builds what puts the diagnostics together. */
export function composeDiagnostics(parts: ActivationParts, { clients, ledger, models }: Foundation) {
  const { context, dialogs, endpoints, log, settings } = parts;
  return new Diagnostics(
    () => hostFacts(context),
    settings,
    endpoints,
    models,
    clients,
    ledger.queries,
    dialogs,
    text => log.redact(text),
  );
}
