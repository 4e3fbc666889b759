import { setTimer } from '../../core/base/wait';
import { yieldToEventLoop } from '../../core/base/yieldToEventLoop';

/** Time as the client needs it; tests bring their own. */
export interface Clock {
  /** For durations: never jumps. */
  monotonicMs(): number;
  /** For moments shown to people or compared with a server's dates. */
  epochMs(): number;
  /** Calls back once; the result takes the call back. */
  after(delayMs: number, callback: () => void): () => void;
  /** Resolves when everything else that waits in this process has had its turn. */
  turn(): Promise<void>;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  after: setTimer,
  turn: yieldToEventLoop,
};
