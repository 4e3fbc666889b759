import type { Event } from '../../../src/core/base/event';
import type { KeySettings } from './account/keys';
import type { CatalogueModel } from './catalogue/wireModel';
import type { Answer } from './chat/answer';
import type { RecordedRequest } from './http/exchange';
import type { Reply } from './http/reply';
import type { Bill, BillEntry } from './money/bill';
import type { Delivery } from './wire/delivery';

export interface SimulatorOptions {
  /** 0: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1, which VS Code's server takes for a port to forward, so that it rewrites links to it. */
  readonly host?: '127.0.0.1' | '::1';
  /** Epoch ms; the clock of `/generation`, days and Retry-After. Pacing always takes real time. */
  readonly now?: () => number;
  /** Absent: as fast as the client reads. */
  readonly tokensPerSecond?: number;
  /** `/generation` says 404 for so long after the answer ended; 1000. */
  readonly generationDelayMs?: number;
  /** Where recorded traffic is; needed for replays and the recorded catalogue. */
  readonly trafficDir?: string;
  /** `builtIn`, the recorded one, or so many synthetic models. */
  readonly catalogue?: 'builtIn' | 'recorded' | { readonly synthetic: number };
  /**
   * Which of so many allowed endpoints is asked first, as load balancing decides it when a request says
   * nothing; a session stays with its endpoint. Absent: the first.
   */
  readonly balance?: (count: number) => number;
  /**
   * Whether a cache has lost a prefix before its time, as a busy provider does; asked for every prefix that a
   * request could find. Absent: never.
   */
  readonly losesPrefix?: () => boolean;
  /** `/endpoints` has an entry for each service tier that a provider sells, as newer servers list them. */
  readonly listsTiers?: boolean;
  /** In addition to the catalogue. */
  readonly models?: readonly CatalogueModel[];
  /** Settings of exact keys, on top of what their prefix says. */
  readonly keys?: Readonly<Record<string, KeySettings>>;
}

/** What the next request gets. */
export type Step =
  /** A fault, answer or replay by name, as after `simulator/` in a model id. */
  | string
  /** A recorded answer, by the name of its file. */
  | { readonly replay: string }
  /** A whole HTTP answer. */
  | Reply
  | Script;

/** An answer in the caller's words, on top of what the request's model would do. */
export interface Script {
  readonly answer?: Partial<Answer>;
  readonly delivery?: Partial<Delivery>;
  /** Display name of who serves it, whoever the catalogue names. */
  readonly provider?: string;
}

export type Endpoint = 'chat' | 'models' | 'key' | 'generation' | 'credits' | 'activity' | 'auth';

export interface Simulator {
  /** `http://127.0.0.1:<port>/api/v1` */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly bill: Bill;
  /** In order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Chat answers under way. */
  readonly activeStreams: number;
  /** Fires when a whole request has arrived, before it is answered. */
  readonly onDidReceive: Event<RecordedRequest>;
  /** Fires when a chat answer is over, however it ended; its bill entry, if any, is in the bill by then. */
  readonly onDidEndStream: Event<StreamEnd>;
  /** Queues a behaviour for the next request to `endpoint` (chat). Throws for unknown names. */
  next(step: Step, endpoint?: Endpoint): void;
  /** Drops every behaviour that was queued and not used. */
  dropSteps(): void;
  /** Resolves when no chat answer is under way. */
  idle(): Promise<void>;
  /** Closes every connection; resolves when the port is free. */
  dispose(): Promise<void>;
}

export interface StreamEnd {
  readonly generationId: string;
  /** True when the client went away before the end. */
  readonly aborted: boolean;
  readonly bill?: BillEntry;
}
