import assert from 'node:assert/strict';
import { ApiKeyCommands } from '../../../src/app/account/apiKeyCommands';
import { Endpoints } from '../../../src/app/account/endpoints';
import { EnvironmentKey } from '../../../src/app/account/environmentKey';
import { KeyCheck } from '../../../src/app/account/keyCheck';
import { KeyWays } from '../../../src/app/account/keyWays';
import { SignIn } from '../../../src/app/account/signIn/signIn';
import type { InputOptions } from '../../../src/app/ports/dialogs';
import type { KeyFact, Keys } from '../../../src/app/ports/keys';
import { openRouter } from '../../../src/openrouter/openRouter';
import { FakeSettings } from '../fakeSettings';
import type { Simulator } from '../simulator';
import { SignInBrowser } from './signInBrowser';

/** A question or a sentence that was shown. */
export interface Told {
  readonly text: string;
  readonly buttons: readonly string[];
  /** What stands in the tooltip of news. */
  readonly details?: string;
}

class MemoryKeys implements Keys {
  readonly stored = new Map<string, string>();
  private readonly facts = new Set<string>();
  /** `OPENROUTER_API_KEY`. */
  inEnvironment: string | undefined;
  /** False: as a keyring that is locked. */
  keeps = true;

  async get(origin: string): Promise<string | undefined> {
    return this.stored.get(origin);
  }

  async set(origin: string, key: string): Promise<boolean> {
    this.stored.set(origin, key);
    return this.keeps;
  }

  async remove(origin: string): Promise<void> {
    this.stored.delete(origin);
  }

  hasFact(fact: KeyFact, origin: string): boolean {
    return this.facts.has(`${fact} ${origin}`);
  }

  async addFact(fact: KeyFact, origin: string): Promise<void> {
    this.facts.add(`${fact} ${origin}`);
  }

  async removeFact(fact: KeyFact, origin: string): Promise<void> {
    this.facts.delete(`${fact} ${origin}`);
  }

  environmentKey(): string | undefined {
    return this.inEnvironment;
  }
}

/** Every way to a key, with the simulator behind it and the user and their browser played by the test. */
export class AccountWorld {
  readonly keys = new MemoryKeys();
  readonly browser = new SignInBrowser();
  readonly settings = new FakeSettings();
  readonly told: Told[] = [];
  readonly copied: string[] = [];
  readonly links: string[] = [];
  /** The texts that are typed, in order; undefined: the box is dismissed. */
  readonly typed: (string | undefined | (() => Promise<string>))[] = [];
  /** The buttons that are pressed, in order. */
  readonly pressed: (string | undefined)[] = [];
  /** Presses Cancel of the progress that is shown. */
  cancel: () => void = () => assert.fail('no progress is shown');
  /** The time of the sign-in under way is over. */
  timeUp: () => void = () => assert.fail('no time runs');

  private readonly dialogs = {
    confirm: async (message: string, detail: string, ...buttons: string[]) =>
      this.ask(`${message} ${detail}`, buttons),
    warn: async (message: string, ...buttons: string[]) => this.ask(message, buttons),
    error: async (message: string, ...buttons: string[]) => this.ask(message, buttons),
    news: async (message: string, _button?: string, details?: string) => {
      this.told.push({ text: message, buttons: [], details });
      return false;
    },
    input: async ({ title, prompt, validateInput }: InputOptions) => {
      this.told.push({ text: `${title}: ${prompt}`, buttons: [] });
      const next = this.typed.shift();
      const text = typeof next === 'function' ? await next() : next;
      return text !== undefined && validateInput?.(text) !== undefined ? assert.fail(text) : text;
    },
    progress: <T>(_title: string, task: (signal: AbortSignal, report: () => void) => Promise<T>) => {
      const abort = new AbortController();
      this.cancel = () => abort.abort();
      return task(abort.signal, () => undefined);
    },
    copy: async (text: string) => void this.copied.push(text),
    openLink: async (href: string) => void this.links.push(href),
  };

  readonly endpoints = new Endpoints(this.keys, this.settings);
  readonly keyCheck = new KeyCheck(
    this.keys,
    openRouter,
    this.dialogs,
    { openProxySettings: async () => void this.links.push('http.proxy') },
    assert.ifError,
  );
  readonly environment = new EnvironmentKey(this.keys, this.keyCheck, this.dialogs);
  readonly apiKey = new ApiKeyCommands(this.keys, this.endpoints, this.keyCheck, this.dialogs);
  readonly signIn = new SignIn({
    endpoints: this.endpoints,
    openRouter,
    keyCheck: this.keyCheck,
    environment: this.environment,
    apiKey: this.apiKey,
    workbench: this.browser,
    dialogs: this.dialogs,
    clock: {
      schedule: task => {
        this.timeUp = task;
        return { dispose: () => undefined };
      },
    },
    onError: assert.ifError,
  });
  readonly keyWays = new KeyWays(this.signIn, this.apiKey, this.endpoints, this.environment, this.dialogs);

  constructor(private readonly simulator: Simulator) {
    this.settings.set({ baseUrl: simulator.url });
  }

  /** The stored key of the simulator's origin. */
  get key(): string | undefined {
    return this.keys.stored.get(this.simulator.origin);
  }

  get lastTold(): Told {
    return this.told.at(-1) ?? assert.fail('nothing was shown');
  }

  private ask(text: string, buttons: readonly string[]): string | undefined {
    this.told.push({ text, buttons });
    const pressed = buttons.length > 0 ? this.pressed.shift() : undefined;
    assert.ok(pressed === undefined || buttons.includes(pressed), `${pressed} is not in ${buttons.join()}`);
    return pressed;
  }
}
