import type { Generation, Progress } from '../chat/generation';
import { reasoningFormat } from '../chat/reasoning';
import type { EventWriter, Json } from './eventWriter';

/** A step of a stream; `text` has `\n` line ends. */
export type Frame =
  | { readonly type: 'text'; readonly text: string }
  /** Text that carries one more token. */
  | { readonly type: 'token'; readonly text: string; readonly isReasoning: boolean };

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
