import type { Event } from '../../core/base/event';

/** VS Code's own window, and the way from it to the user's web browser and back. */
export interface Workbench {
  /** Name of the open workspace; undefined without one. */
  readonly workspaceName: string | undefined;
  /** The user came back to this window. */
  readonly onDidFocus: Event<void>;
  /** Shows the settings that begin with `key`, below our section. */
  openSetting(key: string): Promise<void>;
  /** Shows VS Code's own settings of proxies and certificates. */
  openProxySettings(): Promise<void>;
  runCommand(id: string): Promise<void>;
  /** The Git repository that `place` means to Source Control, else the one of the active file, else the only one. */
  repository(place: unknown): Promise<Repository | undefined>;
  /** Opens a page in the browser, after VS Code's own question. False when that was not possible or not wanted. */
  openInBrowser(address: string): Promise<boolean>;
  /** The address that leads a browser to this window, with `path`; undefined where there is none. */
  returnAddress(path: string): Promise<string | undefined>;
  /** Such an address was followed. Anybody can do that, with anything in it. */
  readonly onDidReturn: Event<Returned>;
}

/** A Git repository in Source Control. */
export interface Repository {
  /** As `git diff --staged` prints it, without files that are never sent. */
  stagedDiff(): Promise<string>;
  /** The same for what is not staged. */
  unstagedDiff(): Promise<string>;
  /** What is staged, then what is not. */
  diff(): Promise<string>;
  /** What stands in the box for the message. */
  message: string;
}

/** An address that leads to this window, as it was followed. */
export interface Returned {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}
