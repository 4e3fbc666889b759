import assert from 'node:assert/strict';
import {
  type AnswerHarness,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

suite('secrets that were masked', () => {
  let harness: AnswerHarness;
  suiteSetup(async () => {
    harness = await openAnswerPage();
  });
  suiteTeardown(() => harness.close());

  test('are named under “Sent” by kind and line', async () => {
    const turn = makeTurn();
    const masked = [
      { kind: 'GitHub token', place: 'code', line: 12 },
      { kind: 'private key', place: 'earlierTurn' },
    ] as const;
    await harness.post(showing([{ ...turn, sent: { ...turn.sent, masked } }]));
    await part(harness, 'sent').locator('summary').click();
    const text = await visibleText(part(harness, 'masked'));
    assert.match(text, /^Masked before sending: GitHub token, line 12; private key, in an earlier turn\./);
    assert.match(text, /the model was told: “Each text like MASKED_SECRET_1_/);
  });

  test('of none nothing is said', async () => {
    await harness.post(showing([makeTurn()]));
    assert.equal(await part(harness, 'masked').count(), 0);
  });
});
