import { type PlainText, say } from '../../core/base/plainText';
import { codeBlocks, linesText } from '../../core/chat/codeParts';
import type { SentCode } from '../../core/chat/conversation';
import { type Action, askForReplacement } from '../../core/prompts/actions';
import type { CodeToSend, Dialogs, Editors, SettingsReader } from '../ports';
import { type AskInput, titleOf } from './askRequest';
import type { AskSession } from './askSession';

/** The commands that send something: each gathers what to ask and hands it to the session. */
export class AskCommands {
  constructor(
    private readonly session: Pick<AskSession, 'ask' | 'unsentPrompt' | 'keepPrompt'>,
    private readonly editors: Pick<Editors, 'codeToSend'>,
    private readonly dialogs: Pick<Dialogs, 'prompt' | 'warn' | 'wait'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
  ) {}

  async run(action: Action): Promise<void> {
    const input = await this.gather(action);
    if (input) await this.session.ask(input);
  }

  /**
   * What `action` would ask now of `whom`, with the code it is about; undefined when there is nothing to ask, which the
   * user has been told, or it was dismissed.
   */
  async gather(
    action: Action,
    whom: string = this.settings.current.parameters.model,
  ): Promise<AskInput | undefined> {
    const found = action.takesCode ? await this.codeToSend(action) : undefined;
    if (action.takesCode && found === undefined) return undefined;
    const { code, source } = found ?? {};
    const prompt = instruction(action, code) ?? (await this.typePrompt(action, code, whom));
    if (prompt === undefined) return undefined;
    const title = action.instruction === undefined ? titleOf(prompt) : action.title;
    const apply = action.apply === 'none' ? undefined : action.apply;
    return { title, action: action.id, origin: 'command', prompt, code, source, apply };
  }

  /** What the user types; undefined when dismissed. It is there again the next time then. */
  private async typePrompt(
    { id }: Action,
    code: SentCode | undefined,
    whom: string,
  ): Promise<string | undefined> {
    const { text, isAccepted } = await this.dialogs.prompt({
      title: code ? say`Ask ${whom} About ${describe(code)}` : say`Ask ${whom}`,
      placeHolder: code
        ? say`What do you want to know about this code?`
        : say`What do you want to know? No code and no earlier turn is sent along.`,
      value: this.session.unsentPrompt(id),
    });
    this.session.keepPrompt(id, isAccepted ? '' : text);
    return isAccepted ? text : undefined;
  }

  /** The code to send, or a sentence to the user that says why there is none. */
  private async codeToSend({ takesProblems }: Action): Promise<CodeToSend | undefined> {
    const { dialogs } = this;
    const resolving = this.editors.codeToSend({ withProblems: takesProblems === true });
    if (resolving === 'noEditor') {
      await dialogs.warn(
        say`There is no code to send: open a text file and put the cursor into the code. Images and other binary files cannot be sent.`,
      );
      return undefined;
    }
    // A language server that is just starting takes its time to know the symbols.
    const resolved = await dialogs.wait(say`Looking for the code at the cursor…`, resolving);
    if (resolved === 'empty') await dialogs.warn(say`There is no code to send: this file is empty.`);
    return resolved === 'empty' ? undefined : resolved;
  }
}

/** What the model is asked to do with the code; undefined when the user types it. */
function instruction({ instruction: asked, apply }: Action, code: SentCode | undefined): string | undefined {
  if (asked === undefined || apply !== 'replace' || !code) return asked;
  return askForReplacement(asked, codeBlocks(code).length);
}

/** In the user's words: which code is meant. */
function describe(code: SentCode): PlainText {
  const lines = linesText(code);
  switch (code.scope) {
    case 'selection': {
      const count = codeBlocks(code).length;
      return count > 1 ? say`${count} Selections (${lines})` : say`the Selection (${lines})`;
    }
    case 'symbol':
      return say`${code.symbolName ?? 'the Symbol'} (${lines})`;
    case 'file':
      return say`the Whole ${code.cell === undefined ? 'File' : 'Cell'} (${lines})`;
  }
}
