import type { FollowedSpans } from '../core/apply/followedSpans';
import type { Span } from '../core/apply/span';
import type { Event } from '../core/base/event';
import type { PlainText } from '../core/base/plainText';
import type { AddedText } from '../core/chat/addedPart';
import type { SentCode } from '../core/chat/conversation';
import type { ProviderRules } from '../core/chat/providerRules';
import type { ServiceTier } from '../core/chat/requestParameters';
import type { CachedModels } from '../core/models/cachedModels';
import type { VariableName } from '../core/prompts/variables';
import type { ExportFile } from '../core/usage/exportFile';
import type { KeptConversation } from './conversations/keptConversation';
import type { Settings } from './settings';

/** A row of a list to pick from. */
export interface PickItem {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
}

export interface InputOptions {
  readonly title: PlainText;
  readonly prompt: PlainText;
  /** Text that is there at the start. */
  readonly value?: string;
  readonly placeHolder?: PlainText;
  /** Hides what is typed. */
  readonly password?: boolean;
  /** What is wrong with the text so far, in one sentence; undefined when it can be accepted. */
  readonly validateInput?: (text: string) => PlainText | undefined;
}

export interface PromptOptions {
  readonly title: PlainText;
  readonly placeHolder: PlainText;
  /** Text that is there at the start. */
  readonly value: string;
}

export interface TypedPrompt {
  readonly text: string;
  readonly isAccepted: boolean;
}

/** Everything the extension asks or tells the user outside its own pages. Buttons are words of ours. */
export interface Dialogs {
  /** One line of text; undefined when dismissed. */
  input(options: InputOptions): Promise<string | undefined>;
  /** Text for a question to a model. Unlike `input` it gives back what was typed when it was dismissed, too. */
  prompt(options: PromptOptions): Promise<TypedPrompt>;
  /** A question that must be answered before going on; undefined when cancelled. */
  confirm(message: PlainText, detail: PlainText, ...buttons: string[]): Promise<string | undefined>;
  /**
   * Tells that something went as it was wanted, in the status bar, where it covers nothing and goes away by itself.
   * With what is to be done next as a button; true when that was pressed. `details` stand in its tooltip: the status
   * bar has room for a short sentence.
   */
  news(message: PlainText, button?: string, details?: PlainText): Promise<boolean>;
  /** Tells what has gone wrong. The button that was pressed; undefined when dismissed. So for `error`. */
  warn(message: PlainText, ...buttons: string[]): Promise<string | undefined>;
  error(message: PlainText, ...buttons: string[]): Promise<string | undefined>;
  /** One of `items`; undefined when dismissed. */
  pick<T extends PickItem>(items: readonly T[], options: PickOptions): Promise<T | undefined>;
  /** As `pick`, with a button in rows. */
  pickOrPress<T extends PickItem>(
    items: readonly T[],
    options: PickOptions,
    button: RowButton<T>,
  ): Promise<Pressed<T> | undefined>;
  /** Several of `items`, from `least` to `most` of them; undefined when dismissed. */
  pickMany<T extends PickItem>(
    items: readonly T[],
    options: PickManyOptions<T>,
  ): Promise<readonly T[] | undefined>;
  /** Where to save; undefined when cancelled. VS Code itself asks before replacing a file. */
  saveFile(options: SaveOptions): Promise<ExportTarget | undefined>;
  /**
   * Runs `task` with a cancellable progress notification. `report` replaces the message beside the title;
   * `percent` is how much was done since the last report.
   */
  progress<T>(
    title: PlainText,
    task: (signal: AbortSignal, report: (message: PlainText, percent?: number) => void) => Promise<T>,
  ): Promise<T>;
  /** Shows the progress of `task` only when it takes long; undefined when the user did not wait for it. */
  wait<T>(title: PlainText, task: Promise<T>): Promise<T | undefined>;
  /** Shows a file of this machine where it lies; in a browser, where that cannot be, copies its path. */
  revealFile(path: string): Promise<void>;
  /** Opens a web or mail address outside VS Code, after VS Code's own question. Nothing else is opened. */
  openLink(href: string): Promise<void>;
  copy(text: string): Promise<void>;
}

export interface PickOptions {
  readonly title: PlainText;
  readonly placeHolder: PlainText;
}

/** A button in rows of a list to pick from. */
export interface RowButton<T extends PickItem> {
  /** Name of a codicon. */
  readonly icon: string;
  readonly label: PlainText;
  /** Which rows have it. */
  readonly isFor: (item: T) => boolean;
}

/** A row that was picked, or whose button was pressed. */
export interface Pressed<T extends PickItem> {
  readonly item: T;
  readonly isButton: boolean;
}

export interface PickManyOptions<T extends PickItem> extends PickOptions {
  readonly least: number;
  readonly most: number;
  /** Those that are picked at the start. */
  readonly picked?: readonly T[];
}

export interface SaveOptions {
  readonly title: PlainText;
  /** The file's name that is suggested, with its ending. */
  readonly name: string;
  /** What files of that ending are called. */
  readonly kind: PlainText;
}

/** A place that the user chose for a new file. */
export interface ExportTarget {
  readonly name: string;
  /** Absolute path; undefined when it does not lie on this machine. */
  readonly path?: string;
  open(): Promise<ExportFile>;
}

export interface SettingsReader {
  readonly current: Settings;
  readonly onDidChange: Event<void>;
  /** Makes `model` the model in force, where the value in force is already set: user or workspace. */
  useModel(model: string): Promise<void>;
  /** Makes `models` the user's favourites. */
  setFavourites(models: readonly string[]): Promise<void>;
  /** Changes the user's routing: a rule that is there but undefined is taken out, all others stay. */
  useRouting(changes: ProviderRules): Promise<void>;
  /**
   * Makes `model` the one that an action asks, where it has one already, else where the action stands, else in the
   * user's settings; undefined: it has none of its own.
   */
  useActionModel(action: string, model: string | undefined): Promise<void>;
  /** Remembers for `model` these fields of the API and no others; none: nothing is remembered of it. */
  useModelParameters(model: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Makes `tier` the service tier in force, where the parameters in force are set; undefined: none. */
  useServiceTier(tier: ServiceTier | undefined): Promise<void>;
}

/** The stored API keys, one per origin. */
export interface Keys {
  /** Undefined when none is stored. */
  get(origin: string): Promise<string | undefined>;
  /** False when the storage did not keep it: then it lasts as long as this window. */
  set(origin: string, key: string): Promise<boolean>;
  remove(origin: string): Promise<void>;
}

/** `environmentKeyAsked`: the user was asked about the environment's key. `keyStored`: a key was stored and not removed. */
export type KeyFact = 'environmentKeyAsked' | 'keyStored';

/** What is remembered of origins over all windows and restarts; never a key. */
export interface KeyMemory {
  has(fact: KeyFact, origin: string): boolean;
  add(fact: KeyFact, origin: string): Promise<void>;
  remove(fact: KeyFact, origin: string): Promise<void>;
}

/** The environment that VS Code was started in; a browser has none. */
export interface Environment {
  /** `OPENROUTER_API_KEY`, trimmed; undefined when it is not set, or empty. */
  openRouterKey(): string | undefined;
}

/** The user's web browser: opens pages, and comes back from them. */
export interface Browser {
  /** Opens a page, after VS Code's own question. False when that was not possible or not wanted. */
  open(address: string): Promise<boolean>;
  /** The address that leads a browser to this window, with `path`; undefined where there is none. */
  returnAddress(path: string): Promise<string | undefined>;
  /** Such an address was followed. Anybody can do that, with anything in it. */
  readonly onDidReturn: Event<Returned>;
}

export interface Returned {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** The extension's log. Never given a key, a prompt or an answer. */
export interface Log {
  info(message: PlainText): void;
  warn(message: PlainText): void;
  /** For surprises: with the stack. */
  error(what: PlainText, error: unknown): void;
}

/** The text editors of the window. */
export interface Editors {
  /** The code selected in the active editor; undefined when there is none. */
  selectedCode(): SentCode | undefined;
  /**
   * The code that an action applies to; `neverSent` when `askOpenRouter.neverSend` forbids its file, of which nothing is
   * read then. Takes the active editor before it waits for anything; from a page of VS Code's own, such as the first
   * steps, the one used last.
   */
  codeToSend(options?: CodeOptions): Promise<CodeToSend | 'empty' | 'neverSent' | 'noEditor'>;
  /** Puts `text` at the cursors of the editor used last, as one undoable edit. */
  insert(text: string): Promise<Inserted>;
  /** Opens `text` in a new untitled document. `language` is a code fence's info word. */
  openNew(text: string, language: string | undefined): Promise<void>;
  /** Opens a text that cannot be changed, where files are opened; shown anew when `id` was shown before. */
  openToRead(text: TextToRead): Promise<void>;
  /** Opens the JSON of a request to be edited and sent. */
  openPreview(preview: NewPreview): Promise<void>;
  /** The request in the active editor, as far as it is one that {@link openPreview} has opened. */
  activePreview(): OpenPreview | undefined;
}

export interface TextToRead {
  readonly id: string;
  /** What the tab is called; its ending tells the language. */
  readonly name: string;
  readonly text: string;
}

/** A request that is to be shown before it is sent. */
export interface NewPreview {
  readonly id: string;
  readonly json: string;
  /** A line for above it: what the request, as it has become, would cost. */
  describe(json: string): Promise<PlainText>;
}

/** A request as the user has left it. */
export interface OpenPreview {
  readonly id: string;
  readonly json: string;
  /** Replaces all of the text; undo brings it back. */
  write(json: string): Promise<void>;
  /** Closes the editor; its text is gone. */
  close(): Promise<void>;
}

export interface CodeOptions {
  /** Problems that are reported in the code go along. */
  readonly withProblems?: boolean;
}

export interface CodeToSend {
  readonly code: SentCode;
  readonly source: CodeSource;
}

/** The document that code was taken from. Stays on this side: its address tells who the user is. */
export interface CodeSource {
  readonly uri: string;
  /** One for each part of the code, followed through every change since then. */
  readonly spans: FollowedSpans;
}

/** A document as it is now. */
export interface DocumentText {
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  /** Another one after every change. */
  readonly version: number;
  /** What a user calls it. */
  readonly name: string;
}

/** The files around a document, within its workspace folder. */
export interface ProjectFiles {
  /** The document's own path, below the folder, with `/` between the parts. */
  readonly path: string;
  /** Paths of other files with its ending, and of tests. */
  readonly files: readonly string[];
}

/** Documents by their addresses, and changes of them. */
export interface Documents {
  /** `gone` when it was closed unsaved, deleted or moved; `unreadable` when VS Code does not open it. */
  read(uri: string): Promise<DocumentText | 'gone' | 'unreadable'>;
  /** The document at the place that a model was told; undefined when there is none, or there are several. */
  find(code: Pick<SentCode, 'path' | 'cell'>): Promise<string | undefined>;
  /** Follows pieces of an open document from now on. */
  follow(uri: string, spans: readonly Span[]): FollowedSpans;
  /** Changes a document in one undoable step, shows it, and puts the cursor to the start of what is new. */
  replace(uri: string, version: number, edit: DocumentEdit): Promise<'done' | 'changed' | 'readOnly'>;
  /** Undefined outside every workspace folder. */
  projectFiles(uri: string): Promise<ProjectFiles | undefined>;
  /** Opens `text` as a new, unsaved file at `path` below the workspace folder of the document. */
  openNew(uri: string, path: string, text: string): Promise<void>;
}

export interface DocumentEdit {
  readonly span: Span;
  readonly text: string;
}

/** A change that is shown and not made yet. */
export interface Proposal {
  readonly id: string;
  /** The document that it changes. */
  readonly uri: string;
  readonly title: PlainText;
  /** The whole document as it would be. */
  readonly text: string;
}

/** Diffs of documents as they are and as they would be; the second side can be edited. */
export interface ProposalView {
  open(proposal: Proposal): Promise<void>;
  /** As the user has left it; undefined when it is closed. */
  text(id: string): string | undefined;
  close(id: string): Promise<void>;
  /** The one in the active editor, else the only one that is open. */
  readonly active: string | undefined;
}

export type Inserted =
  | { readonly ok: true }
  /** `readOnly` has the document's name. */
  | { readonly ok: false; readonly problem: 'noEditor' }
  | { readonly ok: false; readonly problem: 'readOnly'; readonly name: string };

/** The parts of VS Code's own window that commands lead to. */
export interface Workbench {
  /** Name of the open workspace; undefined without one. */
  readonly workspaceName: string | undefined;
  /** The user came back to this window. */
  readonly onDidFocus: Event<void>;
  /** Shows the settings that begin with `key`, below our section. */
  openSetting(key: string): Promise<void>;
  /** Shows VS Code's own settings of proxies and certificates. */
  openProxySettings(): Promise<void>;
  runCommand(id: string): Promise<void>;
  /** The Git repository that `place` means to Source Control, else the one of the active file, else the only one. */
  repository(place: unknown): Promise<Repository | undefined>;
}

/** A Git repository in Source Control. */
export interface Repository {
  /** As `git diff --staged` prints it, without files that are never sent. */
  stagedDiff(): Promise<string>;
  /** The same for what is not staged. */
  unstagedDiff(): Promise<string>;
  /** What is staged, then what is not. */
  diff(): Promise<string>;
  /** What stands in the box for the message. */
  message: string;
}

/** Keeps one value that can be fetched again, so that it is there at once and without a network. */
export interface JsonStore<T> {
  /** Undefined when there is none, or it cannot be read. */
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
}

/** Keeps the last list of models. */
export type ModelCache = JsonStore<CachedModels>;

/** Keeps the conversation of a workspace. */
export interface ConversationStore {
  /** Undefined when there is none. Answers that were cut off by the end of the window are `interrupted`. */
  load(): Promise<KeptConversation | undefined>;
  save(kept: KeptConversation): Promise<void>;
  remove(): Promise<void>;
}

/** A prompt file as it was found. */
export interface FoundPromptFile {
  /** The file's name without `.prompt.md`. */
  readonly name: string;
  readonly source: 'promptFolder' | 'workspace';
  /** Where it lies, in words. */
  readonly place: string;
  /** Its URI. */
  readonly address: string;
  /** Undefined when it is not read; `problem` says why. */
  readonly text?: string;
  readonly problem?: string;
}

/** A folder in which a new prompt file can be made. */
export interface PromptPlace {
  readonly label: string;
  readonly address: string;
}

/** Prompt files of the user's folders and of a trusted workspace. */
export interface PromptFiles {
  /** Reads all of them. Follows no link out of the workspace. */
  find(): Promise<readonly FoundPromptFile[]>;
  /** Shows a file at a line, 1-based. */
  open(file: FoundPromptFile, line: number): Promise<void>;
  places(): readonly PromptPlace[];
  /** Writes a new file and shows it; false when there is one of that name. */
  create(place: PromptPlace, name: string, text: string): Promise<boolean>;
}

/** Where something that a user adds comes from. What can change is read anew when it is sent. */
export type ContextSource =
  | { readonly kind: 'file'; readonly uri: string }
  /** `line` is the one it began on when it was last read, 0-based. */
  | { readonly kind: 'symbol'; readonly uri: string; readonly name: string; readonly line: number }
  /** Of one file; undefined: of all. */
  | { readonly kind: 'problems'; readonly uri?: string }
  | { readonly kind: 'diff'; readonly which: 'staged' | 'unstaged' };

/** What was read, or why it cannot be sent, as a sentence. */
export type ReadContext =
  | { readonly ok: true; readonly part: AddedText }
  | { readonly ok: false; readonly problem: PlainText };

/** The bytes of an image file, or why it cannot be sent. */
export type ReadImageFile =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly path: string;
    }
  | { readonly ok: false; readonly problem: PlainText };

/** A file that can be added. */
export interface FoundFile {
  /** As a model would be told. */
  readonly path: string;
  readonly uri: string;
}

/** What can be added to a question: the workspace, the editors, Git, the terminal and the clipboard. */
export interface ContextSources {
  /** Reads nothing of a file that `askOpenRouter.neverSend` forbids, or that is neither in the workspace nor open. */
  read(source: ContextSource): Promise<ReadContext>;
  readImage(uri: string): Promise<ReadImageFile>;
  /** Why `askOpenRouter.neverSend` forbids to send the file; undefined: it does not. */
  whyNeverSent(uri: string): Promise<PlainText | undefined>;
  /** Files of the workspace without those of `files.exclude`. */
  files(): Promise<readonly FoundFile[]>;
  /** In the order of their tabs. */
  openFiles(): readonly FoundFile[];
  /** The file that was edited last; undefined when it is closed. */
  activeFile(): FoundFile | undefined;
  /** Has the user pick a symbol of the workspace; undefined when dismissed. */
  pickSymbol(): Promise<Extract<ContextSource, { readonly kind: 'symbol' }> | undefined>;
  /** Has the user pick an image file; undefined when dismissed. */
  pickImage(): Promise<string | undefined>;
  /** '' when nothing is selected in the terminal that was used last. */
  terminalSelection(): Promise<string>;
  clipboard(): Promise<string>;
}

/** What variables of prompts stand for. */
export interface PromptValues {
  of(
    name: VariableName,
  ): Promise<
    { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: PlainText }
  >;
}
