import { say } from '../../core/base/plainText';
import { codeBlocks } from '../../core/chat/codeParts';
import type { SentCode } from '../../core/chat/conversation';
import type { Action } from '../../core/prompts/actions';
import { fillIn, type PromptInput, type VariableName, variablesIn } from '../../core/prompts/variables';
import type { Dialogs } from '../ports/dialogs';
import type { QuestionSources } from '../ports/questionSources';

/** A text that is ready to be sent. */
export interface FilledPrompt {
  readonly text: string;
  /** The code stands in the text itself and need not go along once more. */
  readonly holdsCode: boolean;
}

/** Puts values in the places of a prompt's variables, and asks the user for its inputs. */
export class PromptText {
  constructor(
    private readonly sources: Pick<QuestionSources, 'variableValue'>,
    private readonly dialogs: Pick<Dialogs, 'input' | 'warn'>,
  ) {}

  /** Undefined when the user dismissed an input, or a value is not to be had: then they were told. */
  async fill(
    { title, apply }: Action,
    instruction: string,
    code: SentCode | undefined,
  ): Promise<FilledPrompt | undefined> {
    const { names, inputs } = variablesIn(instruction);
    if (names.length === 0 && inputs.length === 0) return { text: instruction, holdsCode: false };
    // An answer can only replace code that went along with its place.
    const holdsCode = apply !== 'replace' && code !== undefined && names.some(isSelection);
    const values = new Map<VariableName, string>();
    for (const name of names) {
      const value = isSelection(name)
        ? this.selected(code, holdsCode, title)
        : await this.valueOf(name, title);
      if (value === undefined) return undefined;
      values.set(name, value);
    }
    const typed = await this.askFor(inputs, title);
    return typed && { text: fillIn(instruction, values, typed), holdsCode };
  }

  private selected(code: SentCode | undefined, holdsCode: boolean, title: string): string | undefined {
    if (code === undefined) {
      void this.dialogs.warn(say`“${title}” needs a selection: select some code and run it again.`);
      return undefined;
    }
    return holdsCode
      ? codeBlocks(code)
          .map(({ text }) => text)
          .join('\n\n')
      : 'the code below';
  }

  private async valueOf(name: VariableName, title: string): Promise<string | undefined> {
    const found = await this.sources.variableValue(name);
    if (found.ok) return found.value;
    await this.dialogs.warn(say`“${title}” was not sent: ${found.problem}`);
    return undefined;
  }

  private async askFor(
    inputs: readonly PromptInput[],
    title: string,
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const typed = new Map<string, string>();
    for (const { name, placeholder } of inputs) {
      const value = await this.dialogs.input({
        title: say`${title}`,
        prompt: say`${placeholder ?? name}`,
        ...(placeholder && { placeHolder: say`${placeholder}` }),
      });
      if (value === undefined) return undefined;
      typed.set(name, value);
    }
    return typed;
  }
}

const isSelection = (name: VariableName): boolean => name === 'selection' || name === 'selectedText';
