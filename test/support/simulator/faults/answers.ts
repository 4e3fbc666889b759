import { longAnswer } from '../answers/longAnswer';
import type { Prompt } from '../answers/prompt';
import { codeBlock, markdownShowcase, unicodeShowcase } from '../answers/showcase';
import type { Answer } from '../chat/answer';
import { formatPico } from '../money/decimal';
import { type Fault, type FaultContext, numberOf } from './fault';

type Change = (answer: Answer, prompt: Prompt, context: FaultContext) => Partial<Answer>;

const answer = (name: string, description: string, change: Change, parameter?: string): Fault => ({
  name,
  description,
  ...(parameter && { parameter }),
  kind: 'answer',
  change: (before, prompt, context) => ({ ...before, ...change(before, prompt, context) }),
});

/** One red pixel. */
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** Particular words on demand. */
export const answers: readonly Fault[] = [
  answer('echo', 'exactly the last user message', (_, prompt) => ({ content: prompt.text })),
  answer('markdown', 'every markdown construct, hostile HTML, links and images', () => ({
    content: markdownShowcase,
  })),
  answer('unicode', 'emoji, right-to-left text, control and joining characters', () => ({
    content: unicodeShowcase,
  })),
  answer(
    'code',
    'one code block',
    (_, _prompt, context) => ({ content: codeBlock(numberOf(context, 200)) }),
    'lines (200)',
  ),
  answer(
    'long',
    'so many tokens of mixed markdown; also written simulator/long-20000',
    (_, _prompt, context) => ({ content: longAnswer(numberOf(context, 20_000)) }),
    'tokens (20000)',
  ),
  answer(
    'reasoning',
    'reasoning before the answer',
    (_, _prompt, context) => ({
      reasoning: 'First I look at what is asked, then at the code. '.repeat(numberOf(context, 6)),
    }),
    'sentences times two (6)',
  ),
  answer('tools', 'tool calls in deltas', () => ({
    content: '',
    toolCalls: [
      { name: 'read_file', arguments: '{"path":"src/größe.ts","lines":[1,2]}' },
      { name: 'list_files', arguments: '{}' },
    ],
  })),
  answer('null-content', 'content is null where it would be empty', () => ({ nullContent: true })),
  answer('empty', 'an answer without a word', () => ({ content: '' })),
  answer('refusal', 'the model refuses: refusal and content_filter', () => ({
    content: '',
    refusal: 'I cannot help with that.',
    finishReason: 'content_filter',
  })),
  answer('content-filter', 'stopped by a filter within the answer', () => ({
    content: 'The first half of',
    finishReason: 'content_filter',
  })),
  answer('finish-error', 'finish_reason "error" without an error', () => ({ finishReason: 'error' })),
  answer('finish-new', 'a finish reason nobody knows yet', () => ({ finishReason: 'paused' })),
  answer('image', 'an image beside the text', () => ({ images: [pixel] })),
  answer('citations', 'web citations', () => ({
    citations: [
      { url: 'https://example.com/source', title: 'A source' },
      { url: 'https://example.com/untitled' },
    ],
  })),
  answer(
    'cached',
    'a part of the prompt comes from the cache',
    (_, _prompt, context) => ({ cachedPercent: Math.min(100, numberOf(context, 50)) }),
    'percent (50)',
  ),
  answer(
    'web-search',
    'a server tool searched the web, at the model’s price for it',
    (_, _prompt, context) => ({ webSearches: numberOf(context, 2) }),
    'searches (2)',
  ),
  answer(
    'file-parser',
    'a plugin read a file, at $0.002 a page',
    (before, _prompt, context) => ({
      stages: [
        ...(before.stages ?? []),
        {
          type: 'plugin',
          name: 'file-parser',
          summary: `Read ${numberOf(context, 3)} pages.`,
          costUsd: formatPico(BigInt(numberOf(context, 3)) * 2_000_000_000n),
        },
      ],
    }),
    'pages (3)',
  ),
  answer('guardrail', 'a guardrail redacted something in the prompt', before => ({
    stages: [
      ...(before.stages ?? []),
      {
        type: 'guardrail',
        name: 'pii',
        summary: 'One e-mail address was redacted.',
        guardrailId: 'grd_simulator',
      },
    ],
  })),
  answer('healed', 'OpenRouter repaired the JSON of the answer', before => ({
    content: '{"healed":true}',
    stages: [
      ...(before.stages ?? []),
      { type: 'response_healing', name: 'response-healing', summary: 'The JSON was repaired.' },
    ],
  })),
  answer('byok', 'paid with the user’s own provider key: cost is the fee', () => ({ isByok: true })),
];
