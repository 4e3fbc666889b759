import * as vscode from 'vscode';
import type { SettingsReader } from '../app/ports/settingsReader';
import { type Settings, secretScanModes, statusBarModes } from '../app/settings';
import { knownFields } from '../core/base/knownFields';
import type { ParameterChoice, readParameters } from '../core/chat/parameterSettings';
import type { ProviderRules, readProviderRules } from '../core/chat/providerRules';
import type { RequestParameters, ServiceTier } from '../core/chat/requestParameters';
import type { Budgets } from '../core/ledger/budgets';
import type { ActionSettings, readActions } from '../core/prompts/actionSettings';
import { builtInActions, systemPrompt } from '../core/prompts/actions';
import { forWorkspace } from '../core/prompts/ownAction';
import { settings, settingsSection } from '../ids';
import { fieldOf, SettingValues } from './settingValues';

/** What checks the settings of requests. It comes with the app: activation needs none of them, and would load a library. */
export interface SettingCheckers {
  readonly readParameters: typeof readParameters;
  readonly readProviderRules: typeof readProviderRules;
  readonly readActions: typeof readActions;
}

/** The settings in force: read once, and again after they change, because each look at one is slow. */
export class VscodeSettings implements SettingsReader, vscode.Disposable {
  private read: Settings | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private readonly chosenHere = new Set<string>();
  private checkers: SettingCheckers | undefined;

  readonly onDidChange: vscode.Event<void> = this.changed.event;

  constructor() {
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(settingsSection)) this.forget();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.forget()),
    );
  }

  get current(): Settings {
    this.read ??= readSettings(this.chosenHere, this.checkers);
    return this.read;
  }

  /** From now on the settings of requests count, too; before, only what activation shows does. */
  checkWith(checkers: SettingCheckers): void {
    this.checkers = checkers;
    this.read = undefined;
  }

  async useModel(model: string): Promise<void> {
    this.chosenHere.add(model);
    await updateInForce(settings.model, model);
  }

  async useRouting(changes: ProviderRules): Promise<void> {
    await changeUsers(settings.routing, changes);
  }

  async useServiceTier(tier: ServiceTier | undefined): Promise<void> {
    // A workspace's tier does not count.
    await changeUsers(settings.parameters, { service_tier: tier });
  }

  async useActionModel(action: string, model: string | undefined): Promise<void> {
    const found = configuration().inspect<object>(settings.actions);
    const isOfWorkspace = isWorkspaceAction(action, found?.workspaceValue, found?.globalValue);
    const all = isOfWorkspace ? found?.workspaceValue : found?.globalValue;
    const entry = fieldOf(all, action);
    await configuration().update(
      settings.actions,
      changed(all, { [action]: changed(typeof entry === 'object' && entry ? entry : {}, { model }) }),
      isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  async useModelParameters(model: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    await changeUsers(settings.modelParameters, {
      [model]: Object.keys(fields).length > 0 ? fields : undefined,
    });
  }

  async setFavourites(models: readonly string[]): Promise<void> {
    await configuration().update(settings.favouriteModels, models, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private forget(): void {
    this.read = undefined;
    this.changed.fire();
  }
}

/** @param chosenHere models that the user picked in this window: the workspace's settings hold them, too. */
function readSettings(chosenHere: ReadonlySet<string>, checkers: SettingCheckers | undefined): Settings {
  const values = new SettingValues(configuration());
  const statusBar = values.ofUser(settings.statusBar, 'session');
  const budgets: Budgets = {
    perRequestPico: values.usd(settings.budgetPerRequest),
    sessionPico: values.usd(settings.budgetSession),
    dailyPico: values.usd(settings.budgetDaily),
    monthlyPico: values.usd(settings.budgetMonthly),
    maxAnswerPico: values.usd(settings.budgetMaxAnswerCost),
  };
  return {
    baseUrl: values.ofUser(settings.baseUrl, ''),
    parameters: requestParameters(values, checkers),
    modelParameters: checkers ? modelParameters(values, checkers) : {},
    systemPrompt: values.ofWindow(settings.systemPrompt, '').trim() || systemPrompt,
    replacedModel: replacedModel(values, chosenHere),
    favouriteModels: toWords(values.ofUser<unknown>(settings.favouriteModels, [])),
    modelRules: {
      allowedModels: toWords(values.ofUser<unknown>(settings.allowedModels, [])),
      blockedModels: toWords(values.ofUser<unknown>(settings.blockedModels, [])),
    },
    noBytesMs: wholeNumber(values.ofUser(settings.noBytesSeconds, 60), 60) * 1000,
    noDataMs: wholeNumber(values.ofUser(settings.noDataSeconds, 300), 300) * 1000,
    attribution: {
      referer: values.ofUser(settings.attributionReferer, ''),
      title: values.ofUser(settings.attributionTitle, ''),
    },
    historyEnabled: values.ofUser(settings.historyEnabled, true),
    storeText: values.ofUser(settings.storeText, false),
    appliedWithoutAsking: appliedWithoutAsking(values.ofUser<unknown>(settings.actions, {})),
    compareSets: toModelSets(values.ofUser<unknown>(settings.compareSets, {})),
    promptCache: values.ofUser<string>(settings.promptCache, 'auto') === 'off' ? 'off' : 'auto',
    secretScan:
      secretScanModes.find(mode => mode === values.ofUser<string>(settings.secretScan, 'mask')) ?? 'mask',
    neverSend: values.ofEach(settings.neverSend).map(toTexts),
    actions: checkers ? ownActions(values, checkers) : { own: [], changes: {}, unusable: [] },
    promptFolders: toTexts(values.ofUser<unknown>(settings.promptFolders, [])),
    statusBar: statusBarModes.find(mode => mode === statusBar) ?? 'session',
    budgets,
    unusableLimits: values.unusableLimits,
    unusableParameters: values.unusableParameters,
  };
}

/** What every request starts from. A field that cannot be used is left out and told. */
function requestParameters(values: SettingValues, checkers: SettingCheckers | undefined): RequestParameters {
  const model = values.ofWindow(settings.model, '').trim();
  const maxTokens = wholeNumber(values.ofUser(settings.maxTokens, 4096), 4096);
  if (!checkers) return { model, maxTokens };
  const effort = checkers.readParameters({ reasoning: values.ofWindow(settings.reasoning, 'default') });
  const rules = checkers.readProviderRules(values.ofUser(settings.routing, {}));
  const fallbacks = values.ofWindow<unknown>(settings.fallbackModels, []);
  values.reportUnusable(settings.routing, rules.unusable);
  const chosen = chosenParameters(values, checkers, maxTokens);
  return knownParameters({
    ...effort.parameters,
    ...chosen,
    maxTokens: chosen.maxTokens ?? maxTokens,
    model,
    fallbackModels: toModelIds(fallbacks),
    provider: rules.rules,
  });
}

/** The user's, then the workspace's, which cannot make a request dearer than the user has it. */
function chosenParameters(
  values: SettingValues,
  checkers: SettingCheckers,
  maxTokens: number,
): ParameterChoice {
  const [ofUser, ...ofWorkspace] = values.ofEach(settings.parameters).map(fields => {
    const { parameters, unusable } = checkers.readParameters(fields);
    values.reportUnusable(settings.parameters, unusable);
    return parameters;
  });
  const mostTokens = ofUser?.maxTokens ?? maxTokens;
  const allowed = ofWorkspace.map(parameters => forWorkspace(parameters, mostTokens));
  return Object.assign({}, ofUser, ...allowed);
}

/** What the user's own settings have for each model. */
function modelParameters(
  values: SettingValues,
  checkers: SettingCheckers,
): Readonly<Record<string, ParameterChoice>> {
  const entries = Object.entries(values.ofUser<object>(settings.modelParameters, {}));
  const read = entries.map(([model, fields]) => {
    const { parameters, unusable } = checkers.readParameters(fields);
    values.reportUnusable(settings.modelParameters, unusable, model);
    return [model, parameters] as const;
  });
  return Object.fromEntries(read);
}

/** Own actions of the user, then of the workspace. What cannot be used is left out and told. */
function ownActions(values: SettingValues, checkers: SettingCheckers): ActionSettings {
  const [ofUser, ...ofWorkspace] = values.ofEach(settings.actions);
  const read = checkers.readActions([
    { value: ofUser, isOfWorkspace: false },
    ...ofWorkspace.map(value => ({ value, isOfWorkspace: true })),
  ]);
  values.reportUnusable(settings.actions, read.unusable);
  return read;
}

/** Without fields that are not set: "Sent" and the wire show none of them. */
function knownParameters(parameters: RequestParameters): RequestParameters {
  return { ...knownFields(parameters), model: parameters.model, maxTokens: parameters.maxTokens };
}

/** Only the user's own settings are read for this: a workspace must not have files changed unseen. */
function appliedWithoutAsking(actions: unknown): readonly string[] {
  if (typeof actions !== 'object' || actions === null) return [];
  return Object.entries(actions).flatMap(([id, action]) =>
    fieldOf(action, 'applyWithoutAsking') === true ? [id] : [],
  );
}

const toTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(text => typeof text === 'string') : [];

const mostFallbacks = 10;

function toModelIds(value: unknown): string[] | undefined {
  const named = toWords(value).slice(0, mostFallbacks);
  return named.length > 0 ? named : undefined;
}

/** The texts of a list, each once; a settings file can hold anything. */
function toWords(value: unknown): string[] {
  const words = Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
  return [...new Set(words.map(word => word.trim()).filter(word => word !== ''))];
}

/** Sets of which something can be used. */
function toModelSets(value: unknown): Readonly<Record<string, readonly string[]>> {
  const sets = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    sets.flatMap(([name, ids]) => {
      const models = toModelIds(ids);
      return models ? [[name, models]] : [];
    }),
  );
}

/** The user's own model, where another one, or other fallbacks, are in force that are not of their choice. */
function replacedModel(values: SettingValues, chosenHere: ReadonlySet<string>): string | undefined {
  const [inForce, own] = [values.ofWindow(settings.model, ''), values.ofUser(settings.model, '')];
  const isOwn = inForce === own || chosenHere.has(inForce);
  const isOtherFallback =
    JSON.stringify(values.ofWindow<unknown>(settings.fallbackModels, [])) !==
    JSON.stringify(values.ofUser<unknown>(settings.fallbackModels, []));
  return isOwn && !isOtherFallback ? undefined : own.trim();
}

/** Writes a setting where its value in force is set already: into the workspace's settings or the user's. */
async function updateInForce(key: string, value: string): Promise<void> {
  const found = configuration().inspect(key);
  const isOfWorkspace = vscode.workspace.isTrusted && found?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration().update(key, value, isOfWorkspace ? Workspace : Global);
}

/** Changes fields of an object in the user's settings, and leaves the others as they are. */
async function changeUsers(key: string, changes: object): Promise<void> {
  const { globalValue } = configuration().inspect<object>(key) ?? {};
  await configuration().update(key, changed(globalValue, changes), vscode.ConfigurationTarget.Global);
}

/**
 * The workspace has given the action its model, which would stay in force over the user's; or it is the workspace's own,
 * which an entry of the user's would make one of theirs.
 */
function isWorkspaceAction(action: string, ofWorkspace: unknown, ofUser: unknown): boolean {
  const entry = vscode.workspace.isTrusted ? fieldOf(ofWorkspace, action) : undefined;
  if (fieldOf(entry, 'model') !== undefined) return true;
  const isBuiltIn = builtInActions.some(({ id }) => id === action);
  return !isBuiltIn && entry !== undefined && fieldOf(ofUser, action) === undefined;
}

/** An object of the settings file with other fields; undefined, which takes it out of the file, when none is left. */
function changed(found: object | undefined, changes: object): object | undefined {
  const fields = Object.entries({ ...found, ...changes }).filter(([, value]) => value !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(settingsSection);

function wholeNumber(value: number, fallback: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
