import type { Usage } from '../money/usage';
import type { Result } from './result';
import type { Routing } from './routing';

/** What `GET /key` says of the key in use. Amounts: USD, decimal text; days and months are UTC. */
export interface KeyInfo {
  /** The key as the server masks it; safe to show. */
  readonly label?: string;
  /** Undefined: the key itself has no cap (which says nothing of the account's balance). */
  readonly limitUsd?: string;
  readonly limitRemainingUsd?: string;
  readonly limitReset?: string;
  readonly usageUsd?: string;
  readonly usageDailyUsd?: string;
  readonly usageWeeklyUsd?: string;
  readonly usageMonthlyUsd?: string;
  readonly isFreeTier?: boolean;
  /** Such a key cannot run inference. */
  readonly isManagementKey: boolean;
  /** ISO 8601. */
  readonly expiresAt?: string;
  readonly workspaceId?: string;
  readonly organizationId?: string;
  /** Where requests may be handled: `global`, `europe`, `us`. Empty: nowhere; undefined: not told. */
  readonly allowedRegions?: readonly string[];
  /** Requests to free models today, over the whole account; counted anew at midnight UTC. */
  readonly freeRequests?: FreeRequests;
}

export interface FreeRequests {
  readonly limit: number;
  readonly remaining: number;
}

/** What `GET /generation?id=` says of one request, after a second or more. */
export interface Generation {
  readonly id: string;
  readonly model?: string;
  readonly provider?: string;
  /** `costUsd` is `total_cost`. */
  readonly usage: Usage;
  readonly finishReason?: string;
  readonly nativeFinishReason?: string;
  readonly cancelled?: boolean;
  readonly latencyMs?: number;
  readonly generationTimeMs?: number;
  readonly routing?: Routing;
}

/** The parts of OpenRouter that tell about money without spending any. */
export interface AccountClient {
  /** Verifies the key; `unauthorized` when it is wrong. */
  key(signal: AbortSignal): Promise<Result<KeyInfo>>;
  /** `undefined` while the server does not know the id yet (404 is normal at first). */
  generation(id: string, signal: AbortSignal): Promise<Result<Generation | undefined>>;
}

/** The end of a sign-in in the browser. It needs no key. */
export interface SignInClient {
  /** The key for a one-time code; `forbidden` when the code is used up, too old, or of another sign-in. */
  exchange(code: string, verifier: string, signal: AbortSignal): Promise<Result<string>>;
}
