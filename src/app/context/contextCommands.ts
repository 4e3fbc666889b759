import { Emitter, type Event } from '../../core/base/event';
import { type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import type { Dialogs, PickItem } from '../ports/dialogs';
import type { ContextSource, FoundFile, QuestionSources } from '../ports/questionSources';
import type { ContextImages } from './contextImages';
import { type ContextList, mostItems } from './contextList';

/** Files with these endings are taken for images. */
const imageEnding = /\.(?:png|jpe?g|webp|gif)$/i;

/** A row of the first list: what it adds, and why it added less than was wanted. */
interface Choice extends PickItem {
  readonly add: () => Promise<Added>;
}

/** How choosing ended. */
export interface Ended {
  readonly isChosen: boolean;
  /** The user is about to type the question. */
  readonly goesOn: boolean;
}

/** Undefined: dismissed. */
type Added = readonly PlainText[] | undefined;

/** Adds things to the next question: from a list, or what was dropped. Tells in one sentence what was not added. */
export class ContextCommands {
  private readonly ended = new Emitter<Ended>();
  /** The list is closed again, or files were named without it. */
  readonly onDidEnd: Event<Ended> = this.ended.event;

  constructor(
    private readonly list: Pick<ContextList, 'add' | 'addPart'>,
    private readonly images: Pick<ContextImages, 'addFile'>,
    private readonly sources: Pick<
      QuestionSources,
      'files' | 'openFiles' | 'activeFile' | 'pickSymbol' | 'pickImage' | 'terminalSelection' | 'clipboard'
    >,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'pickMany' | 'warn'>,
  ) {}

  /** Has the user choose; `isFromPage`: who was typing a question goes on with it. */
  async choose(isFromPage = false): Promise<void> {
    const picked = await this.dialogs.pick(this.choices(), {
      title: say`Add Context`,
      placeHolder: say`What shall go along with the question in the panel?`,
    });
    const problems = await picked?.add();
    const isChosen = problems !== undefined;
    this.ended.fire({ isChosen, goesOn: isChosen || isFromPage });
    await this.tell(problems);
  }

  /** Adds files by their addresses, which anybody may have named. */
  async addFiles(uris: readonly string[]): Promise<void> {
    const problems = await this.takeFiles(uris.slice(0, mostItems));
    this.ended.fire({ isChosen: false, goesOn: true });
    await this.tell(problems);
  }

  dispose(): void {
    this.ended.dispose();
  }

  private choices(): readonly Choice[] {
    const active = this.sources.activeFile();
    return [
      {
        label: say`$(file) Files…`,
        description: say`of the workspace`,
        add: async () => this.pickFiles(await this.sources.files(), say`Add Files`),
      },
      {
        label: say`$(files) Open Editors…`,
        description: say`with changes that are not saved`,
        add: () => this.pickFiles(this.sources.openFiles(), say`Add Open Editors`),
      },
      {
        label: say`$(symbol-method) Symbol…`,
        description: say`a function, a class, a type of the workspace`,
        add: async () => this.addSource(await this.sources.pickSymbol()),
      },
      ...(active
        ? [
            {
              label: say`$(warning) Problems of ${active.path}`,
              add: () => this.addSource({ kind: 'problems', uri: active.uri }),
            },
          ]
        : []),
      {
        label: say`$(warning) Problems of the Workspace`,
        add: () => this.addSource({ kind: 'problems' }),
      },
      {
        label: say`$(git-commit) Git Diff: Staged Changes`,
        add: () => this.addSource({ kind: 'diff', which: 'staged' }),
      },
      {
        label: say`$(diff) Git Diff: Working Tree`,
        description: say`what is not staged`,
        add: () => this.addSource({ kind: 'diff', which: 'unstaged' }),
      },
      {
        label: say`$(terminal) Terminal Selection`,
        add: async () =>
          this.addText('terminal', await this.sources.terminalSelection(), say`Terminal selection`),
      },
      {
        label: say`$(clippy) Clipboard`,
        add: async () => this.addText('clipboard', await this.sources.clipboard(), say`Clipboard`),
      },
      {
        label: say`$(file-media) Image…`,
        description: say`for models with vision`,
        add: () => this.pickImage(),
      },
    ];
  }

  private async pickFiles(files: readonly FoundFile[], title: PlainText): Promise<Added> {
    if (files.length === 0) return [say`There is no file to add.`];
    const items = files.map(({ path, uri }) => ({
      label: plain(path.split('/').at(-1) ?? path),
      description: plain(path.split('/').slice(0, -1).join('/')),
      uri,
    }));
    const picked = await this.dialogs.pickMany(items, {
      title,
      placeHolder: say`They are read again when the question is sent`,
      least: 1,
      most: mostItems,
    });
    return picked && this.takeFiles(picked.map(({ uri }) => uri));
  }

  private async takeFiles(uris: readonly string[]): Promise<readonly PlainText[]> {
    const problems: PlainText[] = [];
    for (const uri of uris) {
      const problem = imageEnding.test(uri)
        ? await this.images.addFile(uri)
        : await this.list.add({ kind: 'file', uri });
      if (problem !== undefined) problems.push(problem);
    }
    return problems;
  }

  private async addSource(source: ContextSource | undefined): Promise<Added> {
    if (!source) return undefined;
    const problem = await this.list.add(source);
    return problem === undefined ? [] : [problem];
  }

  private addText(kind: 'terminal' | 'clipboard', text: string, name: PlainText): Added {
    const problem = text.trim() === '' ? nothingThere[kind] : this.list.addPart({ kind, name, text });
    return problem === undefined ? [] : [problem];
  }

  private async pickImage(): Promise<Added> {
    const uri = await this.sources.pickImage();
    if (uri === undefined) return undefined;
    const problem = await this.images.addFile(uri);
    return problem === undefined ? [] : [problem];
  }

  private async tell(problems: Added): Promise<void> {
    if (!problems || problems.length === 0) return;
    const [first, ...others] = problems;
    const more = others.length === 0 ? [] : [say`${others.length} more could not be added.`];
    await this.dialogs.warn(paragraphs(...(first ? [first] : []), ...more));
  }
}

const nothingThere = {
  terminal: say`Nothing is selected in the terminal: select what is meant there, and choose Terminal Selection again.`,
  clipboard: say`The clipboard holds no text. An image in it can be pasted into the question.`,
};
