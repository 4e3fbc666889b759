import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../../src/app/ask/asker';
import { toAskRequest } from '../../../src/app/ask/askRequest';
import { createDraftEstimate, type DraftEstimate } from '../../../src/app/ask/composerEstimate';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { PromptCaching } from '../../../src/app/ask/promptCaching';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { CacheRecord } from '../../../src/app/usage/cacheRecord';
import { Estimates } from '../../../src/app/usage/estimates';
import type { Conversation, Turn } from '../../../src/core/chat/conversation';
import { historyUpTo } from '../../../src/core/chat/history';
import { succeed } from '../../../src/core/chat/result';
import type { Model } from '../../../src/core/models/model';
import { findModel } from '../../../src/core/models/modelId';
import type { Pico } from '../../../src/core/money/pico';
import { openRouter } from '../../../src/openrouter/openRouter';
import { FakeSettings } from '../fakeSettings';
import { createMemoryLedgerParts } from '../ledger/memoryLedger';
import type { BillEntry, Simulator } from '../simulator';
import { FakeDialogs } from '../usage/fakeDialogs';

/** A question that was asked of the simulator, with what was said of its price before. */
export interface Asked {
  readonly turn: Turn;
  readonly said: DraftEstimate | undefined;
  readonly reservedPico: Pico | undefined;
  readonly bill: BillEntry;
}

/** A user of the simulator, with a ledger of its own, at a time that the test sets. */
export class CachingWorld {
  readonly settings = new FakeSettings();
  readonly ledger = createMemoryLedgerParts();
  readonly caching: PromptCaching;
  private readonly newId = monotonicFactory();
  private readonly log = { error: (_: string, error: unknown) => assert.fail(String(error)) };
  private readonly estimates = new Estimates(
    this.ledger.store,
    this.ledger.queries,
    { atHand: [] },
    this.log,
  );
  private readonly catalogue = {
    atHand: [] as readonly Model[],
    find: async (id: string) => findModel(this.models, id),
    findCached: async (id: string) => findModel(this.models, id),
    findPricing: async (id: string) => findModel(this.models, id)?.pricing,
    keepFresh: async () => undefined,
  };

  private constructor(
    private readonly simulator: Simulator,
    private readonly models: readonly Model[],
    private readonly now: () => number,
  ) {
    const record = new CacheRecord(this.ledger.store, this.ledger.queries, this.log);
    this.caching = new PromptCaching(record, this.estimates, this.catalogue, this.settings, now);
  }

  static async open(simulator: Simulator, now: () => number): Promise<CachingWorld> {
    const models = await openRouter.catalogue(endpointOf(simulator)).list(new AbortController().signal);
    if (!models.ok) assert.fail(models.failure.kind);
    return new CachingWorld(simulator, models.value, now);
  }

  model(id: string): Model {
    const model = findModel(this.models, id);
    if (!model) assert.fail(id);
    return model;
  }

  /** What the composer says of `draft` below `conversation`, with `model` in force. */
  say(conversation: Conversation, model: string, draft: string): Promise<DraftEstimate | undefined> {
    this.settings.set({ parameters: { model, maxTokens: 400 } });
    const estimate = createDraftEstimate(this.estimates, this.catalogue, this.settings, this.caching);
    return estimate(draft, historyUpTo(conversation, conversation.turns.at(-1)?.id), []);
  }

  async ask(conversation: Conversation, model: string, prompt: string): Promise<Asked> {
    const said = await this.say(conversation, model, prompt);
    const follows = conversation.turns.at(-1)?.id;
    const request = toAskRequest(
      { title: 'Why?', action: 'ask', origin: 'panel', prompt, follows },
      { id: this.newId(), conversation, inForce: this.settings.current },
    );
    const preparation = new RequestPreparation({
      estimates: this.estimates,
      models: this.catalogue,
      settings: this.settings,
      dialogs: new FakeDialogs(),
      workbench: { openSetting: async () => undefined },
      bounds: new PriceBounds({ of: async () => undefined }),
      caps: { of: async () => ({ by: 'maxTokens' }) },
    });
    const { signal } = new AbortController();
    const prepared = await this.caching.markingWith(preparation).prepare(request, signal);
    assert.ok(prepared, 'nothing is asked of the user');
    const sent = { ...prepared, turn: { ...prepared.turn, startedAtMs: this.now() } };
    let turn = sent.turn;
    for await (const { answer } of this.asker().ask(sent, signal)) turn = { ...turn, answer };
    assert.ok(turn.answer.cost, JSON.stringify(turn.answer.ending));
    const bill = this.simulator.bill.get(turn.answer.generationId ?? '');
    assert.ok(bill);
    return { turn, said, reservedPico: prepared.reservedPico, bill };
  }

  private asker(): Asker {
    const { simulator } = this;
    const chat = async () =>
      succeed({ origin: simulator.origin, client: await openRouter.chat(endpointOf(simulator)) });
    return new Asker({ chat }, this.ledger.store, this.settings, this.catalogue);
  }
}

function endpointOf(simulator: Simulator) {
  return {
    baseUrl: simulator.url,
    origin: simulator.origin,
    apiKey: 'sk-or-v1-uncapped-caching',
    attribution: { referer: '', title: '' },
    noBytesMs: 60_000,
    noDataMs: 60_000,
  };
}
