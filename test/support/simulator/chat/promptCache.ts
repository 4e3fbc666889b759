import { createHash } from 'node:crypto';
import { contentText } from '../answers/prompt';
import { countTokens } from '../answers/tokens';
import { isRecord } from '../http/exchange';

/** Providers cache prompts of at least so many tokens, in steps of 128. */
const leastTokens = 1024;
const step = 128;

/** Which prompts a provider has seen: equal leading messages are read from its cache. */
export class PromptCache {
  private readonly seen = new Set<string>();

  /** Tokens of `messages` that are in the cache; from now on all of them are. */
  read(scope: string, messages: readonly unknown[]): number {
    let cached = 0;
    let total = 0;
    const hash = createHash('sha256').update(scope);
    for (const message of messages) {
      const text = isRecord(message) ? `${message.role}\n${contentText(message.content)}` : '';
      total += countTokens(text);
      const prefix = hash.update(text).update('\0').copy().digest('hex');
      if (this.seen.has(prefix)) cached = total;
      this.seen.add(prefix);
    }
    return cached < leastTokens ? 0 : cached - (cached % step);
  }
}
