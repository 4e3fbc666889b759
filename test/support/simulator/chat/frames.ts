import type { Delivery } from './delivery';
import type { Generation, Progress } from './generation';
import { reasoningFormat } from './reasoning';

/** A step of a stream; `text` has `\n` line ends. */
export type Frame =
  | { readonly type: 'text'; readonly text: string }
  /** Text that carries one more token. */
  | { readonly type: 'token'; readonly text: string; readonly isReasoning: boolean };

type Json = Readonly<Record<string, unknown>>;

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
  usage(usage: unknown): string {
    const { finishReason, nativeFinishReason } = this.generation;
    const empty = { content: '', role: 'assistant' };
    const { usage: shape, ending } = this.delivery;
    if (shape === 'none') return '';
    switch (ending === 'noFinish' ? 'nullFinish' : shape) {
      case 'noChoices':
        return this.event({ choices: [], usage });
      case 'repeated':
        return this.event({
          service_tier: null,
          choices: [choice(empty, finishReason, nativeFinishReason)],
          usage,
        });
      case 'nullFinish':
      case 'tokensOnly':
        return this.event({ choices: [choice(empty, null, null)], usage });
    }
  }

  error(error: Json, bare: boolean): string {
    if (bare) return `${this.delivery.prefix}${JSON.stringify({ error, user_id: 'user_simulator' })}\n\n`;
    return this.event({ error, choices: [choice({ content: '' }, 'error', null)] });
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

/** The answer itself, token by token; no comments before it and nothing of its ending. */
export function* answerFrames(generation: Generation, writer: EventWriter): Generator<Frame> {
  yield* reasoningFrames(generation, writer);
  const { answer } = generation;
  for (const [index, text] of generation.content.entries()) {
    yield { type: 'token', text: writer.text(text), isReasoning: false };
    if (answer.nullContent && index % 2) {
      yield { type: 'text', text: writer.delta({ content: null, role: 'assistant' }) };
    }
  }
  yield* toolFrames(generation, writer);
  const extras = extraDeltas(generation);
  for (const delta of extras) yield { type: 'text', text: writer.delta(delta) };
}

function* reasoningFrames(generation: Generation, writer: EventWriter): Generator<Frame> {
  const format = reasoningFormat(generation.model.id);
  const isEncrypted = format === 'xai-responses-v1';
  for (const text of generation.reasoning) {
    const detail = isSummary(format)
      ? { type: 'reasoning.summary', summary: text, format, index: 0 }
      : { type: 'reasoning.text', text, format, index: 0 };
    const delta = { content: '', role: 'assistant', reasoning: text, reasoning_details: [detail] };
    const hidden = isEncrypted || !generation.showsReasoning;
    yield { type: 'token', text: hidden ? writer.comment() : writer.delta(delta), isReasoning: true };
  }
  const last = lastDetail(format);
  if (!generation.reasoning.length || !generation.showsReasoning || !last) return;
  const delta = { content: '', role: 'assistant', reasoning: null, reasoning_details: [last] };
  yield { type: 'text', text: writer.delta(delta) };
}

const isSummary = (format: string): boolean => format === 'openai-responses-v1';

/** What vendors send after their thinking, for being sent back: a signature or the encrypted whole. */
function lastDetail(format: string): Json | undefined {
  const secret = Buffer.from(`simulated ${format}`).toString('base64');
  if (format === 'unknown') return undefined;
  if (format === 'anthropic-claude-v1')
    return { type: 'reasoning.text', signature: secret, format, index: 0 };
  return { type: 'reasoning.encrypted', data: secret, format, id: 'rs_simulated', index: 0 };
}

function* toolFrames(generation: Generation, writer: EventWriter): Generator<Frame> {
  for (const [index, call] of generation.toolCalls.entries()) {
    const start = {
      index,
      id: `call_${index}`,
      type: 'function',
      function: { name: call.name, arguments: '' },
    };
    yield { type: 'text', text: writer.delta({ content: null, role: 'assistant', tool_calls: [start] }) };
    for (const piece of call.pieces) {
      const next = { index, function: { arguments: piece } };
      const delta = { content: null, role: 'assistant', tool_calls: [next] };
      yield { type: 'token', text: writer.delta(delta), isReasoning: false };
    }
  }
}

function extraDeltas({ answer }: Generation): readonly Json[] {
  const base = { content: '', role: 'assistant' };
  const images = answer.images?.map((url, index) => ({ type: 'image_url', image_url: { url }, index }));
  const annotations = answer.citations?.map(citation => ({ type: 'url_citation', url_citation: citation }));
  return [
    ...(answer.refusal ? [{ ...base, refusal: answer.refusal }] : []),
    ...(images ? [{ ...base, images }] : []),
    ...(annotations ? [{ ...base, annotations }] : []),
  ];
}

export function count(progress: Progress, frame: Frame): void {
  if (frame.type !== 'token') return;
  progress.completion++;
  if (frame.isReasoning) progress.reasoning++;
}
