import { allOf, type Generation, type Progress } from '../chat/generation';
import { enterBill, settle, wireUsage } from '../chat/settlement';
import type { Exchange } from '../http/exchange';
import { commonHeaders } from '../http/reply';
import type { BillEntry } from '../money/bill';
import type { Simulation } from '../simulation';
import type { Delivery } from './delivery';
import { EventWriter } from './eventWriter';
import { answerFrames, count } from './frames';
import { pause, Sink, whenGone } from './sink';

/** Sends the answer as server-sent events and bills what it comes to, however it ends. */
export async function streamAnswer(
  simulation: Simulation,
  exchange: Exchange,
  generation: Generation,
  delivery: Delivery,
): Promise<void> {
  const progress: Progress = { completion: 0, reasoning: 0 };
  simulation.activeStreams++;
  try {
    await new AnswerStream(simulation, exchange, generation, delivery, progress).run();
  } finally {
    const bill = simulation.bill.get(generation.id) ?? billInterrupted(simulation, generation, progress);
    simulation.endStream({ generationId: generation.id, aborted: exchange.gone.aborted, bill });
  }
}

/** An abort saves money only where the provider stops at it. */
function billInterrupted(simulation: Simulation, generation: Generation, progress: Progress): BillEntry {
  if (generation.provider.stopsOnAbort) {
    return enterBill(simulation, generation, progress, { cancelled: true, finishReason: null });
  }
  const finishReason = generation.finishReason;
  return enterBill(simulation, generation, allOf(generation), { cancelled: true, finishReason });
}

class AnswerStream {
  private readonly sink: Sink;
  private readonly writer: EventWriter;
  private readonly gone: AbortSignal;

  constructor(
    private readonly simulation: Simulation,
    private readonly exchange: Exchange,
    private readonly generation: Generation,
    private readonly delivery: Delivery,
    private readonly progress: Progress,
  ) {
    this.gone = exchange.gone;
    this.sink = new Sink(exchange.response, delivery, this.gone);
    this.writer = new EventWriter(generation, delivery);
  }

  async run(): Promise<void> {
    this.sendHeaders();
    await this.sendBeginning();
    const isComplete = await this.sendAnswer();
    if (this.gone.aborted) return;
    if (isComplete && this.delivery.endAfterTokens === undefined) await this.sendEnding();
    else await this.sendFault();
  }

  private sendHeaders(): void {
    const { response } = this.exchange;
    response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-generation-id': this.generation.id,
      'x-provider-name': this.generation.provider.name,
    });
    response.flushHeaders();
  }

  private async sendBeginning(): Promise<void> {
    for (let sent = 0; sent < this.delivery.comments; sent++) await this.sink.write(this.writer.comment());
    if (this.delivery.debugChunk) {
      const debug = { echo_upstream_body: { model: this.generation.model.id } };
      await this.sink.write(this.writer.event({ choices: [], debug }));
    }
  }

  /** False when it stopped before the last token. */
  private async sendAnswer(): Promise<boolean> {
    const { endAfterTokens = Number.POSITIVE_INFINITY, hold, paced } = this.delivery;
    if (endAfterTokens === 0) return false;
    if (hold?.afterTokens === 0) await this.wait(hold.until);
    for (const frame of answerFrames(this.generation, this.writer)) {
      if (frame.type === 'token') await this.sink.pace();
      const due = frame.type === 'token' ? paced?.(this.progress.completion) : undefined;
      if (due !== undefined) await this.wait(due);
      if (this.gone.aborted) return false;
      count(this.progress, frame);
      await this.sink.write(frame.text);
      if (frame.type !== 'token') continue;
      if (this.progress.completion === hold?.afterTokens) await this.wait(hold.until);
      if (this.progress.completion >= endAfterTokens) return false;
    }
    return true;
  }

  private async wait(until: Promise<unknown>): Promise<void> {
    await this.sink.flush();
    await Promise.race([until, whenGone(this.gone)]);
  }

  private async sendEnding(): Promise<void> {
    const { ending } = this.delivery;
    const outcome = { cancelled: false, finishReason: this.generation.finishReason };
    const usage = settle(this.generation, this.progress, outcome);
    enterBill(this.simulation, this.generation, this.progress, outcome);
    const wire = wireUsage(this.generation, usage, this.delivery.usage);
    if (ending !== 'noFinish') await this.sink.write(this.writer.finish());
    await this.sink.write(this.writer.usage(wire, this.simulation.now()));
    if (ending !== 'noDone') await this.sink.write(this.writer.done());
    await this.sink.end();
  }

  private async sendFault(): Promise<void> {
    const { ending, error = {} } = this.delivery;
    switch (ending) {
      case 'error':
      case 'bareError':
        enterBill(this.simulation, this.generation, this.progress, {
          cancelled: false,
          finishReason: 'error',
        });
        await this.sink.write(this.writer.error(error, ending === 'bareError', this.simulation.now()));
        return this.sink.end();
      case 'reset':
        await this.sink.flush();
        this.exchange.response.destroy();
        return;
      case 'stall':
        return this.stall();
      default:
        return this.sink.end();
    }
  }

  private async stall(): Promise<void> {
    const { commentEveryMs } = this.delivery;
    await this.sink.flush();
    while (!this.gone.aborted && commentEveryMs !== undefined) {
      await this.sink.write(this.writer.comment());
      await this.sink.flush();
      await pause(commentEveryMs, this.gone);
    }
    await whenGone(this.gone);
  }
}
