/** Loads something when it is first asked for, and keeps it. A load that failed is tried again next time. */
export class Lazy<T> {
  private loading: Promise<T> | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  /** `undefined` until it is asked for. */
  get current(): Promise<T> | undefined {
    return this.loading;
  }

  get(): Promise<T> {
    this.loading ??= this.load().catch(error => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
}
