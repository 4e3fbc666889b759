import type { Generation } from '../chat/generation';
import { metadataOf } from '../chat/metadata';
import { servedTier } from '../chat/settlement';
import type { Delivery } from './delivery';

export type Json = Readonly<Record<string, unknown>>;

/** Writes one stream's events: everything but the changing part is the same in each. */
export class EventWriter {
  private readonly head: string;
  private readonly textHead: string;

  constructor(
    private readonly generation: Generation,
    private readonly delivery: Delivery,
  ) {
    const { id, createdSeconds, servedAs, provider } = generation;
    const common = {
      id,
      object: 'chat.completion.chunk',
      created: createdSeconds,
      model: servedAs,
      provider: provider.name,
    };
    this.head = JSON.stringify(common).slice(0, -1);
    this.textHead = `${delivery.prefix}${this.head},"choices":[{"index":0,"delta":{"content":`;
  }

  comment(): string {
    return `${this.delivery.comment}\n\n`;
  }

  /** An event whose JSON has `fields` besides id, model and provider. */
  event(fields: Json): string {
    return `${this.delivery.prefix}${this.head},${JSON.stringify(fields).slice(1)}\n\n`;
  }

  delta(delta: Json, finish: string | null = null, native: string | null = null): string {
    return this.event({ choices: [choice(delta, finish, native)] });
  }

  /** {@link delta} for the many chunks that are only a piece of text. */
  text(content: string): string {
    return `${this.textHead}${JSON.stringify(content)}${textTail}`;
  }

  /** The last chunk of the answer itself. */
  finish(): string {
    const { finishReason, nativeFinishReason, answer } = this.generation;
    const delta = { content: answer.nullContent ? null : '', role: 'assistant', reasoning: null };
    return this.delta(delta, finishReason, nativeFinishReason);
  }

  /** The chunk before `[DONE]`; empty text when the delivery has no usage. */
  usage(usage: unknown, nowMs: number): string {
    const { finishReason, nativeFinishReason } = this.generation;
    const metadata = metadataOf(this.generation, nowMs);
    const service_tier = servedTier(this.generation) ?? null;
    const empty = { content: '', role: 'assistant' };
    const { usage: shape, ending } = this.delivery;
    if (shape === 'none') return '';
    switch (ending === 'noFinish' ? 'nullFinish' : shape) {
      case 'noChoices':
        return this.event({ choices: [], usage, ...metadata });
      case 'repeated':
        return this.event({
          service_tier,
          choices: [choice(empty, finishReason, nativeFinishReason)],
          usage,
          ...metadata,
        });
      case 'nullFinish':
      case 'tokensOnly':
        return this.event({ choices: [choice(empty, null, null)], usage, ...metadata });
    }
  }

  error(error: Json, bare: boolean, nowMs: number): string {
    if (bare) return `${this.delivery.prefix}${JSON.stringify({ error, user_id: 'user_simulator' })}\n\n`;
    const metadata = metadataOf(this.generation, nowMs);
    return this.event({ error, choices: [choice({ content: '' }, 'error', null)], ...metadata });
  }

  done(): string {
    return `${this.delivery.prefix}[DONE]\n\n`;
  }
}

const textTail = ',"role":"assistant"},"finish_reason":null,"native_finish_reason":null}]}\n\n';

const choice = (delta: Json, finish: string | null, native: string | null) => ({
  index: 0,
  delta,
  finish_reason: finish,
  native_finish_reason: native,
});
