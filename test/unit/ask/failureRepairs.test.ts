import assert from 'node:assert/strict';
import type { RetryChanges } from '../../../src/app/ask/askRequest';
import { FailureActions } from '../../../src/app/ask/failureActions';
import type { Turn } from '../../../src/core/chat/conversation';
import type { Failure } from '../../../src/core/chat/failure';
import type { FailureAction } from '../../../src/core/chat/failureAction';
import { describeFailure } from '../../../src/core/chat/failureText';
import type { RequestParameters } from '../../../src/core/chat/requestParameters';
import { FakeSettings } from '../../support/fakeSettings';
import { PrivacyWorld, privacyModels } from '../../support/privacyWorld';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const unused = (): never => assert.fail('nothing of this was pressed');

/** The buttons, with what they ask again. */
function pressing(settings = new FakeSettings()) {
  const retried: RetryChanges[] = [];
  const opened: string[] = [];
  const actions = new FailureActions({
    session: { retry: async (_, changes = {}) => void retried.push(changes) },
    continuing: { continue: unused },
    check: { retry: unused },
    keyWays: { signIn: unused, set: unused, getAndSet: unused },
    chooseModel: unused,
    settings,
    dialogs: { openLink: async href => void opened.push(href), pick: unused },
    workbench: {
      openSetting: async key => void opened.push(key),
      openProxySettings: async () => void opened.push('http.proxy'),
      runCommand: async id => void opened.push(id),
    },
    freeQuota: { forget: () => void opened.push('quota') },
  });
  return { actions, retried, opened, settings };
}

function failedTurn(failure: Failure, parameters = {}): Turn {
  return makeTurn({
    sent: makeSent({ parameters: { model: 'acme/m1', maxTokens: 100, ...parameters } }),
    answer: makeAnswer({ status: 'failed', ending: { outcome: 'failed', failure, durationMs: 1 } }),
  });
}

suite('what repairs a failure', () => {
  let simulator: Simulator;
  let world: PrivacyWorld;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: privacyModels });
    world = await PrivacyWorld.open(simulator);
  });
  suiteTeardown(() => simulator.dispose());

  const failureOf = async (model: string, more = {}): Promise<Failure> => {
    const { answer } = await world.ask('Why?', { model, ...more });
    assert.ok(answer.ending?.failure);
    return answer.ending.failure;
  };

  test('a misspelt model has buttons with near names', async () => {
    const failure = await failureOf('anthropic/claude-sonet-4.5');
    assert.equal(failure.kind, 'modelNotFound');
    assert.equal(failure.alternatives?.[0]?.id, 'anthropic/claude-sonnet-4.5');
    assert.equal(describeFailure(failure, 'x').actions[0], 'useModel');
    const settings = new FakeSettings();
    const { actions, retried } = pressing(settings);
    await actions.run('useModel', failedTurn(failure), failure.alternatives?.[0]?.id);
    assert.equal(settings.current.parameters.model, 'anthropic/claude-sonnet-4.5');
    assert.equal(retried.length, 1);
  });

  test('a limited free model offers the paid one of its name with its price', async () => {
    simulator.next('429-free-day');
    const failure = await failureOf('meta-llama/llama-3.3-70b-instruct:free');
    assert.equal(failure.kind, 'freeDailyLimit');
    assert.equal(failure.alternatives?.[0]?.id, 'meta-llama/llama-3.3-70b-instruct');
    const { sentence } = describeFailure(failure, 'x');
    assert.match(sentence, /The paid one is meta-llama\/llama-3\.3-70b-instruct \(\$0\.\d+ in, \$0\.\d+ out/);
  });

  test('a prompt that is too long offers models with room, each with its price', async () => {
    const failure = await failureOf('openai/gpt-3.5-turbo', { maxTokens: 100_000 });
    assert.equal(failure.kind, 'contextTooLong');
    assert.ok(failure.affordableTokens && failure.affordableTokens > 1000, 'what still fits is known');
    assert.equal(failure.alternatives?.length, 2);
    for (const { id, contextTokens = 0, price } of failure.alternatives ?? []) {
      assert.ok(contextTokens >= 100_000, id);
      assert.ok(price, id);
    }
  });

  test('the limit that fits the context is retried, and the earlier turns can stay out', async () => {
    const failure = { kind: 'contextTooLong', affordableTokens: 900, earlierTurns: 2 } as const;
    const { sentence, actions: offered } = describeFailure(failure, 'acme/m1');
    assert.match(sentence, /Retry with at most 900 tokens.*without the earlier turns/);
    assert.deepEqual(offered.slice(0, 2), ['retryWithFewerTokens', 'dropEarlierTurns']);
    const { actions, retried } = pressing();
    await actions.run('retryWithFewerTokens', failedTurn(failure));
    await actions.run('dropEarlierTurns', failedTurn(failure));
    assert.deepEqual(retried, [{ parameters: { maxTokens: 900 } }, { follows: undefined }]);
  });

  test('Relax Once takes out only the rules that left nobody, for this request alone', async () => {
    const provider = { only: ['nobody'], zdr: true, sort: 'price' } as const;
    const failure = await failureOf('privacy/mixed', { provider });
    assert.deepEqual(failure.excludedBy, ['only']);
    assert.match(describeFailure(failure, 'x').sentence, /your provider choice \(only\) left none/);
    const settings = new FakeSettings();
    const { actions, retried } = pressing(settings);
    await actions.run('relaxOnce', failedTurn(failure, { provider }));
    assert.deepEqual(retried, [{ parameters: { provider: { zdr: true, sort: 'price' } } }]);
    assert.equal(settings.current.parameters.provider, undefined, 'no setting is written');
  });

  test('a privacy rule is blamed where it is the reason, else the account’s settings', async () => {
    const own = await failureOf('privacy/keepers', { provider: { zdr: true } });
    assert.deepEqual([own.kind, own.excludedBy], ['dataPolicy', ['zdr']]);
    simulator.next('404-data-policy');
    const account = await failureOf('privacy/mixed', { provider: { zdr: true } });
    assert.deepEqual(account.excludedBy, ['account']);
    assert.equal(describeFailure(account, 'x').actions[0], 'openPrivacySettings');
  });

  test('a provider that failed is left out of the next try', async () => {
    const failure = { kind: 'providerUnavailable', provider: 'DeepInfra' } as const;
    const { actions, retried } = pressing();
    await actions.run('ignoreProvider', failedTurn(failure, { provider: { zdr: true, ignore: ['chutes'] } }));
    const rules = { zdr: true, ignore: ['chutes', 'DeepInfra'] };
    assert.deepEqual(retried, [{ parameters: { provider: rules } }]);
    const { answer } = await world.ask('Why?', { model: 'privacy/mixed', provider: rules });
    assert.equal(answer.provider, 'Together');
  });

  test('open requests are told with the sum that they hold', async () => {
    const { store } = world.ledger;
    const draft = {
      startedAt: Date.now(),
      origin: 'panel',
      action: 'ask',
      requestedModel: 'a/b',
      maxTokens: 5,
    } as const;
    await store.begin({ ...draft, id: 'open', reservedPico: 420_000_000_000n });
    simulator.next('402-in-flight');
    simulator.next('402-in-flight');
    simulator.next('402-in-flight');
    const failure = await failureOf('privacy/mixed');
    assert.equal(failure.heldUsd, '0.42');
    await store.update('open', { outcome: 'cancelled', costState: 'free', costPico: 0n });
  });

  const cases: readonly (readonly [string, string, Partial<RequestParameters>, FailureAction])[] = [
    ['a misspelt model', 'anthropic/claude-sonet-4.5', {}, 'useModel'],
    ['a prompt without room', 'openai/gpt-3.5-turbo', { maxTokens: 16_384 }, 'retryWithFewerTokens'],
    ['a small balance', 'openai/gpt-4o-mini', { maxTokens: 20_000 }, 'retryWithFewerTokens'],
    ['a choice of providers that leaves none', 'privacy/mixed', { provider: { only: ['x'] } }, 'relaxOnce'],
    [
      'a parameter that no provider supports',
      'privacy/keepers',
      { temperature: 1, provider: { require_parameters: true } },
      'relaxOnce',
    ],
  ];
  for (const [what, model, more, best] of cases)
    test(`the best button for ${what} gets an answer`, async () => {
      const poor = await PrivacyWorld.open(simulator, 'sk-or-v1-poor-16384');
      const turn = await poor.ask('Why?', { model, maxTokens: 500, ...more });
      const failure = turn.answer.ending?.failure ?? assert.fail('there was an answer');
      assert.equal(describeFailure(failure, model).actions[0], best);
      const { actions, retried, settings } = pressing(new FakeSettings());
      await actions.run(best, turn);
      const picked = best === 'useModel' ? settings.current.parameters : {};
      const { answer } = await poor.ask('Why?', {
        ...turn.sent.parameters,
        ...picked,
        ...retried[0]?.parameters,
      });
      assert.equal(answer.status, 'completed', JSON.stringify(answer.ending));
    });

  test('settings that help are opened', async () => {
    const { actions, opened } = pressing();
    const turn = failedTurn({ kind: 'network', network: 'proxyLogin' });
    for (const action of [
      'openProxySettings',
      'openRouting',
      'openFallbacksSetting',
      'openOpenRouter',
    ] as const)
      await actions.run(action, turn);
    assert.deepEqual(opened, [
      'http.proxy',
      'askOpenRouter.routing',
      'fallbackModels',
      'https://openrouter.ai',
    ]);
  });
});
