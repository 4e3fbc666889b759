import type * as vscode from 'vscode';
import type { Dialogs } from '../host/dialogs';
import type { Endpoints } from '../host/endpoints';
import type { KeyStore } from '../host/keyStore';
import type { Log } from '../host/log';
import type { LiveSettings } from '../host/settings';
import type { StatusBarItem } from '../ui/spend/statusBarItem';

/** What activation has made before the app is loaded. */
export interface AppHost {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly dialogs: Dialogs;
  readonly settings: LiveSettings;
  readonly keys: KeyStore;
  readonly endpoints: Endpoints;
  readonly statusBar: StatusBarItem;
  /** For surprises outside a command. */
  readonly report: (error: unknown) => void;
}

/** Takes what must be disposed with the app, and gives it back. */
export type Own = <T extends vscode.Disposable>(thing: T) => T;
