/** The newest values by name; what is older is forgotten. */
export class Newest<T> {
  private readonly kept = new Map<string, T>();

  /** @param most so many are kept. */
  constructor(private readonly most: number) {}

  set(name: string, value: T): void {
    this.kept.delete(name);
    this.kept.set(name, value);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) return;
      this.kept.delete(oldest);
    }
  }

  get(name: string): T | undefined {
    return this.kept.get(name);
  }
}
