import type { AccountClient, Generation } from '../chat/account';
import type { Failure, FailureKind } from '../chat/failure';

/** What became of asking OpenRouter about one request. */
export type Lookup =
  | { readonly kind: 'found'; readonly generation: Generation }
  /** OpenRouter has no such request under this key, or not yet. */
  | { readonly kind: 'unknown' }
  /** This one could not be read; others may. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Asking on makes no sense: no key, no network, still too many requests after waiting. */
  | { readonly kind: 'stop'; readonly failure: Failure };

export interface LookupPorts {
  readonly account: AccountClient;
  /** Resolves after `ms`, or at once when `signal` is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Waits before each repetition, in ms. */
const retryDelays = [1000, 4000];
const rateLimitDelays = [5000, 15_000, 60_000];

const endsRun: ReadonlySet<FailureKind> = new Set([
  'noKey',
  'invalidBaseUrl',
  'unauthorized',
  'forbidden',
  'network',
  'notOpenRouter',
]);

/** Asks for one generation, waiting as long as a busy server asks for. */
export async function lookUp(id: string, ports: LookupPorts, signal: AbortSignal): Promise<Lookup> {
  for (let [retries, limits] = [0, 0]; ; ) {
    const found = await ports.account.generation(id, signal);
    if (found.ok) return found.value ? { kind: 'found', generation: found.value } : { kind: 'unknown' };
    const { failure } = found;
    if (signal.aborted || endsRun.has(failure.kind)) return { kind: 'stop', failure };
    const isLimited = failure.kind === 'rateLimited';
    const delayMs = isLimited ? rateLimitDelays[limits++] : retryDelays[retries++];
    if (delayMs === undefined) return { kind: isLimited ? 'stop' : 'failed', failure };
    await ports.wait(Math.max(delayMs, failure.retryAfterMs ?? 0), signal);
  }
}
