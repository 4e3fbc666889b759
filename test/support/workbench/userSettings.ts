import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet workbench: no welcome page, no chat, no looks at the gallery, nothing sent anywhere. */
const quietSettings: Settings = {
  'chat.commandCenter.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'typescript.tsserver.useSyntaxServer': 'always',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface SettingsOptions {
  /** User settings on top of the quiet ones; scopes `application` and `window`. */
  readonly settings?: Settings;
  /** Settings of scope `machine`, which count only in the machine's own file. */
  readonly machineSettings?: Settings;
  /** False: the folder opens in Restricted Mode. Default true. */
  readonly trusted?: boolean;
}

/** Writes the settings files of a server's data folder. */
export function writeSettings(dataFolder: string, options: SettingsOptions): void {
  const { settings = {}, machineSettings = {}, trusted = true } = options;
  const trust = {
    'security.workspace.trust.enabled': !trusted,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
  writeJson(userSettingsFile(dataFolder), { ...quietSettings, ...trust, ...settings });
  writeJson(join(dataFolder, 'data', 'Machine', 'settings.json'), machineSettings);
}

export const userSettingsFile = (dataFolder: string): string =>
  join(dataFolder, 'data', 'User', 'settings.json');

function writeJson(file: string, value: unknown): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(value, undefined, 2));
}
