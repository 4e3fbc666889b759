import { type ActionSource, actionSources, type OwnAction } from '../../core/prompts/ownAction';
import { readHead, splitPrompt, toPromptAction } from '../../core/prompts/promptFile';
import type { FoundPromptFile, QuestionSources } from '../ports/questionSources';
import type { SettingsReader } from '../ports/settingsReader';

/** A prompt that can be run, with its file unless it stands in the settings. */
export interface UsablePrompt {
  readonly kind: 'usable';
  readonly action: OwnAction;
  readonly file?: FoundPromptFile;
}

/** A prompt file that cannot be used. */
export interface BrokenPrompt {
  readonly kind: 'broken';
  readonly id: string;
  readonly problem: string;
  /** 1-based, of the file. */
  readonly line: number;
  readonly file: FoundPromptFile;
}

export type ListedPrompt = UsablePrompt | BrokenPrompt;

/** Longer prompts are no prompts. */
const mostCharacters = 100_000;

/**
 * The own prompts: those of the settings, of the user's prompt folders and of a trusted workspace, in this order. Files
 * are read anew for every list, so that a change counts at once.
 */
export class PromptLibrary {
  constructor(
    private readonly sources: Pick<QuestionSources, 'promptFiles'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
  ) {}

  async list(): Promise<readonly ListedPrompt[]> {
    const ofSettings = this.settings.current.actions.own.map(action => ({ kind: 'usable', action }) as const);
    const ofFiles = await Promise.all((await this.sources.promptFiles()).map(file => readPrompt(file)));
    return [...ofSettings, ...ofFiles].sort((a, b) => rank(a) - rank(b));
  }

  /** The prompt of that name that is nearest to the user. */
  async find(name: string): Promise<ListedPrompt | undefined> {
    const named = (await this.list()).filter(prompt => idOf(prompt) === name);
    return named.find(({ kind }) => kind === 'usable') ?? named[0];
  }
}

/** Whose a prompt is, for lists. */
export const sourceNames: Readonly<Record<ActionSource, string>> = {
  settings: 'your settings',
  promptFolder: 'your prompt folder',
  workspace: 'this workspace',
};

export const idOf = (prompt: ListedPrompt): string =>
  prompt.kind === 'usable' ? prompt.action.id : prompt.id;

const rank = (prompt: ListedPrompt): number =>
  actionSources.indexOf(prompt.kind === 'usable' ? prompt.action.source : prompt.file.source);

async function readPrompt(file: FoundPromptFile): Promise<ListedPrompt> {
  const broken = (problem: string, line = 1): BrokenPrompt => ({
    kind: 'broken',
    id: file.name,
    problem,
    line,
    file,
  });
  if (file.text === undefined) return broken(file.problem ?? 'It cannot be read.');
  if (file.text.length > mostCharacters) return broken('It is too long for a prompt.');
  const { head, body } = splitPrompt(file.text);
  if (body === '') return broken('It says nothing to the model.', file.text.split('\n').length);
  const parsed = head === undefined ? undefined : await parse(head);
  // The line of three dashes stands before the head.
  if (parsed?.ok === false) return broken(parsed.problem, parsed.line + 1);
  return {
    kind: 'usable',
    action: toPromptAction(file.name, readHead(parsed?.value), body, file.source),
    file,
  };
}

async function parse(head: string) {
  // Only who has prompts with a head pays for the library.
  return (await import('./promptHead')).parseHead(head);
}
