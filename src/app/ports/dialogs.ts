import type { PlainText } from '../../core/base/plainText';
import type { ExportFile } from '../../core/usage/exportFile';

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
  /** Stands below the box, also while the user types. */
  readonly prompt?: PlainText;
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
