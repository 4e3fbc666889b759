/** Pages of OpenRouter that buttons lead to. They belong to the account, whatever base URL is in use. */
export const links = {
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  privacy: 'https://openrouter.ai/settings/privacy',
  /** Every request of the account; can be filtered by generation id, but no address leads to a single one. */
  logs: 'https://openrouter.ai/logs',
} as const;
