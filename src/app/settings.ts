import type { ParameterChoice } from '../core/chat/parameterSettings';
import type { RequestParameters } from '../core/chat/requestParameters';
import type { Budgets } from '../core/ledger/budgets';
import type { ModelRules } from '../core/models/modelRules';
import type { ActionSettings } from '../core/prompts/actionSettings';

/** The settings in force, checked and in the units the rest works with. */
export interface Settings {
  /** As typed by the user; not yet checked. */
  readonly baseUrl: string;
  /** What every request starts from. */
  readonly parameters: RequestParameters;
  /**
   * What is remembered of models by their ids, and holds for them in place of {@link parameters}. The user's own
   * settings alone.
   */
  readonly modelParameters: Readonly<Record<string, ParameterChoice>>;
  /** What every request begins with: the user's own text, else ours. */
  readonly systemPrompt: string;
  /**
   * The user's own model, where the workspace's settings name another one or other fallbacks; undefined where they do
   * not.
   */
  readonly replacedModel?: string;
  /** Ids that the list of models begins with, in the user's order. */
  readonly favouriteModels: readonly string[];
  readonly modelRules: ModelRules;
  readonly noBytesMs: number;
  readonly noDataMs: number;
  /** Empty text: the header is not sent. */
  readonly attribution: { readonly referer: string; readonly title: string };
  readonly historyEnabled: boolean;
  readonly storeText: boolean;
  /** Ids of actions whose answers change the code without a diff before: the user's own word, never a workspace's. */
  readonly appliedWithoutAsking: readonly string[];
  /** Models that are compared together, by the name that the user gave them. */
  readonly compareSets: Readonly<Record<string, readonly string[]>>;
  readonly promptCache: PromptCacheMode;
  readonly secretScan: SecretScanMode;
  /** Own actions, and what built-in ones do otherwise. */
  readonly actions: ActionSettings;
  /** As typed by the user: absolute, or beginning with `~`. */
  readonly promptFolders: readonly string[];
  /** Patterns of files that are never sent, a list for each place where some are set: all of them count. */
  readonly neverSend: readonly (readonly string[])[];
  readonly statusBar: StatusBarMode;
  readonly budgets: Budgets;
  /** Limits that do not hold, because what was typed is no amount. */
  readonly unusableLimits: readonly UnusableSetting[];
  /** Settings of requests that are not sent, because they cannot be used. */
  readonly unusableParameters: readonly UnusableSetting[];
}

/** What the settings say of the parameters of requests. */
export type ParameterSettings = Pick<Settings, 'parameters'> & Partial<Pick<Settings, 'modelParameters'>>;

/** What is remembered of a model; empty where nothing is. */
export function rememberedOf(
  { modelParameters = {} }: Pick<ParameterSettings, 'modelParameters'>,
  model: string,
): ParameterChoice {
  return Object.hasOwn(modelParameters, model) ? (modelParameters[model] ?? {}) : {};
}

/**
 * What a request to `model` starts from: the settings, and over them what is remembered of the model. What an action
 * or prompt says comes over that, and what one request says over all.
 */
export function parametersFor(
  settings: ParameterSettings,
  model = settings.parameters.model,
): RequestParameters {
  return { ...settings.parameters, ...rememberedOf(settings, model), model };
}

/** Whether follow-ups may carry `cache_control`; `auto`: where it is likely to pay. */
export type PromptCacheMode = 'auto' | 'off';

export const secretScanModes = ['mask', 'ask', 'off'] as const;
/** What happens to secrets in what is about to leave. */
export type SecretScanMode = (typeof secretScanModes)[number];

export interface UnusableSetting {
  /** Its whole name, as it stands in the settings file. */
  readonly setting: string;
  /** As it stands in the settings file. */
  readonly value: string;
}

export const statusBarModes = ['today', 'session', 'month', 'off'] as const;
/** Which sum the status bar shows. */
export type StatusBarMode = (typeof statusBarModes)[number];
