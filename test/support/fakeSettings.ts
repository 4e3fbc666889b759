import type { SettingsReader } from '../../src/app/ports/settingsReader';
import type { Settings } from '../../src/app/settings';
import { Emitter } from '../../src/core/base/event';
import { knownFields } from '../../src/core/base/knownFields';
import { readParameters } from '../../src/core/chat/parameterSettings';
import type { ProviderRules } from '../../src/core/chat/providerRules';
import type { ServiceTier } from '../../src/core/chat/requestParameters';
import { noActions } from '../../src/core/prompts/actionSettings';
import { systemPrompt } from '../../src/core/prompts/actions';

const defaults: Settings = {
  baseUrl: 'https://openrouter.ai/api/v1',
  parameters: { model: 'acme/m1', maxTokens: 100 },
  modelParameters: {},
  systemPrompt,
  favouriteModels: [],
  modelRules: { allowedModels: [], blockedModels: [] },
  noBytesMs: 60_000,
  noDataMs: 300_000,
  attribution: { referer: '', title: '' },
  historyEnabled: true,
  storeText: false,
  appliedWithoutAsking: [],
  compareSets: {},
  promptCache: 'auto',
  secretScan: 'mask',
  actions: noActions,
  promptFolders: [],
  neverSend: [],
  statusBar: 'session',
  budgets: {},
  unusableLimits: [],
  unusableParameters: [],
};

/** Settings that a test changes. */
export class FakeSettings implements SettingsReader {
  /** How often they were looked at. */
  looks = 0;
  private values: Settings;
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;

  constructor(values: Partial<Settings> = {}) {
    this.values = { ...defaults, ...values };
  }

  get current(): Settings {
    this.looks += 1;
    return this.values;
  }

  set(values: Partial<Settings>): void {
    this.values = { ...this.values, ...values };
    this.changes.fire();
  }

  async setFavourites(favouriteModels: readonly string[]): Promise<void> {
    this.set({ favouriteModels });
  }

  async useModel(model: string): Promise<void> {
    this.set({ parameters: { ...this.values.parameters, model } });
  }

  async useRouting(changes: ProviderRules): Promise<void> {
    const provider = knownFields({ ...this.values.parameters.provider, ...changes });
    this.set({ parameters: { ...this.values.parameters, provider } });
  }

  async useActionModel(action: string, model: string | undefined): Promise<void> {
    const { actions } = this.values;
    const change = knownFields({ ...actions.changes[action], model });
    this.set({ actions: { ...actions, changes: { ...actions.changes, [action]: change } } });
  }

  async useModelParameters(model: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    const { parameters } = readParameters(fields);
    this.set({ modelParameters: { ...this.values.modelParameters, [model]: parameters } });
  }

  async useServiceTier(serviceTier: ServiceTier | undefined): Promise<void> {
    this.set({ parameters: { ...this.values.parameters, serviceTier } });
  }
}
