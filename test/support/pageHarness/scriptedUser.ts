import type { Dialogs, PickItem, PickOptions, Pressed, TypedPrompt } from '../../../src/app/ports/dialogs';

/** A user who answers every question outside the page as told, and else dismisses it. */
export class ScriptedUser implements Dialogs {
  /** Texts to type, labels to pick and buttons to press: used up in order. */
  readonly answers: string[] = [];
  /** What was told or asked, in order. */
  readonly shown: string[] = [];
  readonly copied: string[] = [];
  readonly opened: string[] = [];

  async input(): Promise<string | undefined> {
    return this.answers.shift();
  }

  async prompt(): Promise<TypedPrompt> {
    const text = this.answers.shift();
    return { text: text ?? '', isAccepted: text !== undefined };
  }

  async pick<T extends PickItem>(
    items: readonly T[],
    { title }: { readonly title: string },
  ): Promise<T | undefined> {
    const label = this.see(title);
    return items.find(item => item.label === label);
  }

  /** Presses no button. */
  async pickOrPress<T extends PickItem>(
    items: readonly T[],
    options: PickOptions,
  ): Promise<Pressed<T> | undefined> {
    const item = await this.pick(items, options);
    return item && { item, isButton: false };
  }

  /** An answer names all labels that are picked, with commas between them. */
  async pickMany<T extends PickItem>(
    items: readonly T[],
    { title }: { readonly title: string },
  ): Promise<readonly T[] | undefined> {
    const labels = this.see(title)?.split(',');
    return labels && items.filter(item => labels.includes(item.label));
  }

  async confirm(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  async news(message: string, button?: string): Promise<boolean> {
    return this.see(message) === button && button !== undefined;
  }

  async warn(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  async error(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  async saveFile(): Promise<undefined> {}

  progress<T>(_title: string, task: (signal: AbortSignal, report: () => void) => Promise<T>): Promise<T> {
    return task(new AbortController().signal, () => {});
  }

  wait<T>(_title: string, task: Promise<T>): Promise<T> {
    return task;
  }

  async revealFile(path: string): Promise<void> {
    this.opened.push(path);
  }

  async openLink(href: string): Promise<void> {
    this.opened.push(href);
  }

  async copy(text: string): Promise<void> {
    this.copied.push(text);
  }

  private see(message: string): string | undefined {
    this.shown.push(message);
    return this.answers.shift();
  }
}
