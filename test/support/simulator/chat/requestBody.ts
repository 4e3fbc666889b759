import { isRecord } from '../http/exchange';
import { errorReply, type Reply, validationReply } from '../http/reply';

/** A chat request that passed validation. */
export interface ChatBody {
  readonly model: string;
  /** Fallbacks, in order. */
  readonly models: readonly string[];
  readonly messages: readonly unknown[];
  readonly stream: boolean;
  readonly maxTokens?: number;
  readonly reasoning: Readonly<Record<string, unknown>>;
  readonly asksForReasoning: boolean;
  readonly provider: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
  /** Indexes of the messages after which explicit caching is asked for. */
  readonly cacheMarks: ReadonlySet<number>;
  /** What is written into a cache is to stay there for an hour. */
  readonly cachesForAnHour: boolean;
  readonly serviceTier?: string;
  /** The `context-compression` plugin; absent: the request does not say. */
  readonly compression?: boolean;
  /** The `web` plugin. */
  readonly searchesWeb: boolean;
  /** In the prompt. */
  readonly images: number;
  /** Names of the parameters that not every endpoint supports. */
  readonly sent: readonly string[];
}

interface Issue {
  readonly expected?: string;
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];

export const isRejected = (value: ChatBody | Reply): value is Reply => 'status' in value;

export function readChatBody(body: unknown): ChatBody | Reply {
  if (!isRecord(body)) return errorReply(400, 'Invalid JSON in request body');
  const issues = [...messageIssues(body), ...fieldIssues(body)];
  if (issues.length) return validationReply(issues.map(issue => ({ ...issue })));
  const messages = body.messages as readonly unknown[];
  if (!messages.length) return errorReply(400, 'Input required: specify "prompt" or "messages"');
  const reasoning = isRecord(body.reasoning) ? body.reasoning : {};
  const effort = reasoning.effort ?? body.reasoning_effort;
  return {
    model: typeof body.model === 'string' ? body.model : 'openrouter/auto',
    models: Array.isArray(body.models) ? body.models.map(String) : [],
    messages,
    stream: body.stream === true,
    ...maxTokens(body.max_completion_tokens ?? body.max_tokens),
    reasoning: effort === undefined ? reasoning : { ...reasoning, effort },
    asksForReasoning: isRecord(body.reasoning) || effort !== undefined || body.include_reasoning === true,
    provider: isRecord(body.provider) ? body.provider : {},
    ...(typeof body.session_id === 'string' && { sessionId: body.session_id }),
    ...cacheWishes(body),
    ...(typeof body.service_tier === 'string' && { serviceTier: body.service_tier }),
    ...pluginWishes(body.plugins),
    images: (JSON.stringify(messages).match(/"type":"image_url"/g) ?? []).length,
    sent: Object.keys(body).filter(name => optionalParameters.has(name) && body[name] !== null),
  };
}

const optionalParameters = new Set([
  ...[
    'max_tokens',
    'temperature',
    'top_p',
    'top_k',
    'min_p',
    'top_a',
    'stop',
    'seed',
    'tools',
    'tool_choice',
  ],
  ...['response_format', 'reasoning', 'logprobs', 'frequency_penalty', 'presence_penalty'],
]);

function cacheWishes(body: Readonly<Record<string, unknown>>) {
  const texts = (body.messages as readonly unknown[]).map(message => JSON.stringify(message));
  const marks = texts.flatMap((text, index) => (text.includes('"cache_control"') ? [index] : []));
  if (isRecord(body.cache_control)) marks.push(texts.length - 1);
  const wishes = JSON.stringify(body.cache_control ?? '') + marks.map(index => texts[index]).join();
  return { cacheMarks: new Set(marks), cachesForAnHour: wishes.includes('"ttl":"1h"') };
}

function pluginWishes(plugins: unknown): { readonly compression?: boolean; readonly searchesWeb: boolean } {
  const list = Array.isArray(plugins) ? plugins.filter(isRecord) : [];
  const wish = (name: string): boolean | undefined => {
    const plugin = list.find(({ id }) => id === name);
    return plugin && plugin.enabled !== false;
  };
  const compression = wish('context-compression');
  return { searchesWeb: wish('web') ?? false, ...(compression !== undefined && { compression }) };
}

const maxTokens = (value: unknown) => (typeof value === 'number' ? { maxTokens: value } : {});

function messageIssues(body: Readonly<Record<string, unknown>>): readonly Issue[] {
  if (!Array.isArray(body.messages)) return [wrongType('array', body.messages, ['messages'])];
  return body.messages.flatMap((message, index): readonly Issue[] => {
    const path = ['messages', index];
    if (!isRecord(message)) return [wrongType('object', message, path)];
    if (!roles.includes(String(message.role))) {
      return [{ code: 'invalid_union', path: [...path, 'role'], message: 'Invalid input' }];
    }
    const { content } = message;
    if (typeof content === 'string' || Array.isArray(content)) return [];
    if (content === null && message.role === 'assistant') return [];
    return [wrongType('string', content, [...path, 'content'])];
  });
}

function fieldIssues(body: Readonly<Record<string, unknown>>): readonly Issue[] {
  const issues: Issue[] = [];
  const check = (name: string, expected: string, fits: (value: unknown) => boolean): void => {
    const value = body[name];
    if (value !== undefined && value !== null && !fits(value))
      issues.push(wrongType(expected, value, [name]));
  };
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;
  const isBetween = (low: number, high: number) => (value: unknown) =>
    typeof value === 'number' && value >= low && value <= high;
  check('model', 'string', value => typeof value === 'string');
  check('models', 'array', Array.isArray);
  check('stream', 'boolean', value => typeof value === 'boolean');
  check('max_tokens', 'int', isCount);
  check('max_completion_tokens', 'int', isCount);
  check('temperature', 'number from 0 to 2', isBetween(0, 2));
  check('top_p', 'number from 0 to 1', isBetween(0, 1));
  check('frequency_penalty', 'number from -2 to 2', isBetween(-2, 2));
  check('presence_penalty', 'number from -2 to 2', isBetween(-2, 2));
  check('reasoning', 'object', isRecord);
  check('provider', 'object', isRecord);
  check('plugins', 'array', Array.isArray);
  check('service_tier', 'string', value => typeof value === 'string');
  check('session_id', 'string of at most 256', value => typeof value === 'string' && value.length <= 256);
  return issues;
}

const wrongType = (expected: string, value: unknown, path: readonly (string | number)[]): Issue => ({
  expected,
  code: 'invalid_type',
  path,
  message: `Invalid input: expected ${expected}, received ${value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value}`,
});
