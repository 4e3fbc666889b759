import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Disposable, Event } from '../../src/core/base/event';
import type { Conversation, Turn } from '../../src/core/chat/conversation';
import { commands, extensionId, settingsSection } from '../../src/ids';
import type { ComposerState, FromAnswerPage } from '../../src/protocol/answerMessages';
import type { FromModelPage } from '../../src/protocol/modelMessages';
import type { TestHandles } from '../../src/vscode/app';
import { VscodeDialogs } from '../../src/vscode/dialogs';
import { toExportTarget } from '../../src/vscode/exportTarget';
import { type RecordedRequest, type Simulator, startSimulator } from './simulator';

/** A key that the simulator accepts; long enough to be found wherever it should not be. */
export const testKey = 'sk-or-v1-host-0123456789abcdef0123456789abcdef0123456789abcdef';

export interface SessionOptions {
  /** Settings of every test of the suite, below our section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Every test begins with {@link testKey} stored; else with none. */
  readonly hasKey?: boolean;
  /** Every test has a server of its own, at an address that the extension has never asked. */
  readonly newServers?: boolean;
}

export interface Shown {
  /** `refused`: an answer cannot be applied, which its turn says. */
  readonly kind: 'refused' | 'input' | 'confirm' | 'news' | 'warn' | 'error' | 'open' | 'copy';
  readonly text: string;
  readonly buttons: readonly string[];
  /** What an input box holds when it opens. */
  readonly value?: string;
}

export const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);

/**
 * The extension under test for all tests of the suite around, with a simulator behind it and a user who answers
 * from `answers`. Between two tests only what one of them has touched is put back.
 */
export function hostSession(options: SessionOptions = {}): HostSession {
  const session = new HostSession(options);
  suiteSetup(() => session.open());
  setup(() => session.begin());
  suiteTeardown(() => session.close());
  return session;
}

/** The one place that knows the handles which the extension gives to tests. */
export class HostSession {
  /** What the user was told or asked in this test, in order. */
  readonly shown: Shown[] = [];
  /** What the user answers next; each is used once, in order of the same kind. */
  readonly answers: {
    input: (string | undefined)[];
    choice: (string | undefined)[];
    /** Labels of quick pick rows. */
    pick: string[];
    /** Of each list to pick several from, the labels. */
    pickMany: (readonly string[])[];
    saveTo?: vscode.Uri;
  } = { input: [], choice: [], pick: [], pickMany: [] };
  private parts: { readonly handles: TestHandles; readonly simulator: Simulator } | undefined;
  private requestsBefore = 0;
  private subscription: Disposable | undefined;

  constructor(private readonly options: SessionOptions) {}

  get simulator(): Simulator {
    return this.opened.simulator;
  }

  /** What the simulator was asked in this test. */
  get requests(): readonly RecordedRequest[] {
    return this.simulator.requests.slice(this.requestsBefore);
  }

  get conversation(): Conversation {
    return this.handles.session.conversation;
  }

  get onDidChangeConversation(): Event<unknown> {
    return this.handles.session.onDidChange;
  }

  /** What the composer shows. */
  get composer(): ComposerState {
    return this.handles.session.composer;
  }

  /** The question typed into the panel and not sent. */
  get draft(): string {
    return this.handles.session.draft;
  }

  get ledger(): TestHandles['ledger'] {
    return this.handles.ledger;
  }

  get keys(): TestHandles['keys'] {
    return this.handles.keys;
  }

  findTurn(id: string): Turn | undefined {
    return this.handles.session.find(id);
  }

  /** What a command asks next time with the text of last time in the box. */
  keptPrompt(action: string): string {
    return this.handles.session.unsentPrompt(action);
  }

  /** Presses a button beside a failure. */
  async pressFailureAction(...args: Parameters<TestHandles['failureActions']['run']>): Promise<void> {
    await this.handles.failureActions.run(...args);
  }

  /** Does what a button or a key in the answer page does. */
  async receive(message: FromAnswerPage): Promise<void> {
    await this.handles.pageHandler.handle(message);
  }

  /** Does what a button in the page of a model does. */
  async pressInModelPage(message: FromModelPage): Promise<void> {
    await this.handles.modelPage.handler.handle(message);
  }

  /** The endpoints that the page of a model shows, by their tags. */
  get endpointTags(): readonly string[] {
    return this.handles.modelPage.view.tags;
  }

  /** Opens a link as the extension does; the user of the tests opens none. */
  async openLink(href: string): Promise<void> {
    const { dialogs } = this.handles;
    await VscodeDialogs.prototype.openLink.call(dialogs, href);
  }

  async open(): Promise<void> {
    const extension = vscode.extensions.getExtension<TestHandles>(extensionId);
    if (!extension) throw new Error('The extension is not installed in this host.');
    const [handles, simulator] = await Promise.all([extension.activate(), startSimulator()]);
    this.parts = { handles, simulator };
    playUser(this, handles.dialogs);
    this.subscription = handles.proposals.onDidRefuse(({ reason }) =>
      this.shown.push({ kind: 'refused', text: reason, buttons: [] }),
    );
  }

  async begin(): Promise<void> {
    if (this.options.newServers) await this.replaceServer();
    await this.reset();
  }

  /** Goes on with a server at an address that the extension has never asked. */
  async renew(): Promise<void> {
    await this.replaceServer();
    await this.reset();
  }

  async close(): Promise<void> {
    const { handles, simulator } = this.opened;
    this.subscription?.dispose();
    handles.session.startNew();
    handles.session.setDraft('');
    await handles.keys.remove(simulator.origin);
    await restoreSettings({});
    await closeEditors();
    await simulator.dispose();
  }

  private async reset(): Promise<void> {
    const { handles, simulator } = this.opened;
    handles.session.startNew();
    handles.session.setDraft('');
    await restoreSettings({ ...this.options.settings, baseUrl: simulator.url });
    const key = await handles.keys.get(simulator.origin);
    if (this.options.hasKey && key !== testKey) await setKey(this);
    else if (!this.options.hasKey && key !== undefined) await removeKey(this);
    this.shown.length = 0;
    Object.assign(this.answers, { input: [], choice: [], pick: [], pickMany: [], saveTo: undefined });
    this.requestsBefore = simulator.requests.length;
    simulator.dropSteps();
  }

  private async replaceServer(): Promise<void> {
    const { handles, simulator } = this.opened;
    await handles.keys.remove(simulator.origin);
    await simulator.dispose();
    this.parts = { handles, simulator: await startSimulator() };
  }

  private get handles(): TestHandles {
    return this.opened.handles;
  }

  private get opened() {
    if (!this.parts) throw new Error('The session is opened by the suite.');
    return this.parts;
  }
}

/** Closes every editor. Where tests run, VS Code asks nothing and throws away what was typed. */
export async function closeEditors(): Promise<void> {
  const untitled = untitledInTabs();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await Promise.all(untitled.map(untilClosed));
}

/** They must be gone before the next one is made: it would take their name and, for a moment, their text. */
const untitledInTabs = (): readonly vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(({ isUntitled, uri }) => isUntitled && isInTab(uri));

const isInTab = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );

function untilClosed(document: vscode.TextDocument): Promise<void> {
  return new Promise(resolve => {
    if (document.isClosed) return resolve();
    const subscription = vscode.workspace.onDidCloseTextDocument(() => {
      if (!document.isClosed) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** Stores the test key the way a user does. */
export async function setKey(session: HostSession, key = testKey): Promise<void> {
  session.answers.input.push(key);
  await vscode.commands.executeCommand(commands.setApiKey);
}

export async function removeKey({ keys, simulator }: HostSession): Promise<void> {
  await keys.remove(simulator.origin);
}

/** Settings that are not as they were at the start. */
const touched = new Set<string>();

/** VS Code writes its file and tells everybody: a value that is there already is left alone. */
export async function setSetting(key: string, value: unknown): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  if (isDeepStrictEqual(section.inspect(key)?.globalValue, value)) return;
  await section.update(key, value, vscode.ConfigurationTarget.Global);
  if (value === undefined) touched.delete(key);
  else touched.add(key);
}

/** Has every setting as `wanted` says, and all others as at the start. */
async function restoreSettings(wanted: Readonly<Record<string, unknown>>): Promise<void> {
  for (const key of [...touched]) if (!(key in wanted)) await setSetting(key, undefined);
  for (const [key, value] of Object.entries(wanted)) await setSetting(key, value);
}

/** Opens `text` in place of other texts and selects all of it, what `selected` says. */
export async function openText(
  text: string,
  language = 'plaintext',
  selected?: vscode.Range,
): Promise<vscode.TextEditor> {
  const document = await untitledWith(text, language);
  const end = document.lineAt(document.lineCount - 1).range.end;
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: selected ?? new vscode.Range(new vscode.Position(0, 0), end),
  });
  await closeOtherTexts(document);
  return editor;
}

/**
 * A new untitled document. When it takes the name of one that was closed before, VS Code may fill it from the backup
 * of that one, which is deleted late: then the text is put in its place.
 */
async function untitledWith(content: string, language: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  if (document.getText() === content) return document;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** The panel beside them stays: a new one for each test would take longer than the test. */
async function closeOtherTexts({ uri }: vscode.TextDocument): Promise<void> {
  const others = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() !== uri.toString());
  const untitled = untitledInTabs().filter(document => document.uri.toString() !== uri.toString());
  await vscode.window.tabGroups.close(others);
  await Promise.all(untitled.map(untilClosed));
}

/** Resolves when `isTrue` holds of the window's tabs, now or after some change of them. */
export function tabsUntil(isTrue: () => boolean): Promise<void> {
  const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
  return new Promise(resolve => {
    if (isTrue()) return resolve();
    const check = (): void => {
      if (!isTrue()) return;
      vscode.Disposable.from(...subscriptions).dispose();
      resolve();
    };
    const subscriptions = [onDidChangeTabs(check), onDidChangeTabGroups(check)];
  });
}

/** The newest turn. */
export function lastTurn({ conversation }: HostSession): Turn {
  const turn = conversation.turns.at(-1);
  if (!turn) throw new Error('The conversation has no turn.');
  return turn;
}

/** What was sent to the model last, as the server got it. */
export function lastChatBody({ requests }: HostSession): Record<string, unknown> {
  const request = requests.findLast(({ path }) => path.endsWith('/chat/completions'));
  if (!request) throw new Error('Nothing was sent.');
  return request.body as Record<string, unknown>;
}

export function chatCount({ requests }: HostSession): number {
  return requests.filter(({ path }) => path.endsWith('/chat/completions')).length;
}

/** Resolves when `isTrue` holds of the newest turn, now or after some change of the conversation. */
export function conversationUntil(session: HostSession, isTrue: (turn: Turn) => boolean): Promise<void> {
  const holds = (): boolean => session.conversation.turns.slice(-1).some(isTrue);
  return new Promise(resolve => {
    if (holds()) return resolve();
    const subscription = session.onDidChangeConversation(() => {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    });
  });
}

function playUser({ shown, answers }: HostSession, dialogs: TestHandles['dialogs']): void {
  const say =
    (kind: Shown['kind']) =>
    async (text: string, ...buttons: string[]): Promise<string | undefined> => {
      shown.push({ kind, text, buttons });
      return buttons.length > 0 ? answers.choice.shift() : undefined;
    };
  dialogs.news = async (text, button) => (await say('news')(text, ...(button ? [button] : []))) !== undefined;
  dialogs.warn = say('warn');
  dialogs.error = say('error');
  dialogs.confirm = (message, detail, ...buttons) => say('confirm')(`${message}\n${detail}`, ...buttons);
  dialogs.input = async options => {
    const text = `${options.title}\n${options.prompt}`;
    shown.push({ kind: 'input', text, buttons: [], value: options.value });
    return answers.input.shift();
  };
  dialogs.prompt = async ({ title, value }) => {
    shown.push({ kind: 'input', text: title, buttons: [], value });
    const text = answers.input.shift();
    return { text: text ?? value, isAccepted: text !== undefined };
  };
  dialogs.pick = async items => {
    const label = answers.pick.shift();
    return items.find(item => item.label === label);
  };
  dialogs.pickOrPress = async (items, options) => {
    const item = await dialogs.pick(items, options);
    return item && { item, isButton: false };
  };
  dialogs.pickMany = async items => {
    const labels = answers.pickMany.shift();
    return labels && items.filter(({ label }) => labels.includes(label));
  };
  dialogs.saveFile = async () => answers.saveTo && toExportTarget(answers.saveTo);
  dialogs.progress = (_, task) => task(new AbortController().signal, () => {});
  dialogs.openLink = async href => void shown.push({ kind: 'open', text: href, buttons: [] });
  dialogs.copy = async text => void shown.push({ kind: 'copy', text, buttons: [] });
}
