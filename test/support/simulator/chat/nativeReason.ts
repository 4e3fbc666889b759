const byProvider: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Anthropic: { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use', content_filter: 'refusal' },
  Google: { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP', content_filter: 'SAFETY' },
  OpenAI: { stop: 'completed', length: 'max_output_tokens', tool_calls: 'completed' },
};
const sameAs: Readonly<Record<string, string>> = {
  'Amazon Bedrock': 'Anthropic',
  'Google AI Studio': 'Google',
  xAI: 'OpenAI',
};

/** The provider's own word for a finish reason. */
export const nativeReason = (provider: string, reason: string): string =>
  byProvider[sameAs[provider] ?? provider]?.[reason] ?? reason;
