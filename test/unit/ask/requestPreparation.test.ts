import assert from 'node:assert/strict';
import type { AskRequest } from '../../../src/app/ask/askRequest';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { Estimates } from '../../../src/app/usage/estimates';
import { plain } from '../../../src/core/base/plainText';
import type { CapBy } from '../../../src/core/chat/spending';

import type { Budgets } from '../../../src/core/ledger/budgets';
import type { Model } from '../../../src/core/models/model';
import { findModel } from '../../../src/core/models/modelId';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { MaxPrice } from '../../../src/core/money/maxPrice';
import type { Pricing } from '../../../src/core/money/pricing';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';
import { makeSent, makeTurn } from '../../support/turns';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

/** One token each, as estimated. */
const words = (count: number): string => 'line '.repeat(count);

function makeRequest(prompt: string, maxTokens = 1000): AskRequest {
  const turn = makeTurn({ sent: makeSent({ prompt, parameters: { model: 'acme/m1', maxTokens } }) });
  return { turn, messages: [{ role: 'user', content: prompt }], sessionId: 'c', origin: 'command' };
}

/** As it is sent when the user has allowed a price. */
function allowing(request: AskRequest, maxPrice: MaxPrice | undefined): AskRequest {
  const parameters = { ...request.turn.sent.parameters, maxPrice };
  return { ...request, turn: { ...request.turn, sent: { ...request.turn.sent, parameters } } };
}

/** A preparation over what the server lists and what of it is at hand. */
class World {
  listed: Model | undefined = makeModel();
  atHand: Model | undefined;
  /** Whether the server was asked, at each look for the model. */
  readonly asked: boolean[] = [];
  readonly dialogs = new FakeDialogs();
  /** What the providers of any model ask; undefined: the server cannot say. */
  endpointPrices: readonly Pricing[] | undefined;
  /** The ids whose providers were looked up. */
  readonly lookedUp: string[] = [];
  /** By id, instead of the two above. */
  find: ((id: string) => Model | undefined) | undefined;
  readonly settings = new FakeSettings();
  /** What there is to tell of the model. */
  news = '';
  readonly ledger = createMemoryLedgerParts();
  readonly preparation = new RequestPreparation({
    estimates: new Estimates(
      this.ledger.store,
      this.ledger.queries,
      { atHand: [] },
      { error: (what, error) => assert.fail(`${what}: ${error}`) },
    ),
    models: {
      find: async id => {
        this.asked.push(true);
        return this.find ? this.find(id) : this.listed;
      },
      findCached: async id => {
        this.asked.push(false);
        return this.find ? this.find(id) : this.atHand;
      },
      keepFresh: async () => undefined,
    },
    settings: this.settings,
    dialogs: this.dialogs,
    workbench: { openSetting: async () => undefined },
    bounds: new PriceBounds({
      of: async id => {
        this.lookedUp.push(id);
        return this.endpointPrices;
      },
    }),
    caps: { of: async () => ({ by: this.capBy }) },
    news: {
      of: async () => plain(this.news),
      settle: () => {
        this.news = '';
      },
    },
    ledger: {
      totals: async period => {
        if (this.ledgerFault) throw new LedgerFault('locked', 'Another window writes.');
        return this.ledger.store.totals(period);
      },
    },
  });
  ledgerFault = false;
  /** How a limit per answer can be kept. */
  capBy: CapBy = 'maxTokens';

  set budgets(budgets: Budgets) {
    this.settings.set({ budgets });
  }

  async prepare(request: AskRequest) {
    return this.preparation.prepare(request, new AbortController().signal);
  }
}

suite('RequestPreparation', () => {
  let world: World;
  setup(() => {
    world = new World();
  });

  test('a small question does not wait for the list of models', async () => {
    const prepared = await world.prepare(makeRequest('Hi'));
    assert.deepEqual(world.asked, [false]);
    assert.ok((prepared?.turn.estimate?.promptTokens ?? 0) > 0);
    assert.equal(prepared?.turn.estimate?.promptUsd, undefined);
  });

  test('the question before a large one names a price that was not at hand', async () => {
    world.dialogs.answers.push('Send');
    const prepared = await world.prepare(makeRequest(words(30_000)));
    assert.match(world.dialogs.shown.join('\n'), /Estimated cost: \$0\.\d+ to \$0\.\d+/);
    assert.ok((prepared?.reservedPico ?? 0n) > 0n);
  });

  test('what is sent anyway waits for no list and asks nothing', async () => {
    const prepared = await world.prepare({ ...makeRequest(words(30_000)), isForced: true });
    assert.deepEqual([world.asked, world.dialogs.shown], [[false], []]);
    assert.ok(prepared);
  });

  test('news of the model are asked about until the user has said yes', async () => {
    world.atHand = makeModel();
    world.news = 'M1 is up 40 %.';
    world.dialogs.answers.push('');
    assert.equal(await world.prepare(makeRequest('Hi')), undefined);
    world.dialogs.answers.push('Send');
    assert.ok(await world.prepare(makeRequest('Hi')));
    assert.match(world.dialogs.shown.at(-1) ?? '', /M1 is up 40 %\./);
    const count = world.dialogs.shown.length;
    assert.ok(await world.prepare(makeRequest('Hi')));
    assert.equal(world.dialogs.shown.length, count);
  });

  test('what a rule forbids is refused before any question, by each of its names', async () => {
    world.atHand = makeModel({ id: 'acme/m1', canonicalSlug: 'acme/m1-2026' });
    world.find = id => (id.startsWith('acme/m1') ? world.atHand : undefined);
    const refused = async (request: AskRequest) => (await world.prepare(request))?.refusal;
    const naming = (model: string, fallbackModels?: string[]): AskRequest => {
      const request = makeRequest(words(30_000));
      const parameters = { ...request.turn.sent.parameters, model, fallbackModels };
      return { ...request, turn: { ...request.turn, sent: { ...request.turn.sent, parameters } } };
    };
    world.settings.set({ modelRules: { allowedModels: [], blockedModels: ['acme/m1'] } });
    for (const model of ['acme/m1', 'acme/m1:nitro', 'acme/m1-2026'])
      assert.deepEqual(await refused(naming(model)), {
        kind: 'modelForbidden',
        rule: { model, setting: 'blockedModels' },
      });
    assert.deepEqual((await refused(naming('zeta/z', ['acme/m1'])))?.rule?.model, 'acme/m1');
    world.settings.set({ modelRules: { allowedModels: ['zeta/*'], blockedModels: [] } });
    assert.equal((await refused(naming('acme/m1')))?.rule?.setting, 'allowedModels');
    assert.deepEqual(world.dialogs.shown, []);
  });

  test('with a limit the price must be known', async () => {
    world.budgets = { dailyPico: 1n };
    assert.ok(((await world.prepare(makeRequest('Hi')))?.reservedPico ?? 0n) > 0n);
    assert.deepEqual(world.asked, [true]);
  });

  test('a limit per answer goes by the price that holds for so long a prompt', async () => {
    const long = { minPromptTokens: 5_000, pricing: { completion: '0.000004' } };
    const pricing = { prompt: '0', completion: '0.000002', overrides: [long] };
    world.listed = makeModel({ pricing });
    world.budgets = { maxAnswerPico: 1_000_000_000n };
    const short = await world.prepare(makeRequest('Hi'));
    // A fee for a provider's key of the user's own is part of it.
    assert.equal(short?.turn.sent.parameters.maxTokens, 476);
    const longer = await world.prepare(makeRequest(words(10_000)));
    assert.equal(longer?.turn.sent.parameters.maxTokens, 238);
    assert.match(longer?.turn.sent.maxTokensReason ?? '', /limit of \$0\.001 per answer/);
    world.budgets = { maxAnswerPico: 40_000_000n };
    assert.equal((await world.prepare(makeRequest('Hi')))?.stop, undefined);
    assert.deepEqual((await world.prepare(makeRequest(words(10_000))))?.stop, {
      kind: 'maxAnswerCost',
      limitUsd: '0.00004',
      committedUsd: '0.0000672',
    });
  });

  test('a limit per answer holds for the prompt, too', async () => {
    world.budgets = { maxAnswerPico: 1_000_000_000n };
    assert.equal((await world.prepare(makeRequest('Hi')))?.turn.sent.parameters.maxTokens, 471);
    assert.equal((await world.prepare(makeRequest(words(2_000))))?.stop?.kind, 'maxAnswerCost');
  });

  test('where a stop ends the bill, the answer may be as long as it is asked to be', async () => {
    world.capBy = 'stop';
    world.budgets = { maxAnswerPico: 1_000_000_000n };
    const { turn, cap } = (await world.prepare(makeRequest('Hi'))) ?? {};
    assert.deepEqual(
      [turn?.sent.parameters.maxTokens, turn?.sent.maxTokensReason, cap?.by],
      [1000, undefined, 'stop'],
    );
    assert.equal((await world.prepare(makeRequest(words(2_000))))?.stop?.kind, 'maxAnswerCost');
  });

  test('an answer that the model cannot give or its context cannot hold is limited, and the turn says why', async () => {
    world.atHand = makeModel({ contextTokens: 8_000, maxCompletionTokens: 4_000 });
    const short = (await world.prepare(makeRequest('Hi', 4_000)))?.turn.sent;
    assert.deepEqual([short?.parameters.maxTokens, short?.maxTokensReason], [4_000, undefined]);
    const longest = (await world.prepare(makeRequest('Hi', 5_000)))?.turn.sent;
    assert.deepEqual(
      [longest?.parameters.maxTokens, longest?.maxTokensReason],
      [4_000, 'because the model gives no longer answers'],
    );
    const fitting = (await world.prepare(makeRequest(words(7_000), 4_000)))?.turn;
    assert.equal(fitting?.sent.parameters.maxTokens, 8_000 - (fitting?.estimate?.promptTokens ?? 0));
    assert.match(fitting?.sent.maxTokensReason ?? '', /context of 8,000 tokens/);
    assert.deepEqual(world.dialogs.shown, []);
  });

  test('a prompt that may fit only when it is short leaves the answer what is left then', async () => {
    world.atHand = makeModel({ contextTokens: 8_000 });
    const { turn } = (await world.prepare(makeRequest(words(9_000), 4_000))) ?? {};
    assert.ok((turn?.estimate?.promptTokens ?? 0) > 8_000);
    assert.ok(
      (turn?.sent.parameters.maxTokens ?? 0) > 16 && (turn?.sent.parameters.maxTokens ?? 0) < 4_000,
      `${turn?.sent.parameters.maxTokens}`,
    );
  });

  test('a prompt that does not fit into the model is asked about first', async () => {
    world.atHand = makeModel({ contextTokens: 8_000 });
    const question = makeRequest(words(15_000), 4_000);
    assert.equal(await world.prepare(question), undefined);
    assert.match(world.dialogs.shown.join('\n'), /does not fit into the model: its context is 8,000 tokens/);
    world.dialogs.answers.push('Send');
    assert.equal((await world.prepare(question))?.turn.sent.parameters.maxTokens, 4_000);
    assert.ok(await world.prepare({ ...question, isForced: true }));
  });

  test('the stricter of what fits and what may be spent counts', async () => {
    world.listed = makeModel({ contextTokens: 8_000, maxCompletionTokens: 4_000 });
    world.budgets = { maxAnswerPico: 4_000_000_000n };
    const cheap = (await world.prepare(makeRequest('Hi', 5_000)))?.turn.sent;
    assert.deepEqual(
      [cheap?.parameters.maxTokens, /limit of/.test(cheap?.maxTokensReason ?? '')],
      [1_899, true],
    );
    world.budgets = { maxAnswerPico: 10_000_000_000n };
    const fitting = (await world.prepare(makeRequest('Hi', 5_000)))?.turn.sent;
    assert.deepEqual(
      [fitting?.parameters.maxTokens, /no longer answers/.test(fitting?.maxTokensReason ?? '')],
      [4_000, true],
    );
  });

  test('K1: a catalogue that names no limit, or none that is one, limits nothing', async () => {
    for (const contextTokens of [undefined, 0, -1, -0.5, Number.NaN]) {
      world.atHand = makeModel({ contextTokens, maxCompletionTokens: contextTokens });
      assert.equal(
        (await world.prepare(makeRequest(words(9_000), 4_000)))?.turn.sent.parameters.maxTokens,
        4_000,
      );
    }
    assert.deepEqual(world.dialogs.shown, []);
  });

  test('K1: what is sent with a limit per request is still asked about when the longest answer is -1', async () => {
    world.listed = makeModel({ maxCompletionTokens: -1, contextTokens: 128_000 });
    world.budgets = { perRequestPico: 1_000_000n };
    assert.equal(await world.prepare(makeRequest('Hi', 4_000)), undefined);
    assert.match(world.dialogs.shown.join(), /limit per request/);
  });

  for (const limit of [
    'dailyPico',
    'monthlyPico',
    'sessionPico',
    'maxAnswerPico',
    'perRequestPico',
  ] as const) {
    test(`with a ${limit} a model without a known price is refused, every time, with a price to allow`, async () => {
      world.budgets = { [limit]: 10n ** 12n };
      for (const pricing of [undefined, { prompt: '-1', completion: '-1' }, { prompt: '0.1' }]) {
        world.listed = pricing && makeModel({ pricing });
        const { refusal } = (await world.prepare(makeRequest('Hi'))) ?? {};
        assert.equal(refusal?.kind, 'priceNotBound');
        const allowed = await world.prepare(allowing(makeRequest('Hi'), refusal?.offer?.maxPrice));
        assert.equal(allowed?.refusal, undefined);
        assert.deepEqual(allowed?.turn.sent.parameters.maxPrice, {
          prompt: '5',
          completion: '25',
          request: '0',
        });
        const worst = Number(allowed?.reservedPico) / 1e12;
        assert.ok(Math.abs(worst - Number(refusal?.offer?.costUsd)) < 2e-6, `${worst}`);
      }
      const forced = await world.prepare({ ...makeRequest('Hi'), isForced: true });
      assert.deepEqual([forced?.refusal, forced?.turn.sent.parameters.maxPrice], [undefined, undefined]);
      assert.deepEqual(world.dialogs.shown, []);
    });
  }

  test('the price that is offered leaves a request within the limit per request', async () => {
    world.listed = undefined;
    world.budgets = { perRequestPico: 10n ** 10n };
    const { refusal } = (await world.prepare(makeRequest('Hi', 4096))) ?? {};
    assert.ok(Number(refusal?.offer?.costUsd) <= 0.01, refusal?.offer?.costUsd);
    assert.deepEqual(refusal?.offer?.maxPrice, { prompt: '0.45', completion: '2.2', request: '0' });
  });

  for (const limit of ['dailyPico', 'maxAnswerPico', 'perRequestPico'] as const) {
    test(`with a ${limit} no endpoint may serve that asks for more than was reserved`, async () => {
      world.budgets = { [limit]: 10n ** 12n };
      const pricing = { prompt: '0.00000015', completion: '0.0000006', request: '0.005', image: '0.001' };
      world.listed = makeModel({ pricing });
      const { turn, reservedPico } = (await world.prepare(makeRequest('Hi', 1000))) ?? {};
      assert.deepEqual(turn?.sent.parameters.maxPrice, {
        prompt: '0.15',
        completion: '0.6',
        request: '0.005',
        image: '0.001',
      });
      const promptTokens = 256 + 16 + 2;
      const pico = promptTokens * 150_000 + 1000 * 600_000 + 5_000_000_000;
      assert.equal(reservedPico, BigInt(Math.ceil(pico * 1.05)));
    });
  }

  test('without a limit no price is bound', async () => {
    assert.equal((await world.prepare(makeRequest('Hi')))?.turn.sent.parameters.maxPrice, undefined);
  });

  test('`:nitro` is bound by the dearest endpoint, and by the listed price where that cannot be looked up', async () => {
    world.budgets = { dailyPico: 10n ** 12n };
    const nitro = makeRequest('Hi');
    const turn = {
      ...nitro.turn,
      sent: makeSent({ parameters: { model: 'acme/m1:nitro', maxTokens: 1000 } }),
    };
    const maxPrice = async () => (await world.prepare({ ...nitro, turn }))?.turn.sent.parameters.maxPrice;
    assert.deepEqual(await maxPrice(), { prompt: '1', completion: '2', request: '0' });
    world.endpointPrices = [
      { prompt: '0.000003', completion: '0.000001' },
      { prompt: '0.000002', completion: '0.000009', request: '0.01' },
      { prompt: '-1', completion: '-1' },
    ];
    assert.deepEqual(await maxPrice(), { prompt: '3', completion: '9', request: '0.01' });
    assert.deepEqual(world.lookedUp, ['acme/m1', 'acme/m1']);
    await world.prepare(makeRequest('Hi'));
    assert.equal(world.lookedUp.length, 2, 'only where the fastest may serve');
  });

  test('without a limit a model without a known price is sent to unasked', async () => {
    world.listed = undefined;
    assert.ok(await world.prepare(makeRequest('Hi')));
    assert.deepEqual(world.dialogs.shown, []);
  });

  suite('with a model that the workspace has chosen', () => {
    const cheap = { prompt: '0.0000001', completion: '0.0000002' };
    const models: Record<string, Model | undefined> = {};
    setup(() => {
      world.settings.set({ replacedModel: 'acme/own' });
      Object.assign(models, { 'acme/m1': makeModel(), 'acme/own': makeModel({ pricing: cheap }) });
      world.find = id => models[id];
    });

    test('one that is much more expensive is asked about before the first request, and not again', async () => {
      assert.equal(await world.prepare(makeRequest('Hi')), undefined);
      assert.match(world.dialogs.shown.join(), /Your own choice, acme\/own, would cost at most \$0\.000/);
      world.dialogs.answers.push('Send');
      assert.ok(await world.prepare(makeRequest('Hi')));
      world.dialogs.shown.length = 0;
      assert.ok(await world.prepare(makeRequest('Hi')));
      assert.deepEqual(world.dialogs.shown, []);
    });

    test('so is one that nobody knows the price of, and one that costs anything where the own one is free', async () => {
      models['acme/m1'] = undefined;
      assert.equal(await world.prepare(makeRequest('Hi')), undefined);
      models['acme/m1'] = makeModel();
      models['acme/own'] = makeModel({ pricing: { prompt: '0', completion: '0' } });
      assert.equal(await world.prepare(makeRequest('Hi')), undefined);
    });

    test('one that costs about as much or less, or is not the one asked, is sent to unasked', async () => {
      for (const pricing of [cheap, { prompt: '0.00000015', completion: '0.0000003' }]) {
        models['acme/m1'] = makeModel({ pricing });
        assert.ok(await world.prepare(makeRequest('Hi')));
      }
      models['acme/m1'] = makeModel();
      world.settings.set({ parameters: { model: 'acme/another', maxTokens: 100 } });
      assert.ok(await world.prepare(makeRequest('Hi')));
      assert.deepEqual(world.dialogs.shown, []);
    });

    test('so is one that a prompt of the workspace names, and no other model of the user’s', async () => {
      world.settings.set({ replacedModel: undefined, parameters: { model: 'acme/own', maxTokens: 1000 } });
      assert.equal(await world.prepare({ ...makeRequest('Hi'), isModelOfWorkspace: true }), undefined);
      assert.match(
        world.dialogs.shown.join(),
        /A prompt of this workspace names this model\. Your own choice, acme\/own,/,
      );
      assert.ok(await world.prepare(makeRequest('Hi')));
      world.dialogs.answers.push('Send');
      assert.ok(await world.prepare({ ...makeRequest('Hi'), isModelOfWorkspace: true }));
      assert.ok(await world.prepare({ ...makeRequest('Hi'), isModelOfWorkspace: true }));
    });

    test('where the own one has no known price there is nothing to compare', async () => {
      models['acme/own'] = undefined;
      assert.ok(await world.prepare(makeRequest('Hi')));
      assert.deepEqual(world.dialogs.shown, []);
    });
  });

  for (const [limit, reason] of [
    ['perRequestPico', /^by your limit of \$0\.01 per request$/],
    ['sessionPico', /^by what your limit per session leaves, \$0\.01$/],
    ['dailyPico', /^by what your daily limit leaves, \$0\.01$/],
    ['monthlyPico', /^by what your monthly limit leaves, \$0\.01$/],
  ] as const) {
    test(`what a ${limit} leaves becomes max_tokens, and the request holds no more than that`, async () => {
      world.listed = makeModel({ pricing: { prompt: '0.000001', completion: '0.00001' } });
      world.budgets = { [limit]: 10n ** 10n };
      const { turn, reservedPico = 0n } = (await world.prepare(makeRequest('Hi', 4000))) ?? {};
      const { maxTokens = 0 } = turn?.sent.parameters ?? {};
      assert.ok(maxTokens > 800 && maxTokens < 1000, `${maxTokens}`);
      assert.match(turn?.sent.maxTokensReason ?? '', reason);
      assert.ok(reservedPico <= 10n ** 10n && reservedPico > 99n * 10n ** 8n, `${reservedPico}`);
      const next = (await world.prepare(makeRequest('Hi', maxTokens)))?.turn.sent;
      assert.deepEqual(
        [next?.parameters.maxTokens, next?.maxTokensReason],
        [maxTokens, undefined],
        'it fits',
      );
      const forced = await world.prepare({ ...makeRequest('Hi', 4000), isForced: true });
      assert.equal(forced?.turn.sent.parameters.maxTokens, 4000);
      assert.deepEqual(world.dialogs.shown, []);
    });
  }

  test('the tightest limit counts, and none makes an answer shorter than is of use', async () => {
    world.listed = makeModel({ pricing: { prompt: '0.000001', completion: '0.00001' } });
    world.budgets = { monthlyPico: 10n ** 11n, dailyPico: 10n ** 10n, perRequestPico: 5n * 10n ** 9n };
    const tight = (await world.prepare(makeRequest('Hi', 4000)))?.turn.sent;
    assert.match(tight?.maxTokensReason ?? '', /per request/);
    world.budgets = { dailyPico: 10n ** 9n };
    const tiny = (await world.prepare(makeRequest('Hi', 4000)))?.turn.sent;
    assert.deepEqual([tiny?.parameters.maxTokens, tiny?.maxTokensReason], [4000, undefined]);
  });

  test('what is left and cannot be read leaves the question to the ledger', async () => {
    world.ledgerFault = true;
    world.listed = makeModel({ pricing: { prompt: '0.000001', completion: '0.00001' } });
    world.budgets = { dailyPico: 10n ** 10n };
    assert.equal((await world.prepare(makeRequest('Hi', 4000)))?.turn.sent.parameters.maxTokens, 4000);
  });

  test('M6: a free model that searches the web is not free, and a limit per request counts the search', async () => {
    const free = makeModel({ id: 'acme/free:free', pricing: { prompt: '0', completion: '0' } });
    world.find = id => findModel([free], id);
    world.budgets = { perRequestPico: 1_000_000_000n };
    const ask = (model: string) => {
      const turn = makeTurn({ sent: makeSent({ parameters: { model, maxTokens: 1000 }, prompt: 'Hi' }) });
      return world.prepare({ ...makeRequest('Hi'), turn });
    };
    assert.equal((await ask('acme/free:free'))?.reservedPico, 0n);
    assert.equal(await ask('acme/free:free:online'), undefined);
    assert.match(world.dialogs.shown.join(), /Estimated cost: \$0 to \$0\.02/);
  });

  for (const [what, model, pricing, most] of [
    ['of another suffix before it', 'acme/a:nitro:online', { prompt: '0', completion: '0' }, '0.02'],
    ['of another suffix behind it', 'acme/a:online:floor', { prompt: '0', completion: '0' }, '0.02'],
    ['of the provider', 'acme/a:online', { prompt: '0', completion: '0', webSearch: '0.03' }, '0.15'],
  ] as const) {
    test(`M6: a search has its price whatever stands beside it: ${what}`, async () => {
      world.find = id => findModel([makeModel({ id: 'acme/a', pricing })], id);
      world.budgets = { perRequestPico: 1_000_000_000n };
      const turn = makeTurn({ sent: makeSent({ parameters: { model, maxTokens: 1000 }, prompt: 'Hi' }) });
      assert.equal(await world.prepare({ ...makeRequest('Hi'), turn }), undefined);
      assert.ok(world.dialogs.shown.join().includes(`Estimated cost: $0 to $${most}`));
    });
  }

  for (const override of [
    { hasUnknownCondition: true },
    { hasUnknownCondition: true, minPromptTokens: 1 },
    { utcStart: 'noon' },
    { utcDays: [9] },
  ]) {
    test(`M8: a limit reserves the dearer price under ${JSON.stringify(override)}`, async () => {
      const dear = { ...override, pricing: { completion: '0.0002' } };
      world.listed = makeModel({ pricing: { prompt: '0', completion: '0.000002', overrides: [dear] } });
      world.budgets = { dailyPico: 10n ** 12n };
      // With OpenRouter's fee of 5 % for a provider key of one's own on top.
      assert.equal((await world.prepare(makeRequest('Hi', 1000)))?.reservedPico, 210_000_000_000n);
      // Too little for an answer of use.
      world.budgets = { perRequestPico: 10_000_000_000n };
      assert.equal(await world.prepare(makeRequest('Hi', 1000)), undefined);
      assert.match(world.dialogs.shown.join(), /to \$0\.2\b/);
    });
  }
});
