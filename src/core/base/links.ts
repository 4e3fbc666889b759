/** Pages that buttons lead to: OpenRouter's belong to the account, whatever base URL is in use. */
export const links = {
  home: 'https://openrouter.ai',
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  privacy: 'https://openrouter.ai/settings/privacy',
  /** Every request of the account; can be filtered by generation id. */
  logs: 'https://openrouter.ai/logs',
  /** What VS Code says of a secret storage that does not keep. */
  keyring: 'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues',
} as const;

/** OpenRouter's own servers, those of a region included. */
export const isOpenRouterOrigin = (origin: string): boolean =>
  /^https:\/\/([a-z0-9-]+\.)?openrouter\.ai(:|$)/i.test(origin);

/**
 * The log of the key whose SHA-256 is `keyHash`, narrowed to one generation. OpenRouter shows it to the key's owner
 * only: https://openrouter.ai/docs/guides/overview/auth/oauth#deep-link-to-the-users-key
 */
export function logOfGeneration(keyHash: string, generationId: string): string {
  const query = new URLSearchParams({ api_key_hash: keyHash, generation_id: generationId });
  return `${links.logs}?${query}`;
}
