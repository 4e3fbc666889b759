import * as vscode from 'vscode';
import type { Budgets } from '../core/money/budgets';
import { type Pico, parsePico } from '../core/money/pico';
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
  readonly storeText: boolean;
  readonly statusBar: StatusBarMode;
  readonly budgets: Budgets;
}

const statusBarModes = ['today', 'session', 'month', 'off'] as const;
/** Which sum the status bar shows. */
export type StatusBarMode = (typeof statusBarModes)[number];

/** The settings in force: read once, and again after they change, because each look at one is slow. */
export class LiveSettings implements vscode.Disposable {
  private read: Settings | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;

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
    this.read ??= readSettings();
    return this.read;
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

/**
 * Those of scope `application` come from the user alone, whatever a workspace says; in an untrusted
 * workspace no workspace value counts at all.
 */
function readSettings(): Settings {
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
    storeText: ofUser(settings.storeText, false),
    statusBar: statusBarModes.find(mode => mode === ofUser(settings.statusBar, 'session')) ?? 'session',
    budgets: {
      perRequestPico: usd(settings.budgetPerRequest),
      sessionPico: usd(settings.budgetSession),
      dailyPico: usd(settings.budgetDaily),
      monthlyPico: usd(settings.budgetMonthly),
      maxAnswerPico: usd(settings.budgetMaxAnswerCost),
    },
  };
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

/** An amount in USD; `undefined` when it is not set, or not an amount. */
function usd(key: string): Pico | undefined {
  const value = configuration().inspect<unknown>(key)?.globalValue;
  return typeof value === 'number' && value >= 0 ? parsePico(String(value)) : undefined;
}

/** A settings file can hold anything: a value of another type counts as not set. */
function sameType<T>(value: T | undefined, like: T): T | undefined {
  return typeof value === typeof like ? value : undefined;
}

function wholeNumber(value: number, fallback: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
