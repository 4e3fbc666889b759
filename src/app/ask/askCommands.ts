import type { SentCode } from '../../core/chat/conversation';
import { type CodeActionId, codeActions } from '../../core/prompts/actions';
import type { Dialogs, Editors } from '../ports';
import { titleOf, type Wish } from './questions';

/** What the commands need from the rest. */
export interface AskCommandPorts {
  readonly dialogs: Dialogs;
  readonly editors: Editors;
  readonly ask: (wish: Wish) => Promise<void>;
  readonly modelName: () => string;
}

/** The commands that send something: each gathers what to ask and hands it on. */
export class AskCommands {
  /** What was typed and not sent, by the kind of prompt: there again the next time. */
  private readonly unsent = new Map<string, string>();

  constructor(private readonly ports: AskCommandPorts) {}

  /** Has `text` there again the next time that a prompt of the kind `id` is typed. */
  keep(id: string, text: string): void {
    this.unsent.set(id, text);
  }

  /** What is there the next time. */
  kept(id: string): string {
    return this.unsent.get(id) ?? '';
  }

  async ask(): Promise<void> {
    const prompt = await this.typedPrompt('ask', {
      title: `Ask ${this.ports.modelName()}`,
      placeHolder: 'What do you want to know? No code and no earlier turn is sent along.',
    });
    if (prompt !== undefined)
      await this.ports.ask({ title: titleOf(prompt), action: 'ask', origin: 'command', prompt });
  }

  async askSelection(): Promise<void> {
    const code = await this.codeOfEditor();
    if (code === undefined) return;
    const prompt = await this.typedPrompt('askSelection', {
      title: `Ask ${this.ports.modelName()} About ${describe(code)}`,
      placeHolder: 'What do you want to know about this code?',
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

  /** Undefined when dismissed. */
  private async typedPrompt(
    id: string,
    options: { readonly title: string; readonly placeHolder: string },
  ): Promise<string | undefined> {
    const { text, isAccepted } = await this.ports.dialogs.prompt({ ...options, value: this.kept(id) });
    if (!isAccepted) this.keep(id, text);
    else this.unsent.delete(id);
    return isAccepted ? text : undefined;
  }

  /** The code to send, or a sentence to the user that says why there is none. */
  private async codeOfEditor(): Promise<SentCode | undefined> {
    const { dialogs, editors } = this.ports;
    const resolving = editors.codeToSend();
    if (resolving === 'noEditor') {
      await dialogs.warn(
        'There is no code to send: open a text file and put the cursor into the code. Images and other binary files cannot be sent.',
      );
      return undefined;
    }
    // A language server that is just starting takes its time to know the symbols.
    const resolved = await dialogs.wait('Looking for the code at the cursor…', resolving);
    if (resolved === 'empty') await dialogs.warn('There is no code to send: this file is empty.');
    return resolved === 'empty' ? undefined : resolved;
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
