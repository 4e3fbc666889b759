import type { OpenRouter } from '../core/chat/endpoint';
import { describeFailure } from '../core/chat/failureText';
import { ModelCache } from '../host/modelCache';
import { updateModel } from '../host/settings';
import { ApiKeyCommands } from '../ui/account/apiKeyCommands';
import { ModelList } from '../ui/models/modelList';
import { ModelPicker, type PickOrder, type PrepareEstimator } from '../ui/models/modelPicker';
import type { AppHost, Own } from './appHost';

export interface Account {
  readonly apiKey: ApiKeyCommands;
  readonly models: ModelList;
  /** Lets the user pick the model in force; true when one was picked. */
  readonly pickModel: (order: PickOrder) => Promise<boolean>;
}

/** The key and the models: who asks, and whom. */
export function createAccount(
  { context, log, dialogs, settings, keys, endpoints }: AppHost,
  openRouter: OpenRouter,
  estimateAtHand: () => PrepareEstimator,
  own: Own,
): Account {
  const endpoint = () => endpoints.current();
  const models = own(
    new ModelList({
      baseUrl: () => endpoints.baseUrl,
      endpoint,
      openRouter,
      cache: new ModelCache(context.globalStorageUri),
      onFailure: failure => log.warn(`List of models: ${describeFailure(failure, 'the list').sentence}`),
      onError: error => log.error('The list of models could not be kept', error),
    }),
  );
  const apiKey = new ApiKeyCommands({ keys, endpoint, openRouter, dialogs });
  const picker = new ModelPicker(models, () => settings.current.model, estimateAtHand);
  return {
    apiKey,
    models,
    pickModel: async order => {
      const model = await picker.pick(order);
      if (model !== undefined) await updateModel(model);
      return model !== undefined;
    },
  };
}
