import type { Delivery } from '../wire/delivery';
import { type Fault, type FaultContext, numberOf } from './fault';

type Change = (delivery: Delivery, context: FaultContext) => Partial<Delivery>;

const delivery = (name: string, description: string, change: Change, parameter?: string): Fault => ({
  name,
  description,
  ...(parameter && { parameter }),
  kind: 'delivery',
  change: (before, context) => ({ ...before, ...change(before, context) }),
});

const disconnected = {
  code: 502,
  message: 'Provider disconnected',
  metadata: { error_type: 'provider_unavailable', provider_code: 'overloaded', provider_name: 'DeepInfra' },
};
const tokens = 'tokens before it (5)';

/** `[tokens][,ms]` */
function pair(context: FaultContext): readonly [number, number] {
  const [first = '', second = ''] = (context.parameter ?? '').split(',');
  return [first === '' ? 5 : Number(first), second === '' ? 200 : Number(second)];
}

/** Faults and framings of the answer’s body. */
export const deliveries: readonly Fault[] = [
  delivery('error-first', 'an error as the first and only event', () => ({
    ending: 'error',
    endAfterTokens: 0,
    error: disconnected,
  })),
  delivery('error-first-bare', 'the same without choices, as before 2026', () => ({
    ending: 'bareError',
    endAfterTokens: 0,
    error: disconnected,
  })),
  delivery(
    'error-mid',
    'an error within the answer',
    (_, context) => ({ ending: 'error', endAfterTokens: numberOf(context, 5), error: disconnected }),
    tokens,
  ),
  delivery(
    'error-mid-string',
    'an error within the answer whose code is a string',
    (_, context) => ({
      ending: 'error',
      endAfterTokens: numberOf(context, 5),
      error: { code: 'server_error', message: 'The server had an error' },
    }),
    tokens,
  ),
  delivery(
    'cut',
    'the body ends within the answer: no finish reason, no [DONE]',
    (_, context) => ({ ending: 'cut', endAfterTokens: numberOf(context, 5) }),
    tokens,
  ),
  delivery(
    'cut-socket',
    'the connection is destroyed within the answer',
    (_, context) => ({ ending: 'reset', endAfterTokens: numberOf(context, 5) }),
    tokens,
  ),
  delivery('no-done', 'finish reason and usage, but no [DONE]', () => ({ ending: 'noDone' })),
  delivery('no-finish', 'all of the answer and [DONE], but no finish reason', () => ({ ending: 'noFinish' })),
  delivery(
    'stall',
    'silence within the answer, until the client gives up',
    (_, context) => ({ ending: 'stall', endAfterTokens: numberOf(context, 5) }),
    tokens,
  ),
  delivery(
    'stall-comments',
    'only keep-alive comments from within the answer on',
    (_, context) => {
      const [afterTokens, everyMs] = pair(context);
      return { ending: 'stall', endAfterTokens: afterTokens, commentEveryMs: everyMs };
    },
    'tokens before it, ms between comments (5,200)',
  ),
  delivery('stall-first-byte', 'headers, then silence', () => ({
    ending: 'stall',
    endAfterTokens: 0,
    comments: 0,
  })),
  delivery(
    'stall-first-token',
    'headers, then only keep-alive comments',
    (_, context) => ({ ending: 'stall', endAfterTokens: 0, commentEveryMs: numberOf(context, 200) }),
    'ms between comments (200)',
  ),
  delivery(
    'slow',
    'so many tokens per second',
    (_, context) => ({ tokensPerSecond: numberOf(context, 20) }),
    'tokens per second (20)',
  ),
  delivery('bytes', '1-byte writes', () => ({ slices: 1 })),
  delivery(
    'slices',
    'writes of so many bytes',
    (_, context) => ({ slices: Math.max(1, numberOf(context, 7)) }),
    'bytes (7)',
  ),
  delivery('utf8-split', 'every multi-byte character is split across packets', () => ({ slices: 'utf8' })),
  delivery('one-packet', 'the whole body in one write', () => ({ slices: 'whole' })),
  delivery('crlf', 'lines end in CR LF', () => ({ newline: '\r\n' })),
  delivery('no-space', 'no space after "data:"', () => ({ prefix: 'data:' })),
  delivery('no-comments', 'no comment before the first event', () => ({ comments: 0 })),
  delivery('bare-comments', 'comments are a lone colon', () => ({ comment: ':' })),
  delivery(
    'many-comments',
    'many comments before the first event',
    (_, context) => ({ comments: numberOf(context, 200) }),
    'how many (200)',
  ),
  delivery('usage-repeated', 'usage chunk of 2026: repeats the finish reason', () => ({ usage: 'repeated' })),
  delivery('usage-null-finish', 'usage chunk of 2025: finish_reason null', () => ({ usage: 'nullFinish' })),
  delivery('usage-no-choices', 'usage chunk with choices: []', () => ({ usage: 'noChoices' })),
  delivery('usage-no-cost', 'usage of 2024: token counts without cost', () => ({ usage: 'tokensOnly' })),
  delivery('no-usage', 'no usage at all', () => ({ usage: 'none' })),
  delivery('debug-chunk', 'a first chunk with choices: [] and debug', () => ({ debugChunk: true })),
  delivery('padded', 'white space before the JSON body (not streamed)', () => ({ padding: true })),
];
