/** Pages that buttons lead to: OpenRouter's belong to the account, whatever base URL is in use. */
export const links = {
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  privacy: 'https://openrouter.ai/settings/privacy',
  /** Every request of the account; can be filtered by generation id, but no address leads to a single one. */
  logs: 'https://openrouter.ai/logs',
  /** What VS Code says of a secret storage that does not keep. */
  keyring: 'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues',
} as const;
