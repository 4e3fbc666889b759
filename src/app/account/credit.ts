import type { AccountClient } from '../../core/chat/account';
import { describeFailure } from '../../core/chat/failureText';
import type { Result } from '../../core/chat/result';
import { describeKey } from './describeKey';

/** What is left on the key in use, in words; asks OpenRouter. */
export async function readCredit(account: () => Promise<Result<AccountClient>>): Promise<string> {
  const client = await account();
  const key = client.ok ? await client.value.key(new AbortController().signal) : client;
  return key.ok ? describeKey(key.value) : describeFailure(key.failure, 'The key').sentence;
}
