import type { AskCommands } from '../app/ask/askCommands';
import type { AskSession } from '../app/ask/askSession';
import type { MaskedPreparation } from '../app/ask/secretMasking';
import { Candidates } from '../app/compare/candidates';
import { CompareCommands } from '../app/compare/compareCommands';
import { CompareRun } from '../app/compare/compareRun';
import { GroupPreparation } from '../app/compare/groupPreparation';
import { LimitShares } from '../app/compare/limitShares';
import { RerunCommands } from '../app/compare/rerunCommands';
import type { ActivationParts } from './activationParts';
import type { ContextParts } from './composeContext';
import type { Foundation } from './composeFoundation';

/** Builds the commands that ask: one model, several the same, and one of them again. */
export function composeCompare(
  { dialogs, endpoints, settings }: ActivationParts,
  { clients, editors, keyWays, ledger, models, newId, openRouter, workbench }: Foundation,
  session: AskSession,
  preparation: Pick<MaskedPreparation, 'priceOnly'>,
  askCommands: AskCommands,
  context: ContextParts,
) {
  const { store } = ledger;
  const shares = new LimitShares(store, settings);
  const group = new GroupPreparation(preparation, store, clients, settings, dialogs, workbench, shares);
  const run = new CompareRun(session, group, keyWays, newId, shares);
  const candidates = new Candidates(models, endpoints, openRouter, settings, dialogs);
  return {
    comparing: new CompareCommands(
      session,
      run,
      candidates,
      askCommands,
      editors,
      settings,
      dialogs,
      context.list,
    ),
    rerunning: new RerunCommands(session, candidates, models, dialogs),
  };
}
