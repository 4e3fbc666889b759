import * as vscode from 'vscode';
import { settings, settingsSection } from '../ids';

export interface Settings {
  /** As typed by the user; not yet checked. */
  readonly baseUrl: string;
  readonly model: string;
  readonly maxTokens: number;
  readonly noBytesMs: number;
  readonly noDataMs: number;
  /** Empty text: the header is not sent. */
  readonly attribution: { readonly referer: string; readonly title: string };
  readonly historyEnabled: boolean;
}

/**
 * The settings in force now. Those of scope `application` come from the user alone, whatever a workspace
 * says; in an untrusted workspace no workspace value counts at all.
 */
export function readSettings(): Settings {
  return {
    baseUrl: ofUser(settings.baseUrl, ''),
    model: ofWindow(settings.model, '').trim(),
    maxTokens: wholeNumber(ofUser(settings.maxTokens, 4096), 4096),
    noBytesMs: wholeNumber(ofUser(settings.noBytesSeconds, 60), 60) * 1000,
    noDataMs: wholeNumber(ofUser(settings.noDataSeconds, 300), 300) * 1000,
    attribution: {
      referer: ofUser(settings.attributionReferer, ''),
      title: ofUser(settings.attributionTitle, ''),
    },
    historyEnabled: ofUser(settings.historyEnabled, true),
  };
}

export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(settingsSection)) listener();
  });
}

/** Makes `model` the model of this window, where the value in force is already set: user or workspace. */
export async function updateModel(model: string): Promise<void> {
  const found = configuration().inspect<string>(settings.model);
  const target =
    vscode.workspace.isTrusted && found?.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
  await configuration().update(settings.model, model, target);
}

const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(settingsSection);

function ofUser<T>(key: string, fallback: T): T {
  const found = configuration().inspect<T>(key);
  return sameType(found?.globalValue, fallback) ?? sameType(found?.defaultValue, fallback) ?? fallback;
}

function ofWindow<T>(key: string, fallback: T): T {
  if (!vscode.workspace.isTrusted) return ofUser(key, fallback);
  return sameType(configuration().get<T>(key), fallback) ?? ofUser(key, fallback);
}

/** A settings file can hold anything: a value of another type counts as not set. */
function sameType<T>(value: T | undefined, like: T): T | undefined {
  return typeof value === typeof like ? value : undefined;
}

function wholeNumber(value: number, fallback: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
