import assert from 'node:assert/strict';
import { createCapNote } from '../../../src/app/ask/capNote';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { Estimates } from '../../../src/app/usage/estimates';
import type { CapBy } from '../../../src/core/chat/spending';
import type { Budgets } from '../../../src/core/ledger/budgets';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';

/** What the composer says of a short question, with 4,000 tokens of answer at $10 a million. */
async function noteFor(budgets: Budgets, by: CapBy): Promise<string | undefined> {
  const { store, queries } = createMemoryLedgerParts();
  const settings = new FakeSettings({ budgets, parameters: { model: 'acme/m1', maxTokens: 4000 } });
  const model = makeModel({ pricing: { prompt: '0.000001', completion: '0.00001' } });
  const note = createCapNote(
    new Estimates(store, queries, { atHand: [] }, { error: assert.fail }),
    { findCached: async () => model },
    settings,
    { of: async () => ({ by }) },
    { bounds: new PriceBounds({ of: async () => undefined }), ledger: store },
  );
  return note([{ role: 'user', content: 'Why?' }]);
}

suite('how the composer says a limit is kept', () => {
  for (const [what, budgets, by, text] of [
    ['nothing without a limit', {}, 'stop', undefined],
    ['nothing where it leaves enough', { dailyPico: 10n ** 12n }, 'maxTokens', undefined],
    ['by a stop', { maxAnswerPico: 10n ** 10n }, 'stop', /^Stops at your limit of \$0\.01 per answer/],
    ['by max_tokens', { maxAnswerPico: 10n ** 10n }, 'maxTokens', /^At most 9\d\d tokens .* may bill on/],
    [
      'of a day',
      { dailyPico: 10n ** 10n },
      'stop',
      /^At most 9\d\d tokens .* what your daily limit leaves, \$0\.01:/,
    ],
    [
      'of a request',
      { perRequestPico: 10n ** 10n },
      'maxTokens',
      /^At most 9\d\d .* \$0\.01 per request: .* never/,
    ],
    [
      'the tightest',
      { maxAnswerPico: 10n ** 11n, sessionPico: 10n ** 10n },
      'stop',
      /^At most .* per session/,
    ],
    ['the tightest', { maxAnswerPico: 5n * 10n ** 9n, sessionPico: 10n ** 10n }, 'maxTokens', /\$0\.005/],
  ] as const) {
    test(`${what}: ${Object.keys(budgets).join(' and ') || 'no limit'}, ${by}`, async () => {
      const note = await noteFor(budgets, by);
      if (text === undefined) assert.equal(note, undefined);
      else assert.match(note ?? '', text);
    });
  }
});
