import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { AnswerCaps } from '../../src/app/ask/answerCap';
import { Asker } from '../../src/app/ask/asker';
import type { AskInput } from '../../src/app/ask/askRequest';
import { AskSession } from '../../src/app/ask/askSession';
import { PriceBounds } from '../../src/app/ask/priceBounds';
import { RequestPreparation } from '../../src/app/ask/requestPreparation';
import { CompareRun } from '../../src/app/compare/compareRun';
import { GroupPreparation } from '../../src/app/compare/groupPreparation';
import { LimitShares } from '../../src/app/compare/limitShares';
import { EndpointPrices } from '../../src/app/models/endpointPrices';
import { ModelList } from '../../src/app/models/modelList';
import { ModelParameters } from '../../src/app/models/modelParameters';
import { ModelTiers } from '../../src/app/models/modelTiers';
import { Estimates } from '../../src/app/usage/estimates';
import type { Turn } from '../../src/core/chat/conversation';
import { succeed } from '../../src/core/chat/result';
import { Settler } from '../../src/core/ledger/settler';
import { openRouter } from '../../src/openrouter/openRouter';
import { FakeSettings } from './fakeSettings';
import { createMemoryLedgerParts } from './ledger/memoryLedger';
import type { Simulator } from './simulator';
import { FakeDialogs } from './usage/fakeDialogs';

export const question: AskInput = {
  title: 'Why is the sky blue?',
  action: 'ask',
  origin: 'compare',
  prompt: 'Why is the sky blue?',
};

const hourMs = 3_600_000;

/** Everything that compares, as it is built in the product, over a simulator; only the user is played. */
export class CompareWorld {
  readonly settings = new FakeSettings();
  readonly dialogs = new FakeDialogs();
  readonly ledger = createMemoryLedgerParts();
  readonly newId = monotonicFactory();
  readonly session: AskSession;
  readonly run: CompareRun;
  readonly models: ModelList;
  readonly tiers: ModelTiers;
  readonly parameters: ModelParameters;
  readonly endpoints: {
    readonly current: () => Promise<ReturnType<typeof succeed<ReturnType<CompareWorld['endpoint']>>>>;
    readonly baseUrl: string;
  };
  private clockMs = Date.now();
  private readonly settler: Settler;

  constructor(
    private readonly simulator: Simulator,
    private readonly key = 'sk-or-v1-uncapped-compare',
  ) {
    const report = (error: unknown): never => assert.fail(String(error));
    const { store, queries, leases } = this.ledger;
    const { settings } = this;
    const workbench = { workspaceName: 'shop', openSetting: async () => undefined };
    const clients = {
      chat: async () => succeed({ origin: simulator.origin, client: await openRouter.chat(this.endpoint()) }),
      account: async () => succeed(openRouter.account(this.endpoint())),
    };
    this.endpoints = { current: async () => succeed(this.endpoint()), baseUrl: simulator.url };
    const cache = { read: async () => undefined, write: async () => undefined };
    this.models = new ModelList(this.endpoints, openRouter, cache, { error: report, info: () => undefined });
    const endpointPrices = new EndpointPrices(this.endpoints, openRouter);
    const bounds = new PriceBounds(endpointPrices);
    this.tiers = new ModelTiers(endpointPrices, this.endpoints);
    this.parameters = new ModelParameters(settings, this.models, this.tiers);
    const asker = new Asker(clients, store, settings, this.models, bounds);
    const estimates = new Estimates(store, queries, this.models, { error: report });
    const preparation = new RequestPreparation({
      estimates,
      models: this.models,
      settings,
      dialogs: this.dialogs,
      workbench,
      bounds,
      caps: new AnswerCaps(endpointPrices),
      tiers: this.tiers,
      ledger: store,
    });
    const keyWays = { offer: async () => false };
    this.session = new AskSession({
      asker,
      preparation,
      store: { read: async () => undefined },
      models: this.models,
      settings,
      workbench,
      keyWays,
      estimateDraft: async () => undefined,
      newId: this.newId,
      onError: report,
      controlOf: model => this.parameters.controlOf(model),
    });
    const shares = new LimitShares(store, settings);
    const playing = [this.dialogs, workbench] as const;
    const group = new GroupPreparation(preparation, store, clients, settings, ...playing, shares);
    this.run = new CompareRun(this.session, group, keyWays, this.newId, shares);
    this.settler = new Settler({
      leases,
      store,
      connect: async () => succeed(openRouter.account(this.endpoint())),
      pricingOf: id => this.models.findPricing(id),
      now: () => this.clockMs,
      random: () => 0.5,
      schedule: () => ({ dispose: () => {} }),
      onError: report,
    });
  }

  get turns(): readonly Turn[] {
    return this.session.conversation.turns;
  }

  turnOf(model: string): Turn {
    const turn = this.turns.find(({ sent }) => sent.parameters.model === model);
    assert.ok(turn, `no turn of ${model}`);
    return turn;
  }

  /** Resolves when `isSo` holds of the turn of `model`. */
  until(model: string, isSo: (turn: Turn) => boolean): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        const turn = this.turns.find(({ sent }) => sent.parameters.model === model);
        if (!turn || !isSo(turn)) return;
        subscription.dispose();
        resolve();
      };
      const subscription = this.session.onDidChange(look);
      look();
    });
  }

  /** Asks for the cost of every request that ended without one. */
  async settle(): Promise<void> {
    await this.simulator.idle();
    for (let hour = 0; hour < 20; hour++) {
      if ((await this.ledger.store.totals({})).pendingRequests === 0) return;
      this.clockMs += hourMs;
      await this.settler.wake();
    }
  }

  dispose(): void {
    this.settler.dispose();
    this.session.dispose();
    this.models.dispose();
    this.ledger.store.dispose();
  }

  endpoint() {
    return {
      baseUrl: this.simulator.url,
      origin: this.simulator.origin,
      apiKey: this.key,
      attribution: { referer: '', title: '' },
      noBytesMs: 60_000,
      noDataMs: 60_000,
    };
  }
}
