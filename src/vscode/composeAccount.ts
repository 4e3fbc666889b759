import { ApiKeyCommands } from '../app/account/apiKeyCommands';
import { EnvironmentKey } from '../app/account/environmentKey';
import { KeyCheck } from '../app/account/keyCheck';
import { tellOfLostKey } from '../app/account/keyLoss';
import { KeyWays } from '../app/account/keyWays';
import { SignIn } from '../app/account/signIn/signIn';
import type { Workbench } from '../app/ports';
import { systemClock } from '../core/base/clock';
import type { OpenRouter } from '../core/models/openRouter';
import type { ActivationParts, Own } from './activationParts';
import { VscodeBrowser } from './browser';
import { processEnvironment } from './environment';
import { MementoKeyMemory } from './keyMemory';

/** Builds every way to a key. */
export function composeAccount(
  { context, dialogs, keys, endpoints, report }: ActivationParts,
  openRouter: OpenRouter,
  workbench: Workbench,
  own: Own,
) {
  const memory = new MementoKeyMemory(context.globalState);
  const keyCheck = new KeyCheck(keys, memory, openRouter, dialogs, workbench, report);
  const environment = new EnvironmentKey(processEnvironment, memory, keyCheck, dialogs);
  const apiKey = new ApiKeyCommands(keys, memory, endpoints, keyCheck, dialogs);
  const browser = own(new VscodeBrowser());
  const clock = systemClock;
  const signIn = own(
    new SignIn({
      endpoints,
      openRouter,
      keyCheck,
      environment,
      apiKey,
      browser,
      dialogs,
      clock,
      onError: report,
    }),
  );
  const keyWays = new KeyWays(signIn, apiKey, endpoints, environment, dialogs);
  tellOfLostKey(endpoints, memory, dialogs, workbench).catch(report);
  return { apiKey, keyWays };
}
