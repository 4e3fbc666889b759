/** Whatever must be told when it is no longer needed. VS Code's own `Disposable` fits. */
export interface Disposable {
  dispose(): void;
}

/** Subscribe to something; dispose the result to stop. Fits VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * The firing end of an {@link Event}; whoever creates it disposes it. A listener that throws keeps neither
 * the other listeners nor whoever fires from going on.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  /** @param onListenerError hears what a listener threw. Default: it is thrown again, by itself. */
  constructor(private readonly onListenerError: (error: unknown) => void = throwByItself) {}

  readonly event: Event<T> = listener => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** Nobody up the stack meets it: VS Code logs it as an error of this extension, and a test fails of it. */
function throwByItself(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
