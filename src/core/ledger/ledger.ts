import type { Disposable, Event } from '../base/event';
import type { Outcome } from '../chat/chatClient';
import type { FailureKind } from '../chat/failure';
import type { CostState } from '../money/cost';
import type { Pico } from '../money/pico';
import type { BeginResult, SpendLimit } from './ledgerLimits';
import type { Period } from './period';

/** Which part of the extension asked. */
export type Origin = 'command' | 'panel' | 'compare' | 'checkConnection';

/** What is known before a request leaves. */
export interface LedgerDraft {
  /** ULID; also the turn's id. */
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly origin: Origin;
  readonly action: string;
  readonly promptId?: string;
  /** Name of the workspace, never a path. */
  readonly workspace?: string;
  readonly languageId?: string;
  readonly requestedModel: string;
  readonly maxTokens: number;
  readonly estimatedPromptTokens?: number;
  /** Version of the rule that made `estimatedPromptTokens`; undefined in rows of older versions. */
  readonly estimator?: number;
  /** Worst-case cost held against the limits while the cost is not known; undefined when the price varies. */
  readonly reservedPico?: Pico;
  readonly compareGroup?: string;
  /** Origin of the base URL it goes to, which alone knows its cost; undefined in rows of older versions. */
  readonly endpoint?: string;
  /** Sent along: OpenRouter's logs name it, so that a request without a generation id can be found there. */
  readonly sessionId?: string;
  /** Id of the row whose answer this request goes on from. */
  readonly continues?: string;
  /** Only with `askOpenRouter.ledger.storeText`. */
  readonly prompt?: string;
}

/** What becomes known while or after a request runs. An absent field stays as it was. */
export interface LedgerPatch {
  readonly endedAt?: number;
  readonly servedModel?: string;
  readonly provider?: string;
  /** OpenRouter's name for the service tier that was served, which may differ from the one asked for. */
  readonly serviceTier?: string;
  /** Where OpenRouter handled the request. */
  readonly region?: string;
  /** The number, from 1, of OpenRouter's attempt at a provider that answered, or was the last. */
  readonly attempt?: number;
  readonly generationId?: string;
  readonly outcome?: Outcome;
  readonly finishReason?: string;
  readonly nativeFinishReason?: string;
  readonly httpStatus?: number;
  readonly errorKind?: FailureKind;
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
  readonly costPico?: Pico;
  readonly costState?: CostState;
  readonly isByok?: boolean;
  readonly upstreamPico?: Pico;
  /** JSON: what the cost is made of, and the prices that were used. */
  readonly costParts?: string;
  readonly ttftMs?: number;
  readonly durationMs?: number;
  /** Only with `askOpenRouter.ledger.storeText`. */
  readonly answer?: string;
}

/** One request, however it ended. A new row has outcome `started` and cost state `pending`. */
export interface LedgerEntry extends LedgerDraft, Omit<LedgerPatch, 'outcome' | 'costState'> {
  readonly outcome: 'started' | Outcome;
  readonly costState: CostState;
}

/** Sums over rows, each kind of figure apart. */
export interface Totals {
  readonly requests: number;
  /** Rows `billed`, `settled` or `free`. */
  readonly spentPico: Pico;
  /** Rows `estimated`. */
  readonly estimatedPico: Pico;
  readonly estimatedRequests: number;
  readonly pendingRequests: number;
  /** What pending and unknown rows hold against the limits; a row whose price varies holds nothing. */
  readonly heldPico: Pico;
  readonly unknownRequests: number;
}

/** The record of every request. Writes fire `onDidChange` after they took effect. */
export interface LedgerStore extends Disposable {
  /** Fires the id of the row that was added or changed; '' when many were. */
  readonly onDidChange: Event<{ readonly id: string }>;
  /**
   * Writes the row of a request that is about to leave, unless that would pass one of `limits`: then
   * nothing is written and the result says which. Check and reservation are one transaction over all
   * windows. Rejects when `id` exists.
   */
  begin(draft: LedgerDraft, limits?: readonly SpendLimit[]): Promise<BeginResult>;
  /** Changes a row. Rejects when there is none. */
  update(id: string, patch: LedgerPatch): Promise<void>;
  get(id: string): Promise<LedgerEntry | undefined>;
  /** Sums over the rows of `period`; with `ownRowsOnly` only those begun through this store. */
  totals(period: Period, ownRowsOnly?: boolean): Promise<Totals>;
}
