import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../src/app/ask/asker';
import { toAskRequest } from '../../src/app/ask/askRequest';
import { FailureExplainer } from '../../src/app/ask/failureExplainer';
import { logRequests } from '../../src/app/ask/requestLog';
import { EndpointLookup } from '../../src/app/models/endpointLookup';
import { EndpointPrices } from '../../src/app/models/endpointPrices';
import { Passports } from '../../src/app/passport/passports';
import type { Log } from '../../src/app/ports/log';
import type { SentCode, Turn } from '../../src/core/chat/conversation';
import type { RequestParameters } from '../../src/core/chat/requestParameters';
import { succeed } from '../../src/core/chat/result';
import type { Model } from '../../src/core/models/model';
import { findModel } from '../../src/core/models/modelId';
import type { Passport } from '../../src/core/usage/passport/passport';
import { createChatClient } from '../../src/openrouter/chat';
import { openRouter } from '../../src/openrouter/openRouter';
import { FakeSettings } from './fakeSettings';
import { createMemoryLedgerParts } from './ledger/memoryLedger';
import { connectTo } from './openrouter/chatCalls';
import { hurried, neverStalled } from './openrouter/failureTable';
import { type CatalogueModel, type Simulator, toCatalogueModel } from './simulator';

const base = { created: 1_790_000_000, context: 200_000, maxOutput: 8192, tokenizer: 'Other' };
const pricing = { prompt: '0.000001', completion: '0.000002' };

/** Models whose endpoints differ in who keeps prompts, in quantization and in the parameters they support. */
export const privacyModels: readonly CatalogueModel[] = [
  toCatalogueModel({
    ...base,
    id: 'privacy/mixed',
    canonical: 'privacy/mixed-2026',
    name: 'Mixed',
    about: 'Some keep what they are sent.',
    pricing,
    providers: [
      { provider: 'DeepInfra', quantization: 'fp8' },
      { provider: 'Chutes', quantization: 'fp8' },
      { provider: 'Together', quantization: 'bf16' },
      { provider: 'DeepSeek', quantization: 'fp4' },
    ],
  }),
  toCatalogueModel({
    ...base,
    id: 'privacy/keepers',
    name: 'Keepers',
    about: 'All keep what they are sent.',
    pricing,
    parameters: ['max_tokens', 'stop'],
    providers: [
      { provider: 'Chutes', quantization: 'fp8' },
      { provider: 'Moonshot AI', quantization: 'bf16' },
    ],
  }),
];

/** Asks the simulator as the extension does, and keeps the turns for their passports. */
export class PrivacyWorld {
  readonly settings = new FakeSettings();
  readonly ledger = createMemoryLedgerParts();
  readonly turns: Turn[] = [];
  readonly passports: Passports;
  private readonly asker: Asker;
  private readonly newId = monotonicFactory();

  private constructor(
    private readonly simulator: Simulator,
    readonly models: readonly Model[],
    readonly key: string,
    log: Pick<Log, 'warn'>,
  ) {
    const endpoints = { current: async () => succeed(this.endpoint) };
    const findCached = async (id: string) => findModel(models, id);
    const list = {
      findCached,
      findPricing: async (id: string) => findModel(models, id)?.pricing,
      cached: async () => ({ baseUrl: simulator.url, fetchedAtMs: 0, models }),
    };
    const lookup = new EndpointLookup(new EndpointPrices(endpoints, openRouter), endpoints, openRouter, list);
    const { store } = this.ledger;
    const explainer = new FailureExplainer({ explain: async failure => failure }, list, lookup, store);
    const client = createChatClient(connectTo(simulator.url, { apiKey: key }), {
      stallLimits: neverStalled,
      clock: hurried,
    });
    const logged = logRequests({ ...openRouter, chat: async () => client }, log);
    const chat = async () => succeed({ origin: simulator.origin, client: await logged.chat(this.endpoint) });
    this.asker = new Asker({ chat }, store, this.settings, list, explainer);
    const self = this;
    this.passports = new Passports(
      {
        get conversation() {
          return { id: 'c', turns: self.turns };
        },
        restore: async () => undefined,
      },
      store,
      lookup,
    );
  }

  static async open(
    simulator: Simulator,
    key = 'sk-or-v1-uncapped-privacy',
    log: Pick<Log, 'warn'> = { warn: () => undefined },
  ): Promise<PrivacyWorld> {
    const listed = await openRouter.catalogue(endpointOf(simulator, key)).list(new AbortController().signal);
    if (!listed.ok) assert.fail(listed.failure.kind);
    return new PrivacyWorld(simulator, listed.value, key, log);
  }

  get endpoint() {
    return endpointOf(this.simulator, this.key);
  }

  /** The ended turn. */
  async ask(
    prompt: string,
    parameters: Partial<RequestParameters>,
    more: { readonly code?: SentCode; readonly follows?: string } = {},
  ): Promise<Turn> {
    const request = toAskRequest(
      { title: prompt, action: 'ask', origin: 'panel', prompt, parameters, ...more },
      { id: this.newId(), conversation: { id: 'c', turns: this.turns }, inForce: this.settings.current },
    );
    let { turn } = request;
    const { signal } = new AbortController();
    for await (const { answer } of this.asker.ask(request, signal)) turn = { ...turn, answer };
    this.turns.push(turn);
    return turn;
  }

  async passportOf(turn: Turn): Promise<Passport> {
    let shown: Passport | undefined;
    const subscription = this.passports.onDidShow(passport => {
      shown = passport;
    });
    await this.passports.show(turn.id);
    subscription.dispose();
    assert.ok(shown);
    return shown;
  }
}

function endpointOf({ url, origin }: Simulator, apiKey: string) {
  return {
    baseUrl: url,
    origin,
    apiKey,
    attribution: { referer: '', title: '' },
    noBytesMs: 60_000,
    noDataMs: 60_000,
  };
}
