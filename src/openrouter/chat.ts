import type { ChatClient } from '../core/chat/chatClient';
import { type Clock, systemClock } from './call/clock';
import type { StallLimits } from './call/stall';
import type { Connection } from './connection';
import { Exchange } from './request/exchange';

export interface ChatClientOptions {
  readonly stallLimits: StallLimits;
  /** Time and chance can be replaced by tests. */
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** The client for `/chat/completions`. Holds nothing: no dispose needed. */
export function createChatClient(connection: Connection, options: ChatClientOptions): ChatClient {
  const { stallLimits, clock = systemClock, random = Math.random } = options;
  return {
    stream: (request, signal) =>
      new Exchange(connection, { stallLimits, clock, random }, request, signal).events(),
  };
}
