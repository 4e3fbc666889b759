import type * as vscode from 'vscode';
import type { Endpoints } from '../app/account/endpoints';
import type { KeyPresence } from '../app/account/keyPresence';
import type { VscodeDialogs } from './dialogs';
import type { KeyStore } from './keyStore';
import type { VscodeLog } from './log';
import type { VscodeSettings } from './settings';
import type { StatusBarItem } from './views/statusBarItem';

/** What activation has made before the rest is loaded. */
export interface ActivationParts {
  readonly context: vscode.ExtensionContext;
  readonly log: VscodeLog;
  readonly dialogs: VscodeDialogs;
  readonly settings: VscodeSettings;
  readonly keys: KeyStore;
  readonly endpoints: Endpoints;
  readonly keyPresence: KeyPresence;
  readonly statusBar: StatusBarItem;
  /** For surprises outside a command. */
  readonly report: (error: unknown) => void;
}

/** Takes what must be disposed with the app, and gives it back. */
export type Own = <T extends vscode.Disposable>(thing: T) => T;
