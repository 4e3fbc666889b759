import { errorReply, type Reply } from '../http/reply';
import { type Fault, type FaultContext, numberOf } from './fault';

const dayMs = 86_400_000;

/** 429, 5xx, and answers that are not OpenRouter's. */
export const serverErrors: readonly Fault[] = [
  {
    name: '429',
    description: '429 with Retry-After',
    parameter: 'seconds to wait (1)',
    kind: 'reply',
    reply: context => upstreamLimit(context, { 'retry-after': String(numberOf(context, 1)) }),
  },
  {
    name: '429-no-retry-after',
    description: '429 that does not say how long to wait',
    kind: 'reply',
    reply: context => upstreamLimit(context, {}),
  },
  {
    name: '429-account',
    description: '429 limit_rpm: OpenRouter’s own limit of the account for the model',
    kind: 'reply',
    reply: context => platformLimit(`limit_rpm/${context.model}`, 20, context.nowMs + 60_000),
  },
  {
    name: '429-free-minute',
    description: '429 free-models-per-min, with X-RateLimit-* (milliseconds)',
    kind: 'reply',
    reply: context => platformLimit('free-models-per-min', 20, context.nowMs + 60_000),
  },
  {
    name: '429-free-day',
    description: '429 free-models-per-day: nothing free until UTC midnight',
    kind: 'reply',
    reply: context => freeDayUsedUp(50, context.nowMs),
  },
  {
    name: '500',
    description: '500: the server failed',
    kind: 'reply',
    reply: () => errorReply(500, 'Internal Server Error', { metadata: { error_type: 'server' } }),
  },
  {
    name: '502',
    description: '502: the provider failed',
    kind: 'reply',
    reply: () =>
      errorReply(502, 'Provider returned error', {
        metadata: {
          error_type: 'provider_unavailable',
          provider_name: 'DeepInfra',
          raw: 'upstream connect error or disconnect/reset before headers',
        },
      }),
  },
  {
    name: '503',
    description: '503: overloaded; with Retry-After when a parameter is given',
    parameter: 'seconds to wait (no header)',
    kind: 'reply',
    reply: context =>
      errorReply(503, 'No provider is available that meets your routing requirements', {
        ...(context.parameter && { headers: { 'retry-after': context.parameter } }),
        metadata: { error_type: 'provider_overloaded' },
      }),
  },
  {
    name: '504',
    description: '504: the gateway timed out',
    kind: 'reply',
    reply: () => errorReply(504, 'Gateway timeout', { metadata: { error_type: 'timeout' } }),
  },
  {
    name: '524',
    description: '524: the edge timed out',
    kind: 'reply',
    reply: () => errorReply(524, 'Provider timed out', { metadata: { error_type: 'timeout' } }),
  },
  {
    name: '529',
    description: '529: the provider is overloaded',
    kind: 'reply',
    reply: () =>
      errorReply(529, 'Provider is overloaded', {
        metadata: { error_type: 'provider_overloaded', provider_name: 'Anthropic' },
      }),
  },
  {
    name: 'html',
    description: 'a login page (HTML) with status 200',
    kind: 'reply',
    reply: () => html(200, 'Sign in to the network', '<form><input name="user"></form>'),
  },
  {
    name: 'html-502',
    description: 'an HTML error page of the edge with status 502',
    kind: 'reply',
    reply: () => html(502, '502 Bad Gateway', '<center><h1>502 Bad Gateway</h1></center>'),
  },
  {
    name: 'bad-json',
    description: 'status 200 and JSON that breaks off',
    kind: 'reply',
    reply: () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"id":"gen-broken","choices":[{"mess',
    }),
  },
  {
    name: 'empty-body',
    description: 'status 200 and not one byte',
    kind: 'reply',
    reply: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '' }),
  },
  {
    name: 'error-in-200',
    description: 'status 200 with a JSON body that is an error',
    kind: 'reply',
    reply: () => ({
      ...errorReply(502, 'Provider returned error', {
        metadata: { provider_name: 'DeepInfra', raw: 'down' },
      }),
      status: 200,
    }),
  },
  {
    name: 'zero-code',
    description: 'status 200 with an error of code 0 and no message',
    kind: 'reply',
    reply: () => ({ status: 200, body: { error: { code: 0, message: '' } } }),
  },
  {
    name: 'reset',
    description: 'the connection is reset before any answer',
    kind: 'connection',
    does: 'reset',
  },
  {
    name: 'stall-headers',
    description: 'the connection stays open, and no answer ever comes',
    kind: 'connection',
    does: 'stall',
  },
];

function upstreamLimit(context: FaultContext, headers: Readonly<Record<string, string>>): Reply {
  return errorReply(429, 'Provider returned error', {
    headers,
    metadata: {
      raw: `${context.model} is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations`,
      provider_name: 'DeepInfra',
      error_type: 'rate_limit_exceeded',
      limit_source: 'upstream_provider_shared_pool',
      ...(headers['retry-after'] && { retry_after_seconds: Number(headers['retry-after']) }),
    },
  });
}

/** The higher quota has words of its own. */
export function freeDayUsedUp(limit: number, nowMs: number): Reply {
  const resetMs = Math.ceil((nowMs + 1) / dayMs) * dayMs;
  return limit > 50
    ? platformLimit('free-models-per-day-high-balance', limit, resetMs, {
        limit_source: 'openrouter_free_tier_daily',
      })
    : platformLimit('free-models-per-day', limit, resetMs, {
        limit_source: 'openrouter_free_tier_daily',
        remedy_hint: 'Add 10 credits to unlock 1000 free model requests per day',
      });
}

function platformLimit(name: string, limit: number, resetMs: number, more = {}): Reply {
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(resetMs),
  };
  return errorReply(429, `Rate limit exceeded: ${name}. `, {
    headers,
    metadata: { headers, provider_name: null, error_type: 'rate_limit_exceeded', ...more },
  });
}

const html = (status: number, title: string, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${body}</body></html>\n`,
});
