import { ApiKeyCommands } from '../app/account/apiKeyCommands';
import { EnvironmentKey } from '../app/account/environmentKey';
import { KeyCheck } from '../app/account/keyCheck';
import { tellOfLostKey } from '../app/account/keyLoss';
import { KeyWays } from '../app/account/keyWays';
import { SignIn } from '../app/account/signIn/signIn';
import type { Workbench } from '../app/ports/workbench';
import { systemClock } from '../core/base/clock';
import type { OpenRouter } from '../core/models/openRouter';
import type { ActivationParts, Own } from './activationParts';

/** Builds every way to a key. */
export function composeAccount(
  { dialogs, keys, endpoints, report }: ActivationParts,
  openRouter: OpenRouter,
  workbench: Workbench,
  own: Own,
) {
  const keyCheck = new KeyCheck(keys, openRouter, dialogs, workbench, report);
  const environment = new EnvironmentKey(keys, keyCheck, dialogs);
  const apiKey = new ApiKeyCommands(keys, endpoints, keyCheck, dialogs);
  const clock = systemClock;
  const signIn = own(
    new SignIn({
      endpoints,
      openRouter,
      keyCheck,
      environment,
      apiKey,
      workbench,
      dialogs,
      clock,
      onError: report,
    }),
  );
  const keyWays = new KeyWays(signIn, apiKey, endpoints, environment, dialogs);
  tellOfLostKey(endpoints, keys, dialogs, workbench).catch(report);
  return { apiKey, keyWays };
}
