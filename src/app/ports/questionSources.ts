import type { PlainText } from '../../core/base/plainText';
import type { AddedText } from '../../core/chat/addedPart';
import type { VariableName } from '../../core/prompts/variables';

/**
 * Where a question comes from: prompt files, what the variables of a prompt stand for, and what can be added: of the
 * workspace, the editors, Git, the terminal and the clipboard.
 */
export interface QuestionSources {
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
  /** What a variable of a prompt stands for. */
  variableValue(name: VariableName): Promise<VariableValue>;
  /** Reads all prompt files of the user's folders and of a trusted workspace. Follows no link out of the workspace. */
  promptFiles(): Promise<readonly FoundPromptFile[]>;
  /** Shows a prompt file at a line, 1-based. */
  openPromptFile(file: FoundPromptFile, line: number): Promise<void>;
  promptPlaces(): readonly PromptPlace[];
  /** Writes a new prompt file and shows it; false when there is one of that name. */
  createPromptFile(place: PromptPlace, name: string, text: string): Promise<boolean>;
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

/** `problem` says why there is none. */
export type VariableValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: PlainText };

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
