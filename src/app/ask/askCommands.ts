import { type PlainText, say } from '../../core/base/plainText';
import { codeBlocks, linesText } from '../../core/chat/codeParts';
import type { SentCode } from '../../core/chat/conversation';
import { type Action, askForReplacement } from '../../core/prompts/actions';
import { forWorkspace, type OwnAction } from '../../core/prompts/ownAction';
import { settings as keys, settingsSection } from '../../ids';
import type { Dialogs } from '../ports/dialogs';
import type { CodeToSend, Editors } from '../ports/editors';
import type { SettingsReader } from '../ports/settingsReader';
import type { FilledPrompt, PromptText } from '../prompts/promptText';
import { parametersFor } from '../settings';
import { type AskInput, titleOf } from './askRequest';
import type { AskSession } from './askSession';

/** The commands that send something: each gathers what to ask and hands it to the session. */
export class AskCommands {
  constructor(
    private readonly session: Pick<AskSession, 'ask' | 'unsentPrompt' | 'keepPrompt'>,
    private readonly editors: Pick<Editors, 'codeToSend' | 'selectedCode'>,
    private readonly dialogs: Pick<Dialogs, 'prompt' | 'warn' | 'wait'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly texts: Pick<PromptText, 'fill'>,
  ) {}

  async run(action: Action & Partial<Pick<OwnAction, 'source'>>): Promise<void> {
    const input = await this.gather(action);
    if (input) await this.session.ask(input);
  }

  /**
   * What `asked` would ask now, of `whom` if that is said, with the code it is about; undefined when there is nothing to
   * ask, which the user has been told, or it was dismissed.
   */
  async gather(
    asked: Action & Partial<Pick<OwnAction, 'source'>>,
    whom?: string,
  ): Promise<AskInput | undefined> {
    const isOwn = asked.source !== undefined;
    const action = isOwn ? asked : { ...asked, ...this.settings.current.actions.changes[asked.id] };
    const found = await this.codeFor(action);
    if (found === 'none') return undefined;
    const { code, source } = found;
    const filled = await this.promptOf(action, code, whom);
    if (filled === undefined) return undefined;
    const apply = action.apply === 'none' ? undefined : action.apply;
    const title = action.instruction === undefined ? titleOf(filled.text) : action.title;
    return {
      title,
      action: isOwn ? 'prompt' : action.id,
      origin: 'command',
      prompt: filled.text,
      code: filled.holdsCode ? undefined : code,
      source,
      apply,
      ...(isOwn && { promptId: action.id }),
      ...this.choicesOf(action),
    };
  }

  /** What the action says of its request beside the text. */
  private choicesOf(action: Action & Partial<Pick<OwnAction, 'source'>>): Partial<AskInput> {
    const { model, parameters = {}, systemPrompt, isModelOfWorkspace } = action;
    const { maxTokens } = parametersFor(this.settings.current, model);
    const isOfWorkspace = action.source === 'workspace' || action.areParametersOfWorkspace === true;
    const allowed = isOfWorkspace ? forWorkspace(parameters, maxTokens) : parameters;
    const ownParameters = { ...allowed, ...(model !== undefined && { model }) };
    return {
      ...(Object.keys(ownParameters).length > 0 && { ownParameters }),
      ...(systemPrompt !== undefined && { systemPrompt }),
      ...(isModelOfWorkspace && { isModelOfWorkspace }),
    };
  }

  private async promptOf(
    action: Action,
    code: SentCode | undefined,
    whom: string | undefined,
  ): Promise<FilledPrompt | undefined> {
    if (action.instruction !== undefined) {
      const filled = await this.texts.fill(action, action.instruction, code);
      if (filled === undefined || action.apply !== 'replace' || !code) return filled;
      return { ...filled, text: askForReplacement(filled.text, codeBlocks(code).length) };
    }
    const text = await this.typePrompt(action, code, whom);
    return text === undefined ? undefined : { text, holdsCode: false };
  }

  /** The code that goes along; `none` when there should be some and is not. */
  private async codeFor(action: Action): Promise<Partial<CodeToSend> | 'none'> {
    const { takesCode } = action;
    if (!takesCode || (takesCode === 'selection' && !this.editors.selectedCode())) return {};
    return (await this.codeToSend(action)) ?? 'none';
  }

  /** What the user types; undefined when dismissed. It is there again the next time then. */
  private async typePrompt(
    { id, model: own }: Action,
    code: SentCode | undefined,
    whom: string | undefined,
  ): Promise<string | undefined> {
    const model = whom ?? own ?? this.settings.current.parameters.model;
    const { text, isAccepted } = await this.dialogs.prompt({
      title: code ? say`Ask ${model} About ${describe(code)}` : say`Ask ${model}`,
      placeHolder: code ? say`What do you want to know about this code?` : say`What do you want to know?`,
      prompt: code ? undefined : say`No code, no earlier turn and nothing added in the panel goes along.`,
      value: this.session.unsentPrompt(id),
    });
    this.session.keepPrompt(id, isAccepted ? '' : text);
    return isAccepted ? text : undefined;
  }

  /** The code to send, or a sentence to the user that says why there is none. */
  private async codeToSend({ takesProblems }: Action): Promise<CodeToSend | undefined> {
    const { dialogs } = this;
    const resolving = this.editors.codeToSend({ withProblems: takesProblems === true });
    // A language server that is just starting takes its time to know the symbols.
    const resolved = await dialogs.wait(say`Looking for the code at the cursor…`, resolving);
    if (resolved === 'noEditor')
      await dialogs.warn(
        say`There is no code to send: open a text file and put the cursor into the code. Images and other binary files cannot be sent.`,
      );
    if (resolved === 'empty') await dialogs.warn(say`There is no code to send: this file is empty.`);
    if (resolved === 'neverSent')
      await dialogs.warn(
        say`Nothing was read or sent: a pattern in the setting ${`${settingsSection}.${keys.neverSend}`} forbids to send this file.`,
      );
    return typeof resolved === 'object' ? resolved : undefined;
  }
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
