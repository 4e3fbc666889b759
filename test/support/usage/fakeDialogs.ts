import type { InputBoxOptions } from 'vscode';

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
