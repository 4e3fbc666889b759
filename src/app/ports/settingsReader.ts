import type { Event } from '../../core/base/event';
import type { ProviderRules } from '../../core/chat/providerRules';
import type { ServiceTier } from '../../core/chat/requestParameters';
import type { Settings } from '../settings';

export interface SettingsReader {
  readonly current: Settings;
  readonly onDidChange: Event<void>;
  /** Makes `model` the model in force, where the value in force is already set: user or workspace. */
  useModel(model: string): Promise<void>;
  /** Makes `models` the user's favourites. */
  setFavourites(models: readonly string[]): Promise<void>;
  /** Changes the user's routing: a rule that is there but undefined is taken out, all others stay. */
  useRouting(changes: ProviderRules): Promise<void>;
  /**
   * Makes `model` the one that an action asks, where it has one already, else where the action stands, else in the
   * user's settings; undefined: it has none of its own.
   */
  useActionModel(action: string, model: string | undefined): Promise<void>;
  /** Remembers for `model` these fields of the API and no others; none: nothing is remembered of it. */
  useModelParameters(model: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Makes `tier` the service tier in force, where the parameters in force are set; undefined: none. */
  useServiceTier(tier: ServiceTier | undefined): Promise<void>;
}
