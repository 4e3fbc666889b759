/** Requests that are under way, by id, each with what stops it. */
export class RunningRequests {
  private readonly aborts = new Map<string, AbortController>();

  get size(): number {
    return this.aborts.size;
  }

  /** The signal that stops the request. */
  begin(id: string): AbortSignal {
    const abort = new AbortController();
    this.aborts.set(id, abort);
    return abort.signal;
  }

  end(id: string): void {
    this.aborts.delete(id);
  }

  /** Stops one of them, or all. */
  abort(id?: string): void {
    if (id === undefined) for (const abort of this.aborts.values()) abort.abort();
    else this.aborts.get(id)?.abort();
  }
}
