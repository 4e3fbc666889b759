/** Pages of OpenRouter that buttons lead to. They belong to the account, whatever base URL is in use. */
export const links = {
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  privacy: 'https://openrouter.ai/settings/privacy',
} as const;
