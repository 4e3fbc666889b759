import type { FollowedSpans } from '../../core/apply/followedSpans';
import type { Span } from '../../core/apply/span';
import type { PlainText } from '../../core/base/plainText';
import type { SentCode } from '../../core/chat/conversation';

/** The text editors of the window, the documents in them, and diffs that propose changes of those. */
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
  openUntitled(text: string, language: string | undefined): Promise<void>;
  /** Opens a text that cannot be changed, where files are opened; shown anew when `id` was shown before. */
  openToRead(text: TextToRead): Promise<void>;
  /** Opens the JSON of a request to be edited and sent. */
  openPreview(preview: NewPreview): Promise<void>;
  /** The request in the active editor, as far as it is one that {@link openPreview} has opened. */
  activePreview(): OpenPreview | undefined;
  /** `gone` when it was closed unsaved, deleted or moved; `unreadable` when VS Code does not open it. */
  readDocument(uri: string): Promise<DocumentText | 'gone' | 'unreadable'>;
  /** The document at the place that a model was told; undefined when there is none, or there are several. */
  findDocument(code: Pick<SentCode, 'path' | 'cell'>): Promise<string | undefined>;
  /** Follows pieces of an open document from now on. */
  follow(uri: string, spans: readonly Span[]): FollowedSpans;
  /** Changes a document in one undoable step, shows it, and puts the cursor to the start of what is new. */
  replace(uri: string, version: number, edit: DocumentEdit): Promise<'done' | 'changed' | 'readOnly'>;
  /** Undefined outside every workspace folder. */
  projectFiles(uri: string): Promise<ProjectFiles | undefined>;
  /** Opens `text` as a new, unsaved file at `path` below the workspace folder of the document. */
  openNewFile(uri: string, path: string, text: string): Promise<void>;
  /** Shows the document as it is and as it would be; the second side can be edited. */
  openProposal(proposal: Proposal): Promise<void>;
  /** As the user has left it; undefined when it is closed. */
  proposalText(id: string): string | undefined;
  closeProposal(id: string): Promise<void>;
  /** The id of the proposal in the active editor, else of the only one that is open. */
  activeProposal(): string | undefined;
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

export type Inserted =
  | { readonly ok: true }
  /** `readOnly` has the document's name. */
  | { readonly ok: false; readonly problem: 'noEditor' }
  | { readonly ok: false; readonly problem: 'readOnly'; readonly name: string };
