/** Whatever must be told when it is no longer needed. VS Code's own `Disposable` fits. */
export interface Disposable {
  dispose(): void;
}

/** Subscribe to something; dispose the result to stop. Fits VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The firing end of an {@link Event}; whoever creates it disposes it. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = listener => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
