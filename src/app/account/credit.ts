import { describeCallFailure } from '../../core/chat/failureText';
import type { Clients } from './clients';
import { describeKey } from './describeKey';

/** What is left on the key in use, in words; asks OpenRouter. */
export async function readCredit(clients: Pick<Clients, 'account'>): Promise<string> {
  const client = await clients.account();
  const key = client.ok ? await client.value.key(new AbortController().signal) : client;
  return key.ok ? describeKey(key.value) : describeCallFailure(key.failure, 'the state of the key');
}
