import * as vscode from 'vscode';
import type { Turn } from '../../src/core/chat/conversation';
import { commands, extensionId, settingsSection } from '../../src/ids';
import type { TestHandles } from '../../src/vscode/app';
import { toExportTarget } from '../../src/vscode/exportTarget';
import { type Simulator, startSimulator } from './simulator';

/** A key that the simulator accepts; long enough to be found wherever it should not be. */
export const testKey = 'sk-or-v1-host-0123456789abcdef0123456789abcdef0123456789abcdef';

/** One extension under test with a simulator of its own behind it. */
export interface HostSession {
  readonly handles: TestHandles;
  readonly simulator: Simulator;
  /** What the user was told or asked, in order. */
  readonly shown: Shown[];
  /** What the user answers next; each is used once, in order of the same kind. */
  readonly answers: {
    input: (string | undefined)[];
    choice: (string | undefined)[];
    /** Labels of quick pick rows. */
    pick: string[];
    saveTo?: vscode.Uri;
  };
}

export interface Shown {
  readonly kind: 'input' | 'confirm' | 'inform' | 'warn' | 'error' | 'open' | 'copy';
  readonly text: string;
  readonly buttons: readonly string[];
  /** What an input box holds when it opens. */
  readonly value?: string;
}

export const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);

/** Activates the built extension against a new simulator, with a user who answers from `answers`. */
export async function openHostSession(): Promise<HostSession> {
  const extension = vscode.extensions.getExtension<TestHandles>(extensionId);
  if (!extension) throw new Error('The extension is not installed in this host.');
  const handles = await extension.activate();
  const simulator = await startSimulator();
  await setSetting('baseUrl', simulator.url);
  const session: HostSession = {
    handles,
    simulator,
    shown: [],
    answers: { input: [], choice: [], pick: [] },
  };
  playUser(session);
  return session;
}

/** Puts the settings and the conversation back as they were and ends the simulator. */
export async function closeHostSession({ handles, simulator }: HostSession): Promise<void> {
  handles.conversation.startNew();
  handles.keeper.draft = '';
  await handles.keys.remove(simulator.origin);
  for (const key of ['baseUrl', 'model', 'maxTokens']) await setSetting(key, undefined);
  await closeEditors();
  await simulator.dispose();
}

/** Closes every editor; what was typed into untitled ones is thrown away without a question. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.visibleTextEditors.some(editor => editor.document.isDirty)) {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.isDirty);
    if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Stores the test key the way a user does. */
export async function setKey(session: HostSession, key = testKey): Promise<void> {
  session.answers.input.push(key);
  await vscode.commands.executeCommand(commands.setApiKey);
}

export async function setSetting(key: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(key, value, vscode.ConfigurationTarget.Global);
}

/** Opens `text` and selects all of it, or puts the cursor at `cursor`. */
export async function openText(
  text: string,
  language = 'plaintext',
  cursor?: vscode.Position,
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content: text, language });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = cursor
    ? new vscode.Selection(cursor, cursor)
    : new vscode.Selection(0, 0, end.line, end.character);
  return editor;
}

/** The newest turn. */
export function lastTurn({ handles }: HostSession): Turn {
  const turn = handles.conversation.conversation.turns.at(-1);
  if (!turn) throw new Error('The conversation has no turn.');
  return turn;
}

/** What was sent to the model last, as the server got it. */
export function lastChatBody({ simulator }: HostSession): Record<string, unknown> {
  const request = simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
  if (!request) throw new Error('Nothing was sent.');
  return request.body as Record<string, unknown>;
}

export function chatCount({ simulator }: HostSession): number {
  return simulator.requests.filter(({ path }) => path.endsWith('/chat/completions')).length;
}

/** Resolves when `isTrue` holds of the newest turn, now or after some change of the conversation. */
export function conversationUntil({ handles }: HostSession, isTrue: (turn: Turn) => boolean): Promise<void> {
  const holds = (): boolean => handles.conversation.conversation.turns.slice(-1).some(isTrue);
  return new Promise(resolve => {
    if (holds()) return resolve();
    const subscription = handles.conversation.onDidChange(() => {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    });
  });
}

function playUser(session: HostSession): void {
  const { handles, shown, answers } = session;
  const { dialogs } = handles;
  const say =
    (kind: Shown['kind']) =>
    async (text: string, ...buttons: string[]): Promise<string | undefined> => {
      shown.push({ kind, text, buttons });
      return buttons.length > 0 ? answers.choice.shift() : undefined;
    };
  dialogs.inform = say('inform');
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
  dialogs.saveFile = async () => answers.saveTo && toExportTarget(answers.saveTo);
  dialogs.progress = (_, task) => task(new AbortController().signal, () => {});
  dialogs.openLink = async href => void shown.push({ kind: 'open', text: href, buttons: [] });
  dialogs.copy = async text => void shown.push({ kind: 'copy', text, buttons: [] });
}
