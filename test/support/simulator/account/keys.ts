import { errorReply, type Reply } from '../http/reply';

/** What a key can do, decided by how it starts. The rest of it is free: `sk-or-v1-poor-anything`. */
export interface KeyBehaviour {
  readonly prefix: string;
  readonly description: string;
}

export const keyBehaviours: readonly KeyBehaviour[] = [
  { prefix: 'sk-or-v1-', description: 'an ordinary key with a monthly limit of $50' },
  { prefix: 'sk-or-v1-bad', description: '401 "User not found."' },
  { prefix: 'sk-or-v1-management', description: 'a management key: reads /credits, runs no inference (403)' },
  { prefix: 'sk-or-v1-capped', description: '403 "Key limit exceeded (total limit)" on every request' },
  { prefix: 'sk-or-v1-poor', description: '402 unless max_tokens <= 1000 (sk-or-v1-poor-250: <= 250)' },
  { prefix: 'sk-or-v1-broke', description: '402 on everything that is not free: no credits at all' },
  { prefix: 'sk-or-v1-uncapped', description: 'an ordinary key without a limit of its own' },
  { prefix: 'sk-or-v1-freetier', description: 'an ordinary key of an account that never bought credits' },
  { prefix: 'sk-or-v1-byok', description: 'pays providers with its own key: 5 % fee, is_byok true' },
];

/** Settings of one exact key, on top of what its prefix says. Amounts: USD as decimal text. */
export interface KeySettings {
  /** Once the key's own use reaches it: 403. `null`: no cap. */
  readonly limitUsd?: string | null;
  readonly limitReset?: 'daily' | 'weekly' | 'monthly' | null;
  readonly isByok?: boolean;
  /** ISO 8601; from then on the key is unknown. */
  readonly expiresAt?: string;
  /** Requests to free models a day. */
  readonly freeRequests?: number;
  /** Ids of the models that its account may use; absent: all. */
  readonly models?: readonly string[] | null;
  /** Slugs of its account's presets; absent: none. */
  readonly presets?: readonly string[];
}

export interface Key extends Required<Omit<KeySettings, 'expiresAt'>> {
  readonly text: string;
  readonly isManagement: boolean;
  readonly isFreeTier: boolean;
  readonly isCapped: boolean;
  readonly isBroke: boolean;
  /** With `max_tokens` above this: 402. */
  readonly affordableTokens?: number;
  readonly expiresAt: string | null;
}

export const isReply = (value: Key | Reply): value is Reply => 'status' in value;

const isLike = (text: string, name: string): boolean => text.startsWith(`sk-or-v1-${name}`);

/** The key of an `Authorization` header, or the refusal. */
export function authenticate(
  header: string | undefined,
  known: ReadonlyMap<string, KeySettings>,
  nowMs: number,
): Key | Reply {
  if (!header) return errorReply(401, 'No auth credentials found', { anonymous: true });
  const text = /^Bearer (.*)$/is.exec(header)?.[1];
  if (!text) return errorReply(401, 'Missing Authentication header', { anonymous: true });
  // A short-lived token of a company's own sign-in looks like no key: only who was told of it knows it.
  const settings = known.get(text) ?? {};
  const isOver = settings.expiresAt !== undefined && Date.parse(settings.expiresAt) <= nowMs;
  if (!(known.has(text) || /^sk-or-v1-\S+$/.test(text)) || isLike(text, 'bad') || isOver) {
    return errorReply(401, 'User not found.', { anonymous: true });
  }
  return describeKey(text, settings);
}

function describeKey(text: string, settings: KeySettings): Key {
  const unlimited = isLike(text, 'uncapped') || isLike(text, 'management');
  return {
    text,
    isManagement: isLike(text, 'management'),
    isFreeTier: isLike(text, 'freetier'),
    isCapped: isLike(text, 'capped'),
    isBroke: isLike(text, 'broke'),
    limitUsd: settings.limitUsd === undefined ? (unlimited ? null : '50') : settings.limitUsd,
    limitReset: settings.limitReset === undefined ? (unlimited ? null : 'monthly') : settings.limitReset,
    isByok: settings.isByok ?? isLike(text, 'byok'),
    freeRequests: settings.freeRequests ?? (isLike(text, 'freetier') ? 50 : 1000),
    expiresAt: settings.expiresAt ?? null,
    models: settings.models ?? null,
    presets: settings.presets ?? [],
    ...(isLike(text, 'poor') && {
      affordableTokens: Number(/^sk-or-v1-poor-?(\d+)/.exec(text)?.[1] ?? 1000),
    }),
  };
}

/** As `/key` shows it. */
export const keyLabel = (text: string): string => `${text.slice(0, 12)}...${text.slice(-3)}`;
