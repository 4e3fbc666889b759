import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/chat/failure';
import type { Passport } from '../../../src/core/usage/passport/passport';
import {
  type AnswerHarness,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeTurn } from '../../support/turns';

const failed = (failure: Failure) =>
  makeTurn({
    id: 'a',
    answer: makeAnswer({ status: 'failed', ending: { outcome: 'failed', failure, durationMs: 5 } }),
  });

const passport: Passport = {
  turnId: 'a',
  at: '2027-01-01T00:00:00.000Z',
  title: 'Why?',
  hasLeft: true,
  files: [{ path: 'src/a.ts', lines: '3–5', scope: 'selection', isEarlier: false }],
  earlierTurns: 0,
  endpoint: 'https://openrouter.ai',
  model: 'acme/m1',
  recipients: [
    { provider: 'DeepInfra', answered: false, keepsNothing: true },
    { provider: 'Together', answered: true, keepsNothing: true },
  ],
  quantization: 'fp8',
  rules: ['with zero data retention'],
  retention: 'Zero retention was required.',
  training: 'No training was not required.',
};

suite('answer page: repairs and who saw what', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  test('each model that would do is a button, the best one first', async () => {
    const alternatives = [{ id: 'acme/m2', price: '$1 in, $2 out per 1M tokens' }, { id: 'acme/m3' }];
    await harness.post(showing([failed({ kind: 'modelNotFound', alternatives })]));
    const buttons = part(harness, 'error-action');
    assert.deepEqual(await buttons.allInnerTexts(), ['Use acme/m2', 'Use acme/m3', 'Pick Another Model']);
    await buttons.nth(1).click();
    assert.deepEqual(await harness.waitForPosted('errorAction'), {
      type: 'errorAction',
      turnId: 'a',
      action: 'useModel',
      model: 'acme/m3',
    });
  });

  test('a button says what it does: how many tokens, without whom', async () => {
    await harness.post(showing([failed({ kind: 'providerUnavailable', provider: 'DeepInfra' })]));
    assert.ok((await part(harness, 'error-action').allInnerTexts()).includes('Retry Without DeepInfra'));
    await harness.post(showing([failed({ kind: 'answerTooExpensive', affordableTokens: 1234 })]));
    assert.equal(await part(harness, 'error-action').first().innerText(), 'Retry With 1,234 Tokens');
  });

  test('the details are folded, and copied whole', async () => {
    const failure: Failure = {
      kind: 'badRequest',
      httpStatus: 400,
      provider: 'OpenAI',
      detail: 'Unsupported parameter',
      requestId: 'req-7',
    };
    await harness.post(showing([failed(failure)]));
    const details = part(harness, 'error-details');
    assert.equal(await details.getAttribute('open'), null);
    await details.locator('summary').click();
    assert.match(await visibleText(details), /HTTP status 400 Provider OpenAI Said Unsupported parameter/);
    await part(harness, 'copy-error').click();
    assert.deepEqual(await harness.waitForPosted('copy'), {
      type: 'copy',
      text: 'Kind: badRequest\nHTTP status: 400\nProvider: OpenAI\nSaid: Unsupported parameter\nRequest id: req-7',
    });
  });

  test('who saw a turn is asked for when it is opened, and shown', async () => {
    const answer = makeAnswer({ status: 'completed', text: 'Hi' });
    await harness.post(showing([makeTurn({ id: 'a', answer })]));
    const fold = part(harness, 'passport');
    await fold.locator('summary').click();
    assert.deepEqual(await harness.waitForPosted('showPassport'), { type: 'showPassport', turnId: 'a' });
    await harness.post({ type: 'passport', passport });
    assert.equal(await part(harness, 'passport-files').innerText(), 'src/a.ts:3–5');
    assert.equal(
      await part(harness, 'passport-providers').innerText(),
      'DeepInfra (did not answer), Together',
    );
    assert.match(await visibleText(fold), /Sent to https:\/\/openrouter\.ai.*Zero retention was required/);
    await harness.post({ type: 'passport', passport: { ...passport, hasLeft: false } });
    assert.match(await visibleText(fold), /Nobody: this request was stopped/);
  });

  test('the composer shows the rules in force and opens their menu', async () => {
    await harness.post(showing([], makeComposer({ routing: 'no training · only deepinfra' })));
    assert.equal(await part(harness, 'routing-rules').innerText(), 'no training · only deepinfra');
    await part(harness, 'pick-routing').click();
    assert.deepEqual(await harness.waitForPosted('pickRouting'), { type: 'pickRouting' });
    await harness.post({ type: 'composer', composer: makeComposer() });
    assert.equal(await part(harness, 'routing-rules').count(), 0);
  });

  test('the footer names the quantization that served', async () => {
    const answer = makeAnswer({ status: 'completed', text: 'Hi', routing: { quantization: 'fp8' } });
    await harness.post(showing([makeTurn({ id: 'a', answer })]));
    assert.equal(await part(harness, 'served-quantization').getAttribute('data-value'), 'fp8');
  });
});
