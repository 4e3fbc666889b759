import type { RequestParameters } from '../core/chat/requestParameters';
import type { Budgets } from '../core/ledger/budgets';
import type { ModelRules } from '../core/models/modelRules';

/** The settings in force, checked and in the units the rest works with. */
export interface Settings {
  /** As typed by the user; not yet checked. */
  readonly baseUrl: string;
  /** What every request starts from. */
  readonly parameters: RequestParameters;
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
  readonly statusBar: StatusBarMode;
  readonly budgets: Budgets;
  /** Limits that do not hold, because what was typed is no amount. */
  readonly unusableLimits: readonly UnusableSetting[];
  /** Settings of requests that are not sent, because they cannot be used. */
  readonly unusableParameters: readonly UnusableSetting[];
}

/** Whether follow-ups may carry `cache_control`; `auto`: where it is likely to pay. */
export type PromptCacheMode = 'auto' | 'off';

export interface UnusableSetting {
  /** Its whole name, as it stands in the settings file. */
  readonly setting: string;
  /** As it stands in the settings file. */
  readonly value: string;
}

export const statusBarModes = ['today', 'session', 'month', 'off'] as const;
/** Which sum the status bar shows. */
export type StatusBarMode = (typeof statusBarModes)[number];
