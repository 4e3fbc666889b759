import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import type { RawBody } from '../../../src/core/chat/rawResponse/rawResponse';
import { AnswerBody } from '../../../src/openrouter/answer/answerBody';
import { ChunkReader } from '../../../src/openrouter/answer/chunks';
import { RepeatedChunk } from '../../../src/openrouter/answer/repeatedChunk';
import { Random } from '../ledger/random';

type Fields = Readonly<Record<string, unknown>>;

const head = { id: 'gen-1', provider: 'Acme', model: 'acme/one', object: 'chat.completion.chunk' };
const chunk = (delta: Fields, choice: Fields = {}, more: Fields = {}): Fields => ({
  ...head,
  choices: [{ index: 0, delta, finish_reason: null, native_finish_reason: null, ...choice }],
  ...more,
});
const textChunk = (content: unknown): Fields => chunk({ role: 'assistant', content });

const texts = [
  'a',
  ' word',
  '"',
  '\\',
  '\\"',
  '"}',
  '","content":"',
  '\n',
  '\t',
  'ü',
  '🎈',
  '\u2028',
  '<think>',
  '</think>',
  '{}',
  '',
];
/** What stands between texts; some of them look like text but say more. */
const others: readonly Fields[] = [
  chunk({ role: 'assistant', content: 'both', reasoning: 'thought' }),
  chunk({ role: 'assistant', content: 'both', reasoning: null, tool_calls: [], refusal: '' }),
  chunk({ role: 'assistant', content: [{ type: 'text', text: 'part' }] }),
  chunk({ content: 'cited', annotations: [{ url_citation: { url: 'https://a.example/' } }] }),
  chunk({ content: 'refused', refusal: 'No.' }),
  chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] }),
  chunk({ content: 'last' }, { finish_reason: 'stop' }),
  chunk({ content: 'dear' }, {}, { usage: { prompt_tokens: 3, completion_tokens: 1, cost: 0.1 } }),
  chunk({ content: 'wrong' }, {}, { error: { code: 502, message: 'Bad gateway' } }),
  chunk({ content: 'wrong' }, { error: { code: 502, message: 'Bad gateway' } }),
  chunk({ content: 'proved' }, {}, { openrouter_metadata: { summary: 'x' } }),
  { ...chunk({ content: 'elsewhere' }), provider: 'Other' },
  { ...head, choices: [] },
];

function read(payloads: readonly string[], packets: Random): { events: readonly ChatEvent[]; raw: RawBody } {
  const reader = new ChunkReader(() => ({ nowMs: 0 }));
  const body = new AnswerBody(reader, 'text/event-stream');
  const events: ChatEvent[] = [];
  for (let at = 0; at < payloads.length; ) {
    // Some at once; where bytes are cut is no matter of this test.
    const end = at + 1 + packets.below(5);
    const packet = payloads.slice(at, end).map(payload => `data: ${payload}\n\n`);
    events.push(...body.push(new TextEncoder().encode(packet.join(''))).events);
    at = end;
  }
  events.push(...body.end(), ...reader.end(false));
  return { events: joinTexts(events), raw: body.received };
}

/** Texts in one piece each, however they were cut. */
function joinTexts(events: readonly ChatEvent[]): readonly ChatEvent[] {
  const joined: ChatEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if ((event.type === 'text' || event.type === 'reasoning') && last?.type === event.type)
      joined[joined.length - 1] = { ...event, text: last.text + event.text };
    else joined.push(event);
  }
  return joined.map(event => ({ ...event, pieces: undefined }) as ChatEvent);
}

const withoutNumber = (raw: RawBody): unknown => {
  if (raw.form !== 'stream') return raw;
  const { number, ...body } = raw.body as Fields;
  return { ...raw, body };
};

suite('chunks that repeat the one before', () => {
  test('are read as if each was parsed, whatever stands between them', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = new Random(seed);
      const chunks = Array.from({ length: 1 + random.below(40) }, () =>
        random.chance(0.8)
          ? textChunk(texts[random.below(texts.length)])
          : (others[random.below(others.length)] ?? {}),
      );
      const spaces = random.chance(0.3) ? 1 : undefined;
      const write = (value: Fields): string => JSON.stringify(value, undefined, spaces).replaceAll('\n', ' ');
      // A field that differs in each: none is like the one before.
      const numbered = chunks.map((each, number) => write({ number, ...each }));
      const expected = read(numbered, new Random(seed));
      const found = read(chunks.map(write), new Random(seed));
      assert.deepEqual(found.events, expected.events, `seed ${seed}`);
      assert.deepEqual(found.raw, withoutNumber(expected.raw), `seed ${seed}`);
    }
  });

  test('are known by all that is not their text', () => {
    const repeated = new RepeatedChunk();
    const learn = (value: Fields): void => repeated.learn(JSON.stringify(value), value);
    learn(textChunk('one'));
    assert.equal(
      repeated.textOf(JSON.stringify(textChunk('two "quoted" \\ and\nmore'))),
      'two "quoted" \\ and\nmore',
    );
    assert.equal(repeated.textOf(JSON.stringify({ ...textChunk('two'), provider: 'Other' })), undefined);
    assert.equal(repeated.textOf(JSON.stringify(textChunk(null))), undefined);
    // Two texts, where one is expected.
    assert.equal(
      repeated.textOf(JSON.stringify(textChunk('a')).replace('"a"', '"a","content":"b"')),
      undefined,
    );
    for (const other of others.filter(({ choices }) => Array.isArray(choices))) {
      if (other === others[1] || other === others[11]) continue;
      learn(other);
      assert.equal(repeated.textOf(JSON.stringify(other)), undefined, JSON.stringify(other));
    }
  });
});
