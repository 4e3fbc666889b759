import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../../src/app/ask/asker';
import { type AskRequest, type RetryChanges, toAskRequest } from '../../../src/app/ask/askRequest';
import { FailureActions } from '../../../src/app/ask/failureActions';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { EndpointPrices } from '../../../src/app/models/endpointPrices';
import { ModelList } from '../../../src/app/models/modelList';
import { Estimates } from '../../../src/app/usage/estimates';
import { type Answer, emptyAnswer } from '../../../src/core/chat/answer';
import { type RequestParameters, serviceTiers } from '../../../src/core/chat/requestParameters';
import { succeed } from '../../../src/core/chat/result';
import type { Budgets } from '../../../src/core/ledger/budgets';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { Settler } from '../../../src/core/ledger/settler';
import { toPeriod } from '../../../src/core/ledger/usagePeriod';
import { formatPico } from '../../../src/core/money/pico';
import { systemPrompt } from '../../../src/core/prompts/actions';
import { type Clock, systemClock } from '../../../src/openrouter/call/clock';
import { createChatClient } from '../../../src/openrouter/chat';
import { openRouter } from '../../../src/openrouter/openRouter';
import { FakeSettings } from '../../support/fakeSettings';
import { type Simulator, startSimulator } from '../../support/simulator';
import { dearModels } from '../../support/simulator/catalogue/dearModels';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';
import { Random } from '../ledger/random';
import { TempLedgers } from '../ledger/tempLedgers';

const requests = Number(process.env.ASK_OPENROUTER_BOUND_RUNS ?? 72);
const seed = Number(process.env.BOUND_SEED ?? 7);
const atOnce = 9;
const hourMs = 3_600_000;

const models = [
  'openrouter/auto',
  ...dearModels(0).map(({ wire }) => wire.id),
  'openrouter/free',
  'meta-llama/llama-3.3-70b-instruct',
  'meta-llama/llama-3.3-70b-instruct:free',
  'openai/gpt-5.1',
  'anthropic/claude-haiku-4.5:batch',
  'nobody/knows-it',
] as const;
const suffixes = ['', '', '', ':nitro', ':floor', ':exacto', ':online', ':nitro:online'] as const;
/** Ways for the next request to go; `undefined` is plain success. */
const ways = [
  undefined,
  undefined,
  undefined,
  'fallback',
  'fallback:2',
  'cut',
  'reasoning',
  'byok',
  'error-mid',
] as const;
const texts = ['word ', 'x', '漢字', '🙂', '{"a":[1,2]}\n', 'Ünïcödé '] as const;

/** Waits between tries take no time; a server that stalls is waited for. */
const stallMs = 30_000;
const hurried: Clock = {
  ...systemClock,
  after: (delayMs, callback) => systemClock.after(delayMs < stallMs / 2 ? 0 : delayMs, callback),
};

/** One window: its own connection to the shared ledger, and all that stands between a question and the server. */
interface Window {
  readonly ledger: LedgerParts;
  readonly preparation: RequestPreparation;
  readonly asker: Asker;
  readonly settler: Settler;
}

class World {
  readonly settings = new FakeSettings();
  readonly random = new Random(seed);
  readonly windows: readonly Window[];
  readonly outcomes = new Map<string, number>();
  private readonly newId = monotonicFactory();
  private clockMs = Date.now();
  private readonly models: ModelList;

  constructor(
    private readonly simulator: Simulator,
    private readonly folder: TempLedgers,
  ) {
    const endpoints = { baseUrl: simulator.url, current: async () => succeed(this.endpoint) };
    const log = {
      info: () => undefined,
      error: (what: string, error: unknown) => assert.fail(`${what}: ${error}`),
    };
    const cache = { read: async () => undefined, write: async () => undefined };
    this.models = new ModelList(endpoints, openRouter, cache, log);
    this.windows = [1, 2, 3].map(() => this.open(new PriceBounds(new EndpointPrices(endpoints, openRouter))));
  }

  /** Some questions at once, from any of the windows, under limits that have little room left. */
  async batch(): Promise<void> {
    const { random } = this;
    const daily =
      (await this.spentToday()) +
      BigInt(random.below(random.chance(0.4) ? 20_000_000_000 : 1_000_000_000_000));
    const perRequest = random.chance(0.3) ? BigInt(random.below(5_000_000_000)) : undefined;
    const limits: readonly [Budgets, ...Budgets[]] = [
      { dailyPico: daily },
      { dailyPico: daily, perRequestPico: perRequest },
      { dailyPico: daily, maxAnswerPico: BigInt(random.below(1_000_000_000)) },
    ];
    this.settings.set({ budgets: random.pick(limits) });
    await Promise.all(Array.from({ length: atOnce }, () => this.askOnce()));
    await this.simulator.idle();
    this.simulator.dropSteps();
    await this.settle();
    assert.ok((await this.spentToday()) <= daily, 'the daily limit holds');
  }

  async check(): Promise<void> {
    const [{ ledger }] = this.windows as readonly [Window];
    const totals = await ledger.store.totals({});
    // What failed at every provider may have run, for all that is known: its cost is unknown for ever.
    assert.deepEqual([totals.pendingRequests, totals.estimatedRequests], [0, 0]);
    assert.equal(formatPico(totals.spentPico), this.simulator.bill.totalUsd());
    assert.ok(totals.spentPico > 0n);
  }

  dispose(): void {
    this.models.dispose();
    for (const { settler } of this.windows) settler.dispose();
    this.folder.dispose();
  }

  /** A question whose refusals for its price are allowed as often as not. */
  private async askOnce(): Promise<void> {
    const { random } = this;
    const model = random.pick(models) + random.pick(suffixes);
    const prompt = random.pick(texts).repeat(1 + random.below(random.chance(0.2) ? 400 : 40));
    const maxTokens = 16 + random.below(300);
    const window = random.pick(this.windows as readonly [Window]);
    const way = random.pick(ways);
    if (way !== undefined) this.simulator.next(way);
    let parameters: RequestParameters = { model, maxTokens, ...this.rarerParameters() };
    for (let tries = 0; tries < 4; tries++) {
      const { offer } =
        (await this.send(window, prompt, parameters, this.stopsAfter()))?.ending?.failure ?? {};
      if (!offer || random.chance(0.3)) return;
      parameters = { ...parameters, maxPrice: offer.maxPrice };
    }
  }

  /** What else decides which endpoint of which model serves. */
  private rarerParameters(): Partial<RequestParameters> {
    const { random } = this;
    return {
      ...(random.chance(0.15) && { serviceTier: random.pick(serviceTiers) }),
      ...(random.chance(0.2) && {
        fallbackModels: [random.pick(models), random.pick(models)],
      }),
      ...(random.chance(0.1) && { provider: { sort: random.pick(['throughput', 'latency', 'price']) } }),
    };
  }

  async send(
    window: Window,
    prompt: string,
    parameters: RequestParameters,
    stopsAfter = Number.POSITIVE_INFINITY,
  ): Promise<Answer | undefined> {
    const id = this.newId();
    const input = { title: 'Ask', action: 'ask', origin: 'panel', prompt } as const;
    const inForce = { parameters, systemPrompt };
    const request = toAskRequest(input, { id, inForce, conversation: { id, turns: [] } });
    const prepared = await window.preparation.prepare(request, new AbortController().signal);
    if (!prepared) {
      this.count('declined');
      return undefined;
    }
    const answer = await this.answerTo(window, prepared, stopsAfter);
    const { status, ending } = answer;
    this.count(ending?.failure?.kind ?? status);
    await this.checkRow(window, prepared, answer);
    return answer;
  }

  private async answerTo({ asker }: Window, request: AskRequest, stopsAfter: number): Promise<Answer> {
    const abort = new AbortController();
    let events = 0;
    let latest = emptyAnswer;
    for await (const { answer } of asker.ask(request, abort.signal)) {
      latest = answer;
      events += 1;
      if (events > stopsAfter) abort.abort();
    }
    return latest;
  }

  /** What the server billed is within what was reserved. */
  private async checkRow({ ledger }: Window, request: AskRequest, { generationId }: Answer): Promise<void> {
    const entry = generationId === undefined ? undefined : this.simulator.bill.get(generationId);
    if (!entry) return;
    const row = await ledger.store.get(request.turn.id);
    const billed = entry.costPico + (entry.upstreamPico ?? 0n);
    assert.ok(row?.reservedPico !== undefined, `${row?.requestedModel} was sent without a bound`);
    assert.ok(
      billed <= row.reservedPico,
      `${row.requestedModel} by ${entry.endpoint} (${entry.serviceTier}): ${billed} > ${row.reservedPico}`,
    );
    assert.ok(request.turn.sent.parameters.maxPrice);
  }

  private async spentToday(): Promise<bigint> {
    const [{ ledger }] = this.windows as readonly [Window];
    return (await ledger.store.totals(toPeriod('today', Date.now()))).spentPico;
  }

  private async settle(): Promise<void> {
    for (const { ledger, settler } of this.windows) {
      for (let hour = 0; hour < 20; hour++) {
        if ((await ledger.store.totals({})).pendingRequests === 0) break;
        this.clockMs += hourMs;
        await settler.wake();
      }
    }
  }

  /** How many events of an answer pass before its user stops it. */
  private stopsAfter(): number {
    return this.random.chance(0.1) ? this.random.below(12) : Number.POSITIVE_INFINITY;
  }

  private count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  private open(bounds: PriceBounds): Window {
    const ledger = this.folder.open({ patienceMs: 60_000 });
    const log = { error: (what: string, error: unknown) => assert.fail(`${what}: ${error}`) };
    const estimates = new Estimates(ledger.store, ledger.queries, this.models, log);
    // A question that costs more than the limit per request is sent or not.
    const dialogs = { confirm: async () => (this.random.chance(0.5) ? 'Send' : undefined) };
    const workbench = { openSetting: async () => undefined };
    const client = createChatClient(
      { ...this.endpoint, fetch },
      { stallLimits: this.endpoint, clock: hurried },
    );
    const chat = async () => succeed({ origin: this.simulator.origin, client });
    const settler = new Settler({
      leases: ledger.leases,
      store: ledger.store,
      connect: async () => succeed(openRouter.account(this.endpoint)),
      pricingOf: async () => undefined,
      now: () => this.clockMs,
      random: this.random.next,
      schedule: () => ({ dispose: () => undefined }),
      onError: error => assert.fail(String(error)),
    });
    return {
      ledger,
      preparation: new RequestPreparation({
        estimates,
        models: this.models,
        settings: this.settings,
        dialogs,
        workbench,
        bounds,
        caps: { of: async () => ({ by: 'maxTokens' }) },
        ledger: ledger.store,
      }),
      asker: new Asker({ chat }, ledger.store, this.settings, this.models, bounds),
      settler,
    };
  }

  private get endpoint() {
    const { url: baseUrl, origin } = this.simulator;
    const attribution = { referer: '', title: '' };
    return {
      baseUrl,
      origin,
      apiKey: 'sk-or-v1-uncapped-bound',
      attribution,
      noBytesMs: stallMs,
      noDataMs: stallMs,
    };
  }
}

suite('a spending limit', () => {
  test(`holds over ${requests} random requests from three windows (BOUND_SEED=${seed})`, async function () {
    this.timeout(3_600_000);
    const random = new Random(seed + 1);
    // The server's clock is not ours.
    let skewMs = 0;
    const simulator = await startSimulator({
      generationDelayMs: 0,
      models: dearModels(Date.now()),
      // Every other seed runs against a server that lists each tier with its price.
      listsTiers: seed % 2 === 1,
      balance: count => random.below(count),
      now: () => Date.now() + skewMs,
    });
    const world = new World(simulator, new TempLedgers());
    try {
      for (let asked = 0; asked < requests; asked += atOnce) {
        skewMs = (random.below(14) - 4) * 60_000;
        await world.batch();
      }
      await world.check();
      const counts = [...world.outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
      const rare = process.env.ASK_OPENROUTER_BOUND_RUNS ? ['truncated', 'noEndpointAtPrice'] : [];
      for (const outcome of ['completed', 'priceNotBound', 'budget', ...rare])
        assert.ok(world.outcomes.has(outcome), `${outcome} is not among ${counts}`);
      if (process.env.ASK_OPENROUTER_BOUND_RUNS) console.log(`${counts}; ${describeBill(simulator)}`);
    } finally {
      world.dispose();
      await simulator.dispose();
    }
  });

  suite('whose bound no provider is within', () => {
    let simulator: Simulator;
    let world: World;
    suiteSetup(async () => {
      simulator = await startSimulator({ generationDelayMs: 0, models: dearModels(Date.now()) });
      world = new World(simulator, new TempLedgers());
      world.settings.set({ budgets: { dailyPico: 10n ** 12n } });
    });
    suiteTeardown(async () => {
      world.dispose();
      await simulator.dispose();
    });
    const ask = (parameters: Partial<RequestParameters>) =>
      world.send(world.windows[0] as Window, 'Why?', {
        model: 'dear/mislisted',
        maxTokens: 50,
        ...parameters,
      });

    test('names the least price that would do, and a request that allows it is answered', async () => {
      const { failure } = (await ask({}))?.ending ?? {};
      assert.equal(failure?.kind, 'noEndpointAtPrice');
      assert.deepEqual(failure?.maxPrice, { prompt: '1', completion: '2', request: '0' });
      assert.deepEqual(failure?.offer?.maxPrice, { prompt: '2', completion: '4', request: '0' });
      const answer = await ask({ maxPrice: failure?.offer?.maxPrice });
      assert.deepEqual([answer?.ending?.failure, answer?.provider], [undefined, 'Together']);
      const { body } = simulator.requests.findLast(({ method }) => method === 'POST') ?? {};
      assert.deepEqual((body as { provider?: unknown }).provider, { max_price: failure?.offer?.maxPrice });
    });

    test('has the button do so once, and keeps the price when the limit itself is then passed over', async () => {
      const offer = { maxPrice: { prompt: '2', completion: '4', request: '0' } };
      const changes: (RetryChanges | undefined)[] = [];
      const unused = () => assert.fail('not a matter of this button');
      const actions = new FailureActions({
        session: { retry: async (_turn, asked) => void changes.push(asked) },
        continuing: { continue: unused },
        check: { retry: unused },
        keyWays: { signIn: unused, set: unused, getAndSet: unused },
        chooseModel: unused,
        settings: { current: new FakeSettings().current, useModel: unused },
        dialogs: { openLink: unused, pick: unused },
        workbench: { openSetting: unused, openProxySettings: unused, runCommand: unused },
        freeQuota: { forget: unused },
      });
      const failure = { kind: 'noEndpointAtPrice', offer } as const;
      const answer = makeAnswer({ ending: { outcome: 'failed', failure, durationMs: 1 } });
      await actions.run('allowPrice', makeTurn({ answer }));
      const parameters = { model: 'a/b', maxTokens: 9, maxPrice: offer.maxPrice };
      await actions.run('sendOnce', makeTurn({ sent: makeSent({ parameters }) }));
      assert.deepEqual(changes, [
        { parameters: { maxPrice: offer.maxPrice } },
        { isForced: true, parameters: { maxPrice: offer.maxPrice } },
      ]);
    });
  });
});

/** For a long run: how much of what it is about has happened. */
function describeBill({ bill: { entries } }: Simulator): string {
  const tiers = entries.filter(({ serviceTier }) => serviceTier !== undefined);
  const fallbacks = entries.filter(({ attempts }) => attempts.length > 1);
  return `${entries.length} billed, ${tiers.length} at a tier, ${fallbacks.length} by a fallback`;
}
