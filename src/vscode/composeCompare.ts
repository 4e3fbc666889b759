import { AskCommands } from '../app/ask/askCommands';
import type { AskSession } from '../app/ask/askSession';
import type { RequestPreparation } from '../app/ask/requestPreparation';
import { Candidates } from '../app/compare/candidates';
import { CompareCommands } from '../app/compare/compareCommands';
import { CompareRun } from '../app/compare/compareRun';
import { GroupPreparation } from '../app/compare/groupPreparation';
import { RerunCommands } from '../app/compare/rerunCommands';
import type { ActivationParts } from './activationParts';
import type { Foundation } from './composeFoundation';

/** Builds the commands that ask: one model, several the same, and one of them again. */
export function composeCompare(
  { dialogs, endpoints, settings }: ActivationParts,
  { apiKey, clients, editors, ledger, models, newId, openRouter, workbench }: Foundation,
  session: AskSession,
  preparation: RequestPreparation,
) {
  const askCommands = new AskCommands(session, editors, dialogs, settings);
  const group = new GroupPreparation(preparation, ledger.store, clients, settings, dialogs, workbench);
  const run = new CompareRun(session, group, apiKey, newId);
  const candidates = new Candidates(models, endpoints, openRouter, settings, dialogs);
  return {
    askCommands,
    comparing: new CompareCommands(session, run, candidates, askCommands, editors, settings, dialogs),
    rerunning: new RerunCommands(session, candidates, models, dialogs),
  };
}
