import { plain, say } from '../../core/base/plainText';
import { builtInActions } from '../../core/prompts/actions';
import type { ContextList } from '../context/contextList';
import type { Dialogs, PickItem } from '../ports/dialogs';
import { type PromptLibrary, sourceNames, type UsablePrompt } from '../prompts/promptLibrary';
import type { AskCommands } from './askCommands';
import { type AskInput, titleOf, toTypedInput } from './askRequest';
import type { AskSession } from './askSession';

type Choice = PickItem & { readonly gather: () => Promise<AskInput | undefined> };

/** Has the user choose what is previewed: the question in the panel, an action or an own prompt. */
export class PreviewChoice {
  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'draft'>,
    private readonly commands: Pick<AskCommands, 'gather'>,
    private readonly library: Pick<PromptLibrary, 'list'>,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'warn'>,
    private readonly context: Pick<ContextList, 'fresh'>,
  ) {}

  /** Undefined when there is nothing to preview, which the user has been told, or it was dismissed. */
  async choose(): Promise<AskInput | undefined> {
    const typed = this.session.draft.trim();
    const ofPanel: Choice = {
      label: say`The question in the panel`,
      description: say`${titleOf(typed)}`,
      gather: () => this.gatherTyped(typed),
    };
    const ofActions: readonly Choice[] = builtInActions.map(action => ({
      label: plain(action.title),
      gather: () => this.commands.gather(action),
    }));
    const prompts = await this.library.list();
    const ofPrompts = prompts.flatMap(prompt => (prompt.kind === 'usable' ? this.promptChoice(prompt) : []));
    const choices = [...(typed === '' ? [] : [ofPanel]), ...ofActions, ...ofPrompts];
    const picked = await this.dialogs.pick(choices, {
      title: say`Preview Request`,
      placeHolder: say`What would be asked; nothing is sent yet`,
    });
    return picked?.gather();
  }

  private promptChoice({ action }: UsablePrompt): Choice {
    return {
      label: plain(action.title),
      description: say`prompt of ${sourceNames[action.source]}`,
      gather: () => this.commands.gather(action),
    };
  }

  /** Undefined when something that goes along cannot be read. */
  private async gatherTyped(prompt: string): Promise<AskInput | undefined> {
    const added = await this.context.fresh();
    if (!added) {
      await this.dialogs.warn(say`Something that goes along cannot be read any more: the panel says what.`);
      return undefined;
    }
    return toTypedInput(prompt, added, this.session.conversation);
  }
}
