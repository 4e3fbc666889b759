import assert from 'node:assert/strict';
import type { FailureKind, ReachedLimit } from '../../../src/core/chat/failure';
import { actionLabels, type FailureAction } from '../../../src/core/chat/failureAction';
import { describeFailure } from '../../../src/core/chat/failureText';

/** The button that fixes each failure; a kind without a row here does not compile. */
const fixes: Readonly<Record<FailureKind, FailureAction>> = {
  noKey: 'signIn',
  budget: 'sendOnce',
  limitsUnchecked: 'retry',
  priceNotBound: 'pickModel',
  modelForbidden: 'pickModel',
  invalidBaseUrl: 'openBaseUrlSetting',
  badRequest: 'pickModel',
  modelNotFound: 'pickModel',
  contextTooLong: 'pickModel',
  unauthorized: 'signIn',
  outOfCredits: 'openCredits',
  answerTooExpensive: 'openMaxTokensSetting',
  inFlightBudget: 'retry',
  keyLimit: 'openKeySettings',
  moderation: 'pickModel',
  forbidden: 'pickModel',
  dataPolicy: 'openPrivacySettings',
  noEndpoint: 'pickModel',
  noEndpointAtPrice: 'pickModel',
  payloadTooLarge: 'pickModel',
  unprocessable: 'pickModel',
  rateLimited: 'retry',
  freeDailyLimit: 'pickModel',
  timeout: 'retry',
  serverError: 'retry',
  providerUnavailable: 'retry',
  overloaded: 'retry',
  notOpenRouter: 'checkConnection',
  emptyAnswer: 'retry',
  stalled: 'retry',
  cutOff: 'retry',
  answerTooLarge: 'retry',
  network: 'retry',
  unknown: 'retry',
};

suite('failure texts', () => {
  for (const [kind, fix] of Object.entries(fixes) as [FailureKind, FailureAction][]) {
    test(`${kind} is one plain sentence whose first button is ${fix}`, () => {
      const { sentence, actions } = describeFailure({ kind }, 'acme/m1');
      assert.match(sentence, /^[A-Z0-9a-z].*\.$/);
      assert.doesNotMatch(sentence, /undefined|null|\[object/);
      assert.equal(actions[0], fix);
      assert.equal(new Set(actions).size, actions.length);
      for (const action of actions) assert.ok(actionLabels[action]);
    });
  }

  test('a balance that covers a shorter answer offers to retry with just that', () => {
    const { sentence, actions } = describeFailure(
      { kind: 'answerTooExpensive', affordableTokens: 1234 },
      'acme/m1',
    );
    assert.match(sentence, /1,234 tokens/);
    assert.equal(actions[0], 'retryWithFewerTokens');
  });

  test('limits that could not be checked are said to be so, and why', () => {
    const failure = { kind: 'limitsUnchecked', ledgerFault: 'locked' } as const;
    const { sentence, actions } = describeFailure(failure, 'acme/m1');
    assert.equal(
      sentence,
      'Your spending limits could not be checked because another program holds the usage history. Nothing was sent.',
    );
    assert.deepEqual(actions, ['retry', 'sendOnce', 'changeLimit']);
  });

  test('a price that a limit cannot be held for is refused with one that can be allowed', () => {
    const maxPrice = { prompt: '5', completion: '25', request: '0' };
    const { sentence, actions } = describeFailure(
      { kind: 'priceNotBound', offer: { maxPrice, costUsd: '0.12' } },
      'openrouter/auto',
    );
    assert.equal(
      sentence,
      'What openrouter/auto costs varies or is not known here, so your spending limits could not be held. Nothing was sent. Allow up to $5 in and $25 out per million tokens this once, at most $0.12 for this question, or pick another model.',
    );
    assert.deepEqual(actions, ['allowPrice', 'pickModel', 'changeLimit']);
  });

  test('when no provider is within the bound, it says up to what, and what would do', () => {
    const maxPrice = { prompt: '1', completion: '2', request: '0' };
    const next = { prompt: '2', completion: '4', request: '0.01' };
    const { sentence, actions } = describeFailure(
      { kind: 'noEndpointAtPrice', maxPrice, offer: { maxPrice: next } },
      'acme/m1',
    );
    assert.match(
      sentence,
      /^No provider offers acme\/m1 at up to \$1 in and \$2 out per million tokens right now/,
    );
    assert.match(
      sentence,
      /Allow up to \$2 in and \$4 out per million tokens plus \$0\.01 per request this once/,
    );
    assert.equal(actions[0], 'allowPrice');
  });

  test('a row for batches is told to be one, whatever the server says', () => {
    for (const kind of ['noEndpoint', 'modelNotFound', 'priceNotBound'] as const) {
      const { sentence, actions } = describeFailure({ kind }, 'acme/m1:batch');
      assert.match(sentence, /batches of requests only.*Pick acme\/m1 or another model\.$/);
      assert.deepEqual(actions, ['pickModel']);
    }
  });

  test('the provider and its own words are named when they are known', () => {
    const { sentence } = describeFailure(
      { kind: 'providerUnavailable', provider: 'Venice', detail: 'EngineCore died' },
      'acme/m1',
    );
    assert.match(sentence, /Venice/);
    assert.match(sentence, /EngineCore died/);
  });

  test('a refused request names the provider that refused it', () => {
    const { sentence } = describeFailure(
      { kind: 'badRequest', provider: 'OpenAI', detail: "Unsupported parameter: 'temperature'" },
      'acme/m1',
    );
    assert.match(sentence, /^acme\/m1 \(OpenAI\) refused the request/);
  });

  test('a rate limit blames whose it is, and the model only where another one helps', () => {
    const say = (limit?: ReachedLimit, provider?: string) =>
      describeFailure({ kind: 'rateLimited', limit, provider }, 'acme/m1:free').sentence;
    assert.match(say('provider', 'Chutes'), /^Chutes takes no more requests from OpenRouter/);
    assert.match(say('provider'), /^The provider of acme\/m1:free takes no more/);
    assert.match(say('freePerMinute'), /free models too often.*pick a paid model: all free ones share/);
    assert.match(say('account'), /OpenRouter takes no more requests to acme\/m1:free from this account/);
    assert.doesNotMatch(say(), /takes no more/);
  });

  test('credits are offered for more free requests only where they give some', () => {
    const actions = (limit?: ReachedLimit) =>
      describeFailure({ kind: 'freeDailyLimit', limit }, 'acme/m1:free').actions;
    assert.deepEqual(actions(), ['pickModel', 'openCredits']);
    assert.deepEqual(actions('freePerDayRaised'), ['pickModel']);
  });

  for (const limit of ['guardrail', 'workspace'] as const) {
    test(`a ${limit} budget is not the key’s limit, which the user could raise`, () => {
      const { sentence, actions } = describeFailure({ kind: 'keyLimit', limit }, 'acme/m1');
      assert.match(sentence, new RegExp(`${limit}.*used up`));
      assert.doesNotMatch(sentence, /limit of the key/);
      assert.ok(!actions.includes('openKeySettings'));
    });
  }

  test('suggested models are named and offered first where the model is what is wrong', () => {
    const fallbackModels = ['a/b', 'c/d'];
    const { sentence, actions } = describeFailure({ kind: 'modelNotFound', fallbackModels }, 'acme/m1');
    assert.match(sentence, /OpenRouter suggests a\/b or c\/d\.$/);
    assert.deepEqual(actions, ['pickSuggestedModel', 'pickModel']);
    const busy = describeFailure({ kind: 'overloaded', fallbackModels }, 'acme/m1');
    assert.deepEqual(busy.actions, ['retry', 'pickSuggestedModel', 'pickModel']);
  });

  test('a rate limit says how long the server asks to wait', () => {
    assert.match(describeFailure({ kind: 'rateLimited', retryAfterMs: 12_300 }, 'acme/m1').sentence, /13 s/);
  });

  test('a forbidden model names the setting, and one that is not found those that are spelt like it', () => {
    const rule = { model: 'a/b', setting: 'allowedModels' } as const;
    assert.match(
      describeFailure({ kind: 'modelForbidden', rule }, 'c/d').sentence,
      /askOpenRouter\.allowedModels .* a\/b/,
    );
    const alternatives = [
      { id: 'a/b', price: '$1' },
      { id: 'a/c', price: '$2' },
    ];
    const found = describeFailure({ kind: 'modelNotFound', alternatives }, 'a/bb');
    assert.match(found.sentence, /no model called a\/bb\. It has a\/b.*a\/c/);
    assert.deepEqual(found.actions, ['useModel', 'pickModel']);
  });
});
