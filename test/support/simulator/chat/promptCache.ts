import { createHash } from 'node:crypto';
import { contentText } from '../answers/prompt';
import { countTokens, messageOverhead, promptOverhead } from '../answers/tokens';
import type { CachePolicy } from '../catalogue/cachePolicies';
import { isRecord } from '../http/exchange';

/** What a request finds in a cache and leaves there. */
export interface CacheUse {
  /** Tokens that were read from it. */
  readonly cached: number;
  /** Tokens up to the last mark, those read included; only where caching is explicit. */
  readonly marked: number;
}

interface Prefix {
  readonly untilMs: number;
  readonly ttlMs: number;
}

/** Which prompts each provider has seen lately: equal leading messages are read from its cache. */
export class PromptCache {
  private readonly scopes = new Map<string, Map<string, Prefix>>();

  constructor(private readonly losesPrefix: () => boolean = () => false) {}

  /**
   * @param scope whose cache: key, model and endpoint
   * @param marks indexes of the messages after which the request asks for a prefix to be kept
   * @param ttlMs how long this request asks for; absent: as the policy says
   * @param native how the model counts what {@link countTokens} does
   */
  use(
    scope: string,
    policy: CachePolicy,
    request: {
      readonly messages: readonly unknown[];
      readonly marks: ReadonlySet<number>;
      readonly ttlMs?: number;
      readonly native: (count: number) => number;
    },
    nowMs: number,
  ): CacheUse {
    const { isExplicit, leastTokens, stepTokens, isRefreshedByReading } = policy;
    const known = this.scopes.get(scope) ?? new Map<string, Prefix>();
    this.scopes.set(scope, known);
    const hash = createHash('sha256');
    let cached = 0;
    let plain = promptOverhead;
    let marked = 0;
    for (const [index, message] of request.messages.entries()) {
      const content = isRecord(message) ? contentText(message.content) : '';
      const text = isRecord(message) ? `${message.role}\n${content}` : '';
      plain += messageOverhead + countTokens(content);
      const total = request.native(plain);
      const id = hash.update(text).update('\0').copy().digest('hex');
      if (known.has(id) && this.losesPrefix()) known.delete(id);
      const prefix = known.get(id);
      const isWarm = prefix !== undefined && nowMs < prefix.untilMs;
      if (isWarm && total >= leastTokens) cached = total;
      const isKept = !isExplicit || request.marks.has(index);
      if (isKept) marked = total;
      if (isWarm && !isRefreshedByReading) continue;
      const ttlMs = isWarm ? prefix.ttlMs : (request.ttlMs ?? policy.ttlMs);
      if (isWarm || isKept) keep(known, id, { ttlMs, untilMs: nowMs + ttlMs }, policy.capacity);
    }
    return {
      cached: cached - (cached % stepTokens),
      marked: isExplicit && marked >= leastTokens ? marked : 0,
    };
  }
}

/** The prefix used last stands last; the first ones give way. */
function keep(known: Map<string, Prefix>, id: string, prefix: Prefix, capacity: number): void {
  known.delete(id);
  known.set(id, prefix);
  for (const oldest of known.keys()) {
    if (known.size <= capacity) return;
    known.delete(oldest);
  }
}
