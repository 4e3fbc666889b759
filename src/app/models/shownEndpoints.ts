import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { describeCallFailure } from '../../core/chat/failureText';
import type { Result } from '../../core/chat/result';
import type { EndpointFacts } from '../../core/models/excludingRules';
import { toEndpointRow } from '../../core/models/page/endpointRow';
import type { EndpointsState } from '../../protocol/modelState';
import type { SettingsReader } from '../ports/settingsReader';
import type { EndpointLookup } from './endpointLookup';

type Looked =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ended'; readonly atMs: number; readonly found: Result<readonly EndpointFacts[]> };

/** Who serves the model that a page shows, as far as that is looked up by now. */
export class ShownEndpoints implements Disposable {
  private looked: Looked = { phase: 'loading' };
  private readonly changes = new Emitter<void>();
  readonly onDidChange: Event<void> = this.changes.event;

  constructor(
    private readonly lookup: Pick<EndpointLookup, 'lookUp'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    /** Epoch ms. */
    private readonly now: () => number,
  ) {}

  get isLoading(): boolean {
    return this.looked.phase === 'loading';
  }

  /** What the endpoints are asked for by; those that cannot be asked for have none. */
  get tags(): readonly string[] {
    const { looked } = this;
    return looked.phase === 'ended' && looked.found.ok
      ? looked.found.value.flatMap(({ tag }) => tag ?? [])
      : [];
  }

  /** By the rules in force now. */
  get state(): EndpointsState {
    const { looked } = this;
    if (looked.phase === 'loading') return looked;
    const { atMs, found } = looked;
    if (!found.ok) {
      return {
        phase: 'failed',
        sentence: describeCallFailure(found.failure, 'the providers of this model'),
      };
    }
    const { parameters } = this.settings.current;
    return {
      phase: 'known',
      atMs,
      rows: found.value.map(endpoint => toEndpointRow(endpoint, parameters, atMs)),
    };
  }

  /**
   * Forgets what was known, and asks the server. What comes after `signal` was aborted is of no interest here; others
   * may wait for the same answer.
   */
  async lookUp(id: string, signal: AbortSignal): Promise<void> {
    this.looked = { phase: 'loading' };
    this.changes.fire();
    const found = await this.lookup.lookUp(id, new AbortController().signal);
    if (signal.aborted) return;
    this.looked = { phase: 'ended', atMs: this.now(), found };
    this.changes.fire();
  }

  dispose(): void {
    this.changes.dispose();
  }
}
