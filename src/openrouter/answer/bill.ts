import type { ChatEvent } from '../../core/chat/chatClient';
import { mergeUsage, type Usage } from '../../core/money/usage';

/**
 * The usage of one answer. Servers may report it at any time: with the first chunk, before anything was
 * generated, or running, with every chunk. Only what is reported when the answer has ended is the bill.
 */
export class Bill {
  /** What stays true however long the answer gets. */
  private lasting: Usage = {};
  private running: Usage | undefined;
  private final: Usage | undefined;
  private isClosed = false;

  /** The answer has ended: what is reported from now on is the bill. */
  close(): void {
    this.isClosed = true;
  }

  /** More of the answer came: what was reported until now does not cover it. */
  goOn(): void {
    if (!this.running) return;
    const { promptTokens, cachedTokens, cacheWriteTokens, isByok } = this.running;
    this.lasting = { promptTokens, cachedTokens, cacheWriteTokens, isByok };
    this.running = undefined;
  }

  /** Takes in one report; tells what is known for good now. */
  add(usage: Usage): ChatEvent[] {
    if (!this.isClosed) {
      this.running = mergeUsage(this.running ?? this.lasting, usage);
      return [{ type: 'counted', usage: this.running }];
    }
    this.final = mergeUsage(this.final ?? this.lasting, usage);
    return [{ type: 'usage', usage: this.final }];
  }

  /** The answer is whole: a report that covers all of it counts, although nothing had said yet that it ends. */
  end(): ChatEvent[] {
    if (!this.running) return [];
    return [{ type: 'usage', usage: mergeUsage(this.running, this.final ?? {}) }];
  }
}
