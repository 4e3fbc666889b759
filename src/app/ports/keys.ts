/** The user's API keys, and what is remembered of them; each belongs to one origin. */
export interface Keys {
  /** The stored key; undefined when there is none. */
  get(origin: string): Promise<string | undefined>;
  /** False when the storage did not keep it: then it lasts as long as this window. */
  set(origin: string, key: string): Promise<boolean>;
  remove(origin: string): Promise<void>;
  /** Facts are remembered over all windows and restarts; never a key. */
  hasFact(fact: KeyFact, origin: string): boolean;
  addFact(fact: KeyFact, origin: string): Promise<void>;
  removeFact(fact: KeyFact, origin: string): Promise<void>;
  /**
   * `OPENROUTER_API_KEY` of the environment that VS Code was started in, trimmed; undefined when it is not set, or
   * empty. A browser has no environment.
   */
  environmentKey(): string | undefined;
}

/** `environmentKeyAsked`: the user was asked about the environment's key. `keyStored`: a key was stored and not removed. */
export type KeyFact = 'environmentKeyAsked' | 'keyStored';
