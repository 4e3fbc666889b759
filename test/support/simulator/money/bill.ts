import { Emitter, type Event } from '../../../../src/core/base/event';
import type { Attempt } from '../chat/routing';
import { formatPico } from './decimal';
import type { TokenCounts } from './price';

/** What OpenRouter charged for one generation; `/generation` says the same. Amounts: USD as decimal text. */
export interface BillEntry {
  readonly generationId: string;
  readonly key: string;
  readonly requestedModel: string;
  /** As named in the answer's `model`. */
  readonly model: string;
  readonly provider: string;
  /** The tag of the endpoint that answered. */
  readonly endpoint: string;
  /** Every endpoint that was asked, in order. */
  readonly attempts: readonly Attempt[];
  /** As the answer names it; absent: the ordinary one, and nothing else was asked for. */
  readonly serviceTier?: string;
  readonly tokens: TokenCounts;
  /** What the OpenRouter account pays; with BYOK only the fee. */
  readonly costUsd: string;
  readonly costPico: bigint;
  /** The part of the cost that is for plugins and tools. */
  readonly feesPico: bigint;
  readonly isByok: boolean;
  /** Of the web, by a plugin or a tool. */
  readonly searches?: number;
  /** With BYOK: what the user's own provider account pays. */
  readonly upstreamPico?: bigint;
  readonly upstreamUsd?: string;
  /** The connection was closed before the answer was complete. */
  readonly cancelled: boolean;
  readonly streamed: boolean;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** Epoch ms; `/generation` knows the generation from `generationDelayMs` after this. */
  readonly endedAtMs: number;
  readonly latencyMs: number;
  readonly referer?: string;
  readonly userAgent?: string;
  readonly sessionId?: string;
}

/** The simulator's own account book. Requests that failed before generating are not in it. */
export class Bill {
  private readonly byId = new Map<string, BillEntry>();
  private readonly changes = new Emitter<BillEntry>();

  /** Fires after an entry was added. */
  readonly onDidAdd: Event<BillEntry> = this.changes.event;

  get entries(): readonly BillEntry[] {
    return [...this.byId.values()];
  }

  get(generationId: string): BillEntry | undefined {
    return this.byId.get(generationId);
  }

  add(entry: BillEntry): void {
    if (this.byId.has(entry.generationId)) return;
    this.byId.set(entry.generationId, entry);
    this.changes.fire(entry);
  }

  /** What the OpenRouter account pays for the entries that `filter` lets through. */
  totalPico(filter: (entry: BillEntry) => boolean = () => true): bigint {
    return this.sum(filter, entry => entry.costPico);
  }

  /** What the user's own provider accounts pay (BYOK only). */
  upstreamPico(filter: (entry: BillEntry) => boolean = () => true): bigint {
    return this.sum(filter, entry => entry.upstreamPico ?? 0n);
  }

  /** Decimal text: what all requests together really cost, the provider's part of BYOK included. */
  totalUsd(): string {
    return formatPico(this.totalPico() + this.upstreamPico());
  }

  private sum(filter: (entry: BillEntry) => boolean, amount: (entry: BillEntry) => bigint): bigint {
    return this.entries.filter(filter).reduce((total, entry) => total + amount(entry), 0n);
  }
}
