import * as vscode from 'vscode';
import type { SentCode } from '../../core/chat/conversation';
import { type CodeActionId, codeActions } from '../../core/prompts/actions';
import type { Dialogs } from '../../vscode/dialogs';
import { resolveCode } from '../../vscode/codeContext';
import type { PromptInput } from '../../vscode/promptInput';
import { titleOf, type Wish } from './questions';

/** What the commands need from the rest. */
export interface AskCommandPorts {
  readonly dialogs: Dialogs;
  readonly promptInput: PromptInput;
  readonly ask: (wish: Wish) => Promise<void>;
  readonly modelName: () => string;
}

/** The commands that send something: each gathers what to ask and hands it on. */
export class AskCommands {
  constructor(private readonly ports: AskCommandPorts) {}

  async ask(): Promise<void> {
    const prompt = await this.ports.promptInput.ask({
      id: 'ask',
      title: `Ask ${this.ports.modelName()}`,
      placeholder: 'What do you want to know? No code and no earlier turn is sent along.',
    });
    if (prompt !== undefined)
      await this.ports.ask({ title: titleOf(prompt), action: 'ask', origin: 'command', prompt });
  }

  async askSelection(): Promise<void> {
    const code = await this.codeOfEditor();
    if (code === undefined) return;
    const prompt = await this.ports.promptInput.ask({
      id: 'askSelection',
      title: `Ask ${this.ports.modelName()} About ${describe(code)}`,
      placeholder: 'What do you want to know about this code?',
    });
    if (prompt === undefined) return;
    await this.ports.ask({
      title: titleOf(prompt),
      action: 'askSelection',
      origin: 'command',
      prompt,
      code,
    });
  }

  async runCodeAction(id: CodeActionId): Promise<void> {
    const code = await this.codeOfEditor();
    if (code === undefined) return;
    const { title, instruction } = codeActions[id];
    await this.ports.ask({ title, action: id, origin: 'command', prompt: instruction, code });
  }

  /** The code to send, or a sentence to the user that says why there is none. */
  private async codeOfEditor(): Promise<SentCode | undefined> {
    // Read before anything opens: once a webview has the focus there is no active editor.
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      await this.ports.dialogs.warn(
        'There is no code to send: open a text file and put the cursor into the code. Images and other binary files cannot be sent.',
      );
      return undefined;
    }
    const { dialogs } = this.ports;
    // A language server that is just starting takes its time to know the symbols.
    const resolved = await dialogs.wait('Looking for the code at the cursor…', resolveCode(editor));
    if (resolved === 'nothing') await dialogs.warn('There is no code to send: this file is empty.');
    return resolved === 'nothing' ? undefined : resolved;
  }
}

/** In the user's words: which code is meant. */
function describe(code: SentCode): string {
  const lines =
    code.startLine === code.endLine ? `line ${code.startLine}` : `lines ${code.startLine}–${code.endLine}`;
  switch (code.scope) {
    case 'selection':
      return `the Selection (${lines})`;
    case 'symbol':
      return `${code.symbolName ?? 'the Symbol'} (${lines})`;
    case 'file':
      return `the Whole File (${lines})`;
  }
}
