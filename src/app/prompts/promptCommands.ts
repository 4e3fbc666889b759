import { joinPlain, type PlainText, plain, say } from '../../core/base/plainText';
import { shortEstimate } from '../../core/models/estimateText';
import { toMessages } from '../../core/prompts/messages';
import { newPromptText } from '../../core/prompts/promptFile';
import type { AskCommands } from '../ask/askCommands';
import { toSent } from '../ask/askRequest';
import type { RequestPreview } from '../ask/requestPreview';
import type { ModelList } from '../models/modelList';
import type { Dialogs, PickItem } from '../ports/dialogs';
import type { Editors } from '../ports/editors';
import type { QuestionSources } from '../ports/questionSources';
import type { SettingsReader } from '../ports/settingsReader';
import type { Estimates } from '../usage/estimates';
import {
  type BrokenPrompt,
  idOf,
  type ListedPrompt,
  type PromptLibrary,
  sourceNames,
  type UsablePrompt,
} from './promptLibrary';

type PromptItem = PickItem & { readonly prompt: ListedPrompt };

const longestName = 200;

/** What the commands use: where prompts come from, who sends them, and what is told of them. */
export interface PromptCommandsParts {
  readonly library: Pick<PromptLibrary, 'list' | 'find'>;
  readonly sources: Pick<QuestionSources, 'openPromptFile' | 'promptPlaces' | 'createPromptFile'>;
  readonly ask: Pick<AskCommands, 'gather' | 'run'>;
  readonly preview: Pick<RequestPreview, 'open'>;
  readonly estimates: Pick<Estimates, 'of'>;
  readonly models: Pick<ModelList, 'findCached'>;
  readonly editors: Pick<Editors, 'selectedCode'>;
  readonly dialogs: Pick<Dialogs, 'pick' | 'pickOrPress' | 'input' | 'warn'>;
  readonly settings: Pick<SettingsReader, 'current'>;
}

/** Run Prompt… and New Prompt… */
export class PromptCommands {
  constructor(private readonly parts: PromptCommandsParts) {}

  /** @param argument a prompt's name, from a key binding; else, also from a menu, the user picks one. */
  async run(argument: unknown): Promise<void> {
    if (typeof argument !== 'string') return this.choose();
    const prompt = await this.named(argument);
    if (prompt) await this.use(prompt, false);
  }

  /** Makes a prompt file with the fields and variables that there are, and opens it. */
  async create(): Promise<void> {
    const { dialogs, sources } = this.parts;
    const places = sources.promptPlaces();
    if (places.length === 0) {
      await dialogs.warn(
        say`There is no place for prompt files: open a trusted folder, or name one in askOpenRouter.promptFolders.`,
      );
      return;
    }
    const items = places.map(place => ({ label: plain(place.label), place }));
    const title = say`New Prompt`;
    const item =
      items.length === 1
        ? items[0]
        : await dialogs.pick(items, { title, placeHolder: say`Where does it belong?` });
    if (!item) return;
    const name = await dialogs.input({
      title,
      prompt: say`Name of the prompt, such as review`,
      validateInput: text =>
        /^[\w][\w.-]{0,100}$/.test(text)
          ? undefined
          : say`Use letters, digits, dashes, dots and underscores.`,
    });
    if (name === undefined) return;
    const created = await sources.createPromptFile(item.place, name, newPromptText(name));
    if (!created) await dialogs.warn(say`There is a prompt of the name ${name} already.`);
  }

  private async use(prompt: ListedPrompt, isPreview: boolean): Promise<void> {
    if (prompt.kind === 'broken') return this.parts.sources.openPromptFile(prompt.file, prompt.line);
    if (!isPreview) return this.parts.ask.run(prompt.action);
    const input = await this.parts.ask.gather(prompt.action);
    if (input) await this.parts.preview.open(input);
  }

  private async named(argument: string): Promise<ListedPrompt | undefined> {
    const name = argument.slice(0, longestName);
    const found = await this.parts.library.find(name);
    if (!found) await this.parts.dialogs.warn(say`There is no prompt of the name “${name}”.`);
    else if (found.kind === 'broken')
      await this.parts.dialogs.warn(say`The prompt “${name}” cannot be used: ${found.problem}`);
    return found;
  }

  private async choose(): Promise<void> {
    const listed = await this.parts.library.list();
    if (listed.length === 0) {
      const create = 'New Prompt…';
      const choice = await this.parts.dialogs.warn(
        say`There are no own prompts yet: neither in askOpenRouter.actions, nor in prompt folders, nor in .github/prompts of a trusted workspace.`,
        create,
      );
      if (choice === create) await this.create();
      return;
    }
    const items = await Promise.all(listed.map(prompt => this.toItem(prompt)));
    const picked = await this.parts.dialogs.pickOrPress<PromptItem>(
      items,
      {
        title: say`Run Prompt`,
        placeHolder: say`A prompt of your settings, your folders or this workspace`,
      },
      {
        icon: 'open-preview',
        label: say`Preview Request`,
        isFor: ({ prompt }) => prompt.kind === 'usable',
      },
    );
    if (picked) await this.use(picked.item.prompt, picked.isButton);
  }

  private async toItem(prompt: ListedPrompt): Promise<PromptItem> {
    return prompt.kind === 'usable' ? this.usableItem(prompt) : brokenItem(prompt);
  }

  private async usableItem(prompt: UsablePrompt): Promise<PromptItem> {
    const { action, file } = prompt;
    const { current } = this.parts.settings;
    const model = action.model ?? current.parameters.model;
    const code = action.takesCode === false ? undefined : this.parts.editors.selectedCode();
    const asked = { prompt: action.instruction ?? '', code, systemPrompt: action.systemPrompt };
    const sent = toSent({ ...asked, ownParameters: { ...action.parameters, model } }, [], current);
    const found = await this.parts.models.findCached(model);
    const { maxTokens } = sent.parameters;
    const estimate = shortEstimate(
      await this.parts.estimates.of(toMessages([], sent), model, found, maxTokens),
    );
    const details: readonly PlainText[] = [
      ...(action.description ? [plain(action.description)] : []),
      say`${estimate}`,
      ...action.notes.map(plain),
    ];
    return {
      label: plain(action.title),
      description: say`${sourceNames[action.source]}${file ? `, ${file.place}` : ''} · ${found?.name ?? model}`,
      detail: joinPlain(details, ' · '),
      prompt,
    };
  }
}

function brokenItem(prompt: BrokenPrompt): PromptItem {
  const { file, line, problem } = prompt;
  return {
    label: say`$(warning) ${idOf(prompt)}`,
    description: say`${sourceNames[file.source]}, ${file.place}`,
    detail: say`Cannot be used: line ${line}: ${problem}`,
    prompt,
  };
}
