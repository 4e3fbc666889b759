import * as vscode from 'vscode';
import type { UnusableSetting } from '../app/settings';
import { parseLimit } from '../core/money/limitSetting';
import type { Pico } from '../core/money/pico';
import { settingsSection } from '../ids';

/**
 * What a configuration says. Settings of scope `application` come from the user alone, whatever a workspace
 * says; in an untrusted workspace no workspace value counts at all.
 */
export class SettingValues {
  /** Those met so far. */
  readonly unusableLimits: UnusableSetting[] = [];
  readonly unusableParameters: UnusableSetting[] = [];

  constructor(private readonly configuration: vscode.WorkspaceConfiguration) {}

  ofUser<T>(key: string, fallback: T): T {
    const found = this.configuration.inspect<T>(key);
    return sameType(found?.globalValue, fallback) ?? sameType(found?.defaultValue, fallback) ?? fallback;
  }

  ofWindow<T>(key: string, fallback: T): T {
    if (!vscode.workspace.isTrusted) return this.ofUser(key, fallback);
    return sameType(this.configuration.get<T>(key), fallback) ?? this.ofUser(key, fallback);
  }

  /** What each place says where it is set: the user's settings, and the workspace's where they count. */
  ofEach(key: string): readonly unknown[] {
    const found = this.configuration.inspect<unknown>(key);
    const ofWorkspace = vscode.workspace.isTrusted
      ? [found?.workspaceValue, found?.workspaceFolderValue]
      : [];
    return [found?.globalValue ?? found?.defaultValue, ...ofWorkspace].filter(value => value !== undefined);
  }

  /** Notes the fields of a setting that cannot be used; `entry`: they are of this entry of it. */
  reportUnusable(key: string, fields: readonly string[], entry?: string): void {
    const setting = this.configuration.get<Readonly<Record<string, unknown>>>(key) ?? {};
    const all = entry === undefined ? setting : fieldOf(setting, entry);
    const name = entry === undefined ? key : `${key}.${entry}`;
    for (const field of fields) {
      const value = field.split('.').reduce<unknown>((outer, inner) => fieldOf(outer, inner), all);
      this.unusableParameters.push({
        setting: `${settingsSection}.${name}.${field}`,
        value: JSON.stringify(value) ?? 'not set',
      });
    }
  }

  /** An amount in USD; `undefined` when it is not set, or not an amount. */
  usd(key: string): Pico | undefined {
    const value = this.configuration.inspect<unknown>(key)?.globalValue;
    const limit = parseLimit(value);
    if (limit !== 'unusable') return limit;
    this.unusableLimits.push({ setting: `${settingsSection}.${key}`, value: JSON.stringify(value) });
    return undefined;
  }
}

/** A field of what may be an object. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** A settings file can hold anything: a value of another type counts as not set. */
function sameType<T>(value: T | undefined, like: T): T | undefined {
  return typeof value === typeof like ? value : undefined;
}
