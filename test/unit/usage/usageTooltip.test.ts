import assert from 'node:assert/strict';
import { lastRequestText } from '../../../src/app/usage/lastRequestText';
import { usageTooltip } from '../../../src/app/usage/usageTooltip';
import { emptyTotals } from '../../../src/core/ledger/ledgerTotals';

import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const hostile = 'x` ![i](https://evil.example/h.png) [Free credits](https://evil.example) `y';
/** Markup that is not written out. */
const foreignMarkup = /(?<!\\)(!\[|`|\]\(https?:|<)|https?:\/\//;

function last(changes: {
  readonly model?: string;
  readonly servedModel?: string;
  readonly provider?: string;
}) {
  const { model = 'acme/m1', ...answer } = changes;
  const sent = makeSent({ parameters: { model, maxTokens: 10 } });
  return lastRequestText({ id: 'c', turns: [makeTurn({ sent, answer: makeAnswer(answer) })] });
}

suite('the tooltip of the status bar', () => {
  for (const field of ['model', 'servedModel', 'provider'] as const) {
    test(`shows a hostile ${field} as it is`, () => {
      const text = last({ [field]: hostile }) ?? '';
      assert.match(text, /Free credits/);
      assert.doesNotMatch(text, foreignMarkup);
    });
  }

  test('shows what a server says instead of the credit as it is', () => {
    const figures = { session: emptyTotals, today: emptyTotals, month: emptyTotals, limits: [] };
    const parts = usageTooltip({ ...figures, credit: `It said: "${hostile}".` });
    const credit = parts.find(part => part.startsWith('Credit')) ?? '';
    assert.doesNotMatch(credit, foreignMarkup);
    assert.ok(credit.endsWith(' ([ask now](command:askOpenRouter.refreshCredit))'), credit);
  });

  test('names model, provider, tokens and cost, and keeps its table and its links', () => {
    const turn = makeTurn({
      answer: makeAnswer({
        status: 'completed',
        provider: 'Acme',
        usage: { promptTokens: 12, completionTokens: 3 },
        cost: { state: 'billed', usd: '0.5' },
      }),
    });
    const text = lastRequestText({ id: 'c', turns: [turn] }) ?? '';
    assert.equal(
      text.replaceAll('\\', ''),
      'Last request: acme/m1 by Acme · completed · 12 tokens in, 3 out · $0.5 billed',
    );
    const parts = usageTooltip({ session: emptyTotals, today: emptyTotals, month: emptyTotals, limits: [] });
    assert.match(parts[0] ?? '', /^\| {2}\| Spent \|.*\n\| --- \| ---: \| ---: \|\n\| This session \| /);
    assert.match(parts.at(-1) ?? '', /^\[Usage and cost\]\(command:.*\) · \[Answer panel\]\(command:/);
  });
});
