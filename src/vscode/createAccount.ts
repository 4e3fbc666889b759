import { ApiKeyCommands } from '../app/account/apiKeyCommands';
import type { PrepareEstimator } from '../app/models/modelEstimates';
import { ModelList, type PickOrder } from '../app/models/modelList';
import { describeFailure } from '../core/chat/failureText';
import type { OpenRouter } from '../core/models/openRouter';
import type { AppHost, Own } from './appHost';
import { FileModelCache } from './modelCache';
import { ModelPicker } from './views/modelPicker';

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
      cache: new FileModelCache(context.globalStorageUri),
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
      if (model !== undefined) await settings.useModel(model);
      return model !== undefined;
    },
  };
}
