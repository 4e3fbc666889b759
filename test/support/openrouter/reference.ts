/**
 * What a recorded answer holds, worked out in the plainest way and without any code of ours, as the
 * yardstick for the client.
 */
export interface Reference {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly (readonly [string, string])[];
  readonly citedUrls: readonly string[];
  readonly imageCount: number;
  readonly served: { readonly model?: string; readonly provider?: string; readonly generationId?: string };
  readonly finishReason?: string;
  readonly usage?: WireUsage;
  /** `usage.cost` as it stands in the body, written out without exponent. */
  readonly costText?: string;
  readonly upstreamText?: string;
}

interface WireUsage {
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  readonly is_byok?: boolean;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number; readonly cache_write_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
}

interface WireMessage {
  readonly content?: string | null;
  readonly reasoning?: string | null;
  readonly refusal?: string | null;
  readonly images?: readonly unknown[];
  readonly annotations?: readonly { readonly url_citation?: { readonly url: string } }[];
  readonly tool_calls?: readonly {
    readonly index: number;
    readonly id?: string | null;
    readonly function: { readonly name?: string | null; readonly arguments?: string | null };
  }[];
}

interface WireChunk {
  readonly id?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly usage?: WireUsage;
  readonly choices?: readonly {
    readonly delta?: WireMessage;
    readonly message?: WireMessage;
    readonly finish_reason?: string | null;
  }[];
}

export function referenceOf(body: string): Reference {
  const lines = body.split('\n').filter(line => line.startsWith('data: {'));
  const chunks: WireChunk[] =
    lines.length > 0 ? lines.map(line => JSON.parse(line.slice(6))) : [JSON.parse(body)];
  const choices = chunks.flatMap(chunk => chunk.choices ?? []);
  const messages = choices.flatMap(choice => choice.delta ?? choice.message ?? []);
  const text = messages.map(message => (message.content ?? '') + (message.refusal ?? '')).join('');
  // Thinking that comes within the text, between tags, is no part of the answer.
  const [, thought, answer] = /^<think>(.*?)(?:<\/think>\s*(.*))?$/s.exec(text) ?? [];
  return {
    text: thought === undefined ? text : (answer ?? ''),
    reasoning: messages.map(message => message.reasoning ?? '').join('') + (thought ?? ''),
    toolCalls: joinToolCalls(messages),
    citedUrls: [
      ...new Set(
        messages.flatMap(message =>
          (message.annotations ?? []).flatMap(({ url_citation }) => url_citation?.url ?? []),
        ),
      ),
    ],
    imageCount: messages.flatMap(message => message.images ?? []).length,
    served: lastServed(chunks),
    finishReason: choices.find(choice => choice.finish_reason)?.finish_reason ?? undefined,
    usage: chunks.findLast(chunk => chunk.usage)?.usage,
    costText: amountIn(body, 'cost'),
    upstreamText: amountIn(body, 'upstream_inference_cost'),
  };
}

/** Each id is a call; a piece without id belongs to the last id of its index. */
function joinToolCalls(messages: readonly WireMessage[]): [string, string][] {
  const calls = new Map<string, [string, string]>();
  const lastId: string[] = [];
  for (const { index, id, function: called } of messages.flatMap(message => message.tool_calls ?? [])) {
    if (id) lastId[index] = id;
    const [name, text] = calls.get(lastId[index] ?? '') ?? ['', ''];
    calls.set(lastId[index] ?? '', [name || (called.name ?? ''), text + (called.arguments ?? '')]);
  }
  return [...calls.values()].map(([name, text]) => [name, text || '{}']);
}

function lastServed(chunks: readonly WireChunk[]): Reference['served'] {
  const last = chunks.findLast(chunk => chunk.id);
  return { model: last?.model, provider: last?.provider, generationId: last?.id };
}

/** The digits of an amount straight from the text of the body. */
function amountIn(body: string, field: string): string | undefined {
  const text = [...body.matchAll(new RegExp(`"${field}": ?([-0-9.e]+)`, 'g'))].at(-1)?.[1];
  const [, digits, exponent] = /^([0-9.]+)e-(\d+)$/.exec(text ?? '') ?? [];
  if (!digits || !exponent) return text;
  const [whole = '', fraction = ''] = digits.split('.');
  return `0.${'0'.repeat(Number(exponent) - whole.length)}${whole}${fraction}`;
}
