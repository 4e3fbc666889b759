import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Delivery } from './delivery';

/** Writes between two turns of the event loop: often enough to notice that the client went away. */
const writesPerTurn = 32;

/**
 * The writing end of one answer: line ends, slices, pace and back-pressure. Without a pace events
 * travel together, as they would from a fast server; `flush` sends what is left. Stops writing when `gone`.
 */
export class Sink {
  private writes = 0;
  private held = '';
  private tokens = 0;
  private readonly startedAt = performance.now();

  constructor(
    private readonly response: ServerResponse,
    private readonly delivery: Delivery,
    private readonly gone: AbortSignal,
  ) {}

  async write(text: string): Promise<void> {
    if (this.gone.aborted || text === '') return;
    const { newline, slices, tokensPerSecond } = this.delivery;
    const wire = newline === '\n' ? text : text.replaceAll('\n', '\r\n');
    if (slices === 'whole') {
      this.held += wire;
    } else if (slices === 'event' && !tokensPerSecond) {
      this.held += wire;
      if (this.writes++ % writesPerTurn === 0) await this.flush();
    } else {
      for (const slice of cut(wire, slices)) await this.push(slice);
    }
  }

  /** Sends what was held back, and gives the socket a turn to take it. */
  async flush(): Promise<void> {
    const { held } = this;
    this.held = '';
    if (held) await this.push(held);
    await nextTurn();
  }

  /** Waits until the next token is due. */
  async pace(): Promise<void> {
    const { tokensPerSecond } = this.delivery;
    if (!tokensPerSecond || this.gone.aborted) return;
    const dueMs = (++this.tokens * 1000) / tokensPerSecond;
    const waitMs = dueMs - (performance.now() - this.startedAt);
    if (waitMs > 1) await pause(waitMs, this.gone);
  }

  async end(): Promise<void> {
    if (this.gone.aborted) return;
    if (this.held) await this.push(this.held);
    this.response.end();
  }

  private async push(slice: string | Buffer): Promise<void> {
    if (this.gone.aborted) return;
    const hasRoom = this.response.write(slice);
    if (!hasRoom) await drained(this.response, this.gone);
    else if (this.delivery.slices === 'utf8' || ++this.writes % writesPerTurn === 0) await nextTurn();
  }
}

function* cut(text: string, slices: Delivery['slices']): Generator<string | Buffer> {
  if (slices === 'event' || slices === 'whole') {
    yield text;
    return;
  }
  const bytes = Buffer.from(text);
  let start = 0;
  for (let end = 1; end < bytes.length; end++) {
    const isDue = slices === 'utf8' ? ((bytes[end] ?? 0) & 0xc0) === 0x80 : end - start >= slices;
    if (!isDue) continue;
    yield bytes.subarray(start, end);
    start = end;
  }
  yield bytes.subarray(start);
}

/** Resolves after `ms`, or as soon as the client is gone. */
export async function pause(ms: number, gone: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: gone }).catch(ignoreAbort);
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

export async function whenGone(gone: AbortSignal): Promise<void> {
  if (!gone.aborted) await once(gone, 'abort');
}

async function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal: gone }).catch(ignoreAbort);
}
