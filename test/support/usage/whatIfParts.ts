import type { Trial } from '../../../src/app/compare/compareCommands';
import type { ModelList } from '../../../src/app/models/modelList';
import { WhatIfCommands } from '../../../src/app/usage/whatIfCommands';
import { WhatIfView } from '../../../src/app/usage/whatIfView';
import type { LedgerStore } from '../../../src/core/ledger/ledger';
import type { LedgerQueries, RowFilter } from '../../../src/core/ledger/ledgerQueries';
import type { Model, ModelEndpoint } from '../../../src/core/models/model';
import { FakeSettings } from '../fakeSettings';
import { makeModel } from '../models';
import { sampleModelIds, samplePricing } from './sampleLedger';

/** Models that the sample's user has asked, and some others: one that reasons, a router, and one with other tokens. */
export const listedModels: readonly Model[] = [
  ...sampleModelIds.map(id =>
    makeModel({ id, name: id, pricing: samplePricing(id) ?? {}, tokenizer: 'GPT' }),
  ),
  makeModel({
    id: 'acme/other',
    pricing: { prompt: '0.0000001', completion: '0.000001' },
    tokenizer: 'Claude',
  }),
  makeModel({ id: 'acme/thinker', tokenizer: 'GPT', reasoning: { isMandatory: true } }),
  makeModel({ id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } }),
];

/** Who serves any model: somebody at its price, with a flex tier. */
const endpointsOf = async (id: string): Promise<readonly ModelEndpoint[] | undefined> => {
  const { pricing } = listedModels.find(model => model.id === id) ?? { pricing: {} };
  return [{ provider: 'OpenAI', tag: 'openai', pricing }];
};

export interface WhatIfWorld {
  readonly store: Pick<LedgerStore, 'onDidChange'>;
  readonly queries: LedgerQueries;
  readonly filter: () => RowFilter;
  readonly report: (error: unknown) => void;
  /** What the user picks from the list of all models. */
  readonly pick?: () => string | undefined;
  readonly models?: readonly Model[] | undefined;
  readonly favourites?: readonly string[];
}

/** The what-if section's host side over a list of models of the tests. */
export function createWhatIf({
  store,
  queries,
  filter,
  report,
  pick,
  favourites = [],
  ...more
}: WhatIfWorld) {
  const models = 'models' in more ? more.models : listedModels;
  const list: Pick<ModelList, 'cached' | 'keepFresh'> = {
    keepFresh: async () => undefined,
    cached: async () => models && { baseUrl: '', fetchedAtMs: 0, models },
  };
  const used = { recent: async () => ['openai/gpt-5-mini'] };
  const settings = new FakeSettings({ favouriteModels: favourites });
  const view = new WhatIfView(
    store,
    { queries, endpoints: { endpointsOf } },
    list,
    used,
    settings,
    filter,
    report,
  );
  const compared: Trial[] = [];
  const commands = new WhatIfCommands(view, async () => pick?.(), {
    tryOther: async trial => void compared.push(trial),
  });
  return { view, commands, compared };
}
