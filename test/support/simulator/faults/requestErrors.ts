import { errorReply, type Reply, validationReply } from '../http/reply';
import { type Fault, numberOf } from './fault';

/** 4xx: the request, the key or the account is at fault. */
export const requestErrors: readonly Fault[] = [
  {
    name: '400',
    description: '400 of the provider: the reason sits in metadata.raw',
    kind: 'reply',
    reply: () =>
      errorReply(400, 'Provider returned error', {
        metadata: {
          raw: JSON.stringify({
            error: {
              message: "Unsupported parameter: 'temperature' is not supported with this model.",
              type: 'invalid_request_error',
              param: 'temperature',
              code: null,
            },
          }),
          provider_name: 'OpenAI',
          error_type: 'invalid_request',
        },
      }),
  },
  {
    name: '400-context',
    description: '400 because prompt and answer do not fit the context',
    parameter: 'the context in tokens (8192)',
    kind: 'reply',
    reply: context => contextTooLong(numberOf(context, 8192), 9000, context.maxTokens ?? 0),
  },
  {
    name: '400-model',
    description: '400 "… is not a valid model ID"',
    kind: 'reply',
    reply: context => unknownModel(context.model),
  },
  {
    name: '400-validation',
    description: '400 in the shape of the request validation (success: false)',
    kind: 'reply',
    reply: () =>
      validationReply([
        {
          expected: 'array',
          code: 'invalid_type',
          path: ['messages'],
          message: 'Invalid input: expected array, received undefined',
        },
      ]),
  },
  {
    name: '401',
    description: '401 "User not found.": a wrong or deleted key',
    kind: 'reply',
    reply: () => errorReply(401, 'User not found.', { anonymous: true }),
  },
  {
    name: '401-missing',
    description: '401 "Missing Authentication header"',
    kind: 'reply',
    reply: () => errorReply(401, 'Missing Authentication header', { anonymous: true }),
  },
  {
    name: '402',
    description: '402: no credits left',
    kind: 'reply',
    reply: () => insufficientCredits(),
  },
  {
    name: '402-afford',
    description: '402: credits for fewer answer tokens than max_tokens',
    parameter: 'the tokens they cover (250)',
    kind: 'reply',
    reply: context => cannotAfford(context.maxTokens, numberOf(context, 250)),
  },
  {
    name: '402-in-flight',
    description: '402 with Retry-After: running requests hold the balance',
    parameter: 'seconds to wait (1)',
    kind: 'reply',
    reply: context =>
      errorReply(402, 'Your other requests in progress use up the available balance. Retry shortly.', {
        headers: { 'retry-after': String(numberOf(context, 1)) },
        metadata: {
          error_type: 'payment_required',
          reason: 'in_flight_budget_exhausted',
          limit_source: 'openrouter_in_flight_budget',
          retry_after_seconds: numberOf(context, 1),
        },
      }),
  },
  {
    name: '402-key-limit',
    description: '402: the key has reached its own limit, as documented',
    kind: 'reply',
    reply: () =>
      errorReply(402, 'Key limit exceeded', {
        metadata: { error_type: 'payment_required', limit_source: 'openrouter_key_limit' },
      }),
  },
  {
    name: '403',
    description: '403: not permitted',
    kind: 'reply',
    reply: () =>
      errorReply(403, 'You do not have permission to use this model', {
        metadata: { error_type: 'permission_denied' },
      }),
  },
  {
    name: '403-moderation',
    description: '403: the input was flagged',
    kind: 'reply',
    reply: context =>
      errorReply(
        403,
        `${context.model} requires moderation on OpenAI. Your input was flagged for "violence".`,
        {
          metadata: {
            reasons: ['violence'],
            flagged_input: 'the flagged part of the input',
            provider_name: 'OpenAI',
            model_slug: context.model,
          },
        },
      ),
  },
  {
    name: '403-key-limit',
    description: '403: the key has reached its own limit, as clients see it',
    parameter: 'which limit: total, daily, monthly (total)',
    kind: 'reply',
    reply: context => keyLimitExceeded(context.parameter ?? 'total'),
  },
  {
    name: '403-guardrail',
    description: '403: a guardrail of the workspace found a pattern',
    kind: 'reply',
    reply: () =>
      errorReply(403, 'Request blocked by guardrail', { metadata: { patterns: ['EMAIL', 'CREDIT_CARD'] } }),
  },
  {
    name: '403-budget',
    description: '403: a budget above the key is used up',
    parameter: 'whose: guardrail, workspace (guardrail)',
    kind: 'reply',
    reply: context => budgetExceeded(context.parameter ?? 'guardrail'),
  },
  {
    name: '404',
    description: '404: no endpoints for the model',
    kind: 'reply',
    reply: context => errorReply(404, `No endpoints found for ${context.model}.`),
  },
  {
    name: '404-suggests',
    description: '404 in the shape that suggests other models',
    kind: 'reply',
    reply: context => modelEnded(context.model),
  },
  {
    name: '404-data-policy',
    description: '404: none left under the account’s data policy',
    kind: 'reply',
    reply: () => dataPolicy(),
  },
  {
    name: '404-tools',
    description: '404: no endpoint supports what was asked (tool use)',
    kind: 'reply',
    reply: () =>
      errorReply(
        404,
        'No endpoints found that support tool use. To learn more about provider routing, visit: https://openrouter.ai/docs/provider-routing',
      ),
  },
  {
    name: '408',
    description: '408: the request took too long to arrive',
    kind: 'reply',
    reply: () => errorReply(408, 'Request timed out', { metadata: { error_type: 'timeout' } }),
  },
  {
    name: '412',
    description: '412: a precondition failed',
    kind: 'reply',
    reply: () => errorReply(412, 'Precondition failed', { metadata: { error_type: 'precondition_failed' } }),
  },
  { name: '413', description: '413: the body is too large', kind: 'reply', reply: () => payloadTooLarge() },
  {
    name: '422',
    description: '422: understood but not processable',
    kind: 'reply',
    reply: () => errorReply(422, 'Unprocessable request', { metadata: { error_type: 'unprocessable' } }),
  },
];

export const unknownModel = (model: string) => errorReply(400, `${model} is not a valid model ID`);

export const payloadTooLarge = () =>
  errorReply(413, 'Request body too large', { metadata: { error_type: 'payload_too_large' } });

export const contextTooLong = (context: number, prompt: number, output: number) =>
  errorReply(
    400,
    `This endpoint's maximum context length is ${context} tokens. However, you requested about ${prompt + output} tokens (${prompt} of text input, ${output} in the output). Please reduce the length of either one, or use the context-compression plugin to compress your prompt automatically.`,
    { metadata: { provider_name: null, error_type: 'context_length_exceeded' } },
  );

export const insufficientCredits = () =>
  errorReply(402, 'Insufficient credits. Add more using https://openrouter.ai/settings/credits', {
    metadata: { error_type: 'payment_required', limit_source: 'openrouter_credits' },
  });

export const cannotAfford = (maxTokens: number | undefined, affordable: number) =>
  errorReply(
    402,
    `This request requires more credits, or fewer max_tokens. You requested up to ${maxTokens ?? 64000} tokens, but can only afford ${affordable}. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account`,
    {
      metadata: {
        error_type: 'payment_required',
        reason: 'weight_exceeds_budget',
        limit_source: 'openrouter_credits',
      },
    },
  );

export const keyLimitExceeded = (limit: string) =>
  errorReply(
    403,
    `Key limit exceeded (${limit} limit). Manage it using https://openrouter.ai/settings/keys`,
    { metadata: { limit_source: 'openrouter_key_limit' } },
  );

export const dataPolicy = () =>
  errorReply(
    404,
    'No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy',
    { metadata: { error_type: 'not_found' } },
  );

const budgetExceeded = (whose: string) =>
  errorReply(
    403,
    whose === 'workspace'
      ? 'Workspace monthly budget of $500.00 exceeded. Contact your workspace admin.'
      : 'Budget limit exceeded',
    { metadata: { limit_source: `openrouter_${whose}_budget` } },
  );

/** This shape has no `error.code`. */
const modelEnded = (model: string): Reply => ({
  status: 404,
  body: {
    error: {
      message: `${model} is no longer available.`,
      error_type: 'not_found',
      http_status: 404,
      availability: {
        code: 'free_variant_ended',
        retryable: false,
        requested_models: [model],
        fallback_models: ['openai/gpt-4o-mini', 'mistralai/codestral-2508'],
        docs_url: 'https://openrouter.ai/docs',
      },
    },
  },
});
