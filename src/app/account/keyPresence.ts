import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { Endpoints } from './endpoints';

/** Whether there is a key for the base URL in force, for those who must know without waiting. */
export class KeyPresence implements Disposable {
  /** Undefined until the key was looked for. */
  hasKey: boolean | undefined;
  private readonly changes = new Emitter<boolean>();
  readonly onDidChange: Event<boolean> = this.changes.event;

  constructor(private readonly endpoints: Pick<Endpoints, 'current'>) {}

  /** Looks again: the key or the base URL may be another one. */
  async refresh(): Promise<void> {
    const endpoint = await this.endpoints.current();
    const hasKey = endpoint.ok && endpoint.value.apiKey !== undefined;
    if (hasKey === this.hasKey) return;
    this.hasKey = hasKey;
    this.changes.fire(hasKey);
  }

  dispose(): void {
    this.changes.dispose();
  }
}
