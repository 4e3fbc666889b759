import type { InputBoxOptions } from 'vscode';
import type { PickItem, PickOptions, Pressed, RowButton } from '../../../src/app/ports/dialogs';

/** Dialogs that answer as told and write down what they showed. */
export class FakeDialogs {
  /** The label to pick, the text to type, the button to press: used up in order. */
  readonly answers: string[] = [];
  readonly shown: string[] = [];
  readonly revealed: string[] = [];

  async pick<T extends { readonly label: string; readonly description?: string }>(
    items: readonly T[],
  ): Promise<T | undefined> {
    for (const { label, description } of items)
      this.shown.push([label, description].filter(Boolean).join(': '));
    const label = this.answers.shift();
    return items.find(item => item.label === label);
  }

  /** The answer `Label: row` presses the button of that label in the row. */
  async pickOrPress<T extends PickItem>(
    items: readonly T[],
    _options: PickOptions,
    { label, isFor }: RowButton<T>,
  ): Promise<Pressed<T> | undefined> {
    const pressed = items.find(item => isFor(item) && `${label}: ${item.label}` === this.answers[0]);
    const item = await this.pick(items);
    return pressed ? { item: pressed, isButton: true } : item && { item, isButton: false };
  }

  async input(options: InputBoxOptions): Promise<string | undefined> {
    const text = this.answers.shift();
    const problem = text === undefined ? undefined : await options.validateInput?.(text);
    if (typeof problem === 'string') this.shown.push(problem);
    return problem ? undefined : text;
  }

  async confirm(message: string, detail: string): Promise<string | undefined> {
    this.shown.push(message, detail);
    return this.answers.shift();
  }

  async news(message: string): Promise<boolean> {
    this.shown.push(message);
    return false;
  }

  async warn(message: string): Promise<string | undefined> {
    this.shown.push(message);
    return undefined;
  }

  async revealFile(path: string): Promise<void> {
    this.revealed.push(path);
  }
}
