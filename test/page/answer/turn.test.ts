import assert from 'node:assert/strict';
import type { Cost } from '../../../src/core/money/cost';
import {
  type AnswerHarness,
  completed,
  happening,
  openAnswerPage,
  part,
  showing,
  text,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeCode, makePart, makeSent, makeTurn } from '../../support/turns';

suite('answer page: a turn', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const textOf = (name: string) => part(harness, name).textContent();
  const rawOf = (name: string) => part(harness, name).getAttribute('data-value');

  for (const width of [280, 400, 720]) {
    test(`the buttons stand close below the figures or beside them, at ${width} px`, async () => {
      await harness.close();
      harness = await openAnswerPage({ context: { viewport: { width, height: 640 } } });
      await harness.post(
        showing([makeTurn({ id: 'a', apply: 'replace', answer: makeAnswer({ text: 'Hello' }) })]),
        happening('a', { type: 'cost', cost: { state: 'billed', usd: '0.1' } }, completed),
      );
      const [figures, buttons] = await Promise.all(
        ['.meta', '.turn-actions'].map(name => harness.page.locator(name).boundingBox()),
      );
      assert.ok(figures && buttons);
      const gap = buttons.y - (figures.y + figures.height);
      assert.ok(gap <= 8, `${gap} px between them`);
      assert.ok(figures.height < 120, `figures of ${figures.height} px`);
      assert.ok(buttons.x >= 0 && buttons.x + buttons.width <= width);
    });
  }

  test('shows the answer as it arrives and every figure at the end', async () => {
    await harness.post(showing([]), { type: 'turn', turn: makeTurn({ id: 'a' }) });
    assert.equal(await textOf('status'), 'streaming');
    assert.equal(await part(harness, 'cost').count(), 0);
    await harness.post(
      happening(
        'a',
        { type: 'accepted', generationId: 'gen-1' },
        { type: 'served', model: 'acme/m1-2026', provider: 'Acme Cloud' },
      ),
      happening('a', { type: 'reasoning', text: 'First I think. ' }, text('Hello ')),
    );
    assert.equal((await textOf('answer'))?.trim(), 'Hello');
    await harness.post(
      happening(
        'a',
        text('**world**'),
        { type: 'finish', finishReason: 'stop', nativeFinishReason: 'end_turn' },
        {
          type: 'usage',
          usage: {
            promptTokens: 1234,
            cachedTokens: 1000,
            completionTokens: 567,
            reasoningTokens: 400,
            costUsd: '0.000495',
          },
        },
      ),
      happening('a', { type: 'cost', cost: { state: 'billed', usd: '0.000495' } }),
      happening('a', { type: 'ended', ending: { outcome: 'completed', ttftMs: 500, durationMs: 2500 } }),
    );
    assert.equal(await part(harness, 'answer').locator('strong').textContent(), 'world');
    assert.equal(await textOf('status'), 'completed');
    assert.deepEqual(
      [await textOf('cost'), await rawOf('cost'), await textOf('cost-state')],
      ['$0.000495', '0.000495', 'billed'],
    );
    assert.deepEqual([await textOf('model'), await textOf('provider')], ['acme/m1-2026', 'Acme Cloud']);
    await part(harness, 'model').press('Enter');
    assert.equal((await harness.waitForPosted('showModel')).turnId, 'a');
    for (const [name, shown, value] of [
      ['tokens-in', '1,234', '1234'],
      ['tokens-cached', '1,000', '1000'],
      ['tokens-out', '567', '567'],
      ['tokens-reasoning', '400', '400'],
    ] as const) {
      assert.deepEqual([await textOf(name), await rawOf(name)], [shown, value], name);
    }
    assert.deepEqual([await textOf('finish'), await textOf('generation-id')], ['stop', 'gen-1']);
    assert.equal(await rawOf('speed'), '283.5');
    assert.match(
      await visibleText(harness.page.locator('.meta')),
      /in 1,234 \(of which 1,000 cached\).*out 567 \(of which 400 reasoning\)/,
    );
    assert.match(await visibleText(harness.page.locator('.meta')), /asked: acme\/m1\b/);
    assert.match((await textOf('reasoning')) ?? '', /First I think\./);
  });

  test('the cost so far follows the text while it grows', async () => {
    const estimate = { promptTokens: 10, promptUsd: '0.001', answerTokenUsd: '0.00001' };
    await harness.post(showing([]), { type: 'turn', turn: makeTurn({ id: 'a', estimate }) });
    for (const [more, usd] of [
      [400, '0.002'],
      [3600, '0.011'],
    ] as const) {
      await harness.post(happening('a', text('x'.repeat(more))));
      await harness.page.waitForSelector(`[data-part="cost-so-far"][data-value="${usd}"]`);
    }
    await harness.post(happening('a', { type: 'cost', cost: { state: 'billed', usd: '0.0123' } }, completed));
    assert.equal(await part(harness, 'cost-so-far').count(), 0);
    assert.equal(await rawOf('cost'), '0.0123');
  });

  test('tells each kind of cost apart and never shows an unknown one as zero', async () => {
    const costs: readonly (readonly [Cost, string, string | null])[] = [
      [{ state: 'settled', usd: '12.3400000000017' }, '$12.3400000000017', '12.3400000000017'],
      [{ state: 'estimated', usd: '0.0001' }, '≈ $0.0001', '0.0001'],
      [{ state: 'free', usd: '0' }, 'Free', '0'],
      [{ state: 'unknown' }, 'unknown', null],
      [{ state: 'pending' }, '…', null],
    ];
    await harness.post(
      showing(
        costs.map(([cost], index) =>
          makeTurn({ id: `${index}`, answer: makeAnswer({ status: 'cancelled', text: 'x', cost }) }),
        ),
      ),
    );
    for (const [index, [cost, shown, value]] of costs.entries()) {
      const turn = part(harness, 'turn').nth(index);
      const figure = turn.locator('[data-part="cost"]');
      assert.equal(await figure.textContent(), shown, cost.state);
      assert.equal(await figure.getAttribute('data-value'), value, cost.state);
      assert.equal(await turn.locator('[data-part="cost-state"]').textContent(), cost.state);
    }
    assert.match(await visibleText(part(harness, 'turn').last()), /pending: asking OpenRouter/);
  });

  const routing = {
    summary: 'Beta answered, attempt 2 of 3.',
    strategy: 'fallback',
    region: 'europe',
    serviceTier: 'flex',
    attempt: 2,
    attempts: [
      { provider: 'Alpha', status: 502, latencyMs: 400 },
      { provider: 'Beta', model: 'acme/m1-2026', status: 200 },
    ],
    endpoints: 3,
    generationMs: 2000,
    stages: [
      { type: 'plugin', name: 'file-parser', summary: 'Two pages.', costUsd: '0.004' },
      { type: 'context_compression', summary: 'Cut <b>the</b> middle.' },
      { type: 'guardrail', guardrailId: 'grd_1', guardrailScope: 'workspace' },
    ],
  };

  test('the details tell who was asked, at what tier, how long it took and what was done on the way', async () => {
    await harness.post(showing([]), { type: 'turn', turn: makeTurn({ id: 'a' }) });
    assert.equal(await part(harness, 'routing').count(), 0);
    await harness.post(
      happening('a', text('Hi'), { type: 'routing', routing }),
      happening('a', { type: 'usage', usage: { completionTokens: 100 } }, completed),
    );
    assert.match(await visibleText(harness.page.locator('.meta')), /tier flex.*region europe/);
    assert.deepEqual([await rawOf('tier'), await rawOf('region')], ['flex', 'europe']);
    const details = part(harness, 'routing');
    assert.doesNotMatch(await details.innerText(), /Alpha/);
    await details.locator('summary').click();
    assert.equal(await textOf('routing-summary'), 'Beta answered, attempt 2 of 3.');
    assert.deepEqual(await part(harness, 'attempt').allInnerTexts(), [
      'Alpha · failed (502) after 0.4 s',
      'Beta · acme/m1-2026 · answered (200)',
    ]);
    assert.equal(await rawOf('stage-fee'), '0.004');
    assert.match((await part(harness, 'stage').allInnerTexts()).join(), /\(workspace grd_1\)/);
    assert.deepEqual(
      [await textOf('generation-time'), await rawOf('attempt-number'), await textOf('endpoints')],
      ['2.0 s (2,000 ms), 50 tokens/s', '2', '3'],
    );
  });

  test('what may have changed the texts is said in the open, of a failed turn too', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(
      happening(
        'a',
        { type: 'routing', routing },
        { type: 'ended', ending: { outcome: 'failed', failure: { kind: 'forbidden' }, durationMs: 1 } },
      ),
    );
    const notices = await part(harness, 'stage-notice').allInnerTexts();
    assert.equal(notices.length, 2);
    assert.match(
      notices[0] ?? '',
      /^OpenRouter may have shortened what was sent.*“Cut <b>the<\/b> middle\.”$/,
    );
    assert.match(notices[1] ?? '', /^A guardrail of the workspace \(grd_1\) acted on this request/);
    assert.equal(await part(harness, 'routing').count(), 1);
  });

  test('the ordinary tier and region are not worth a word', async () => {
    const ordinary = { serviceTier: 'default', region: 'global' };
    const answer = makeAnswer({ status: 'completed', text: 'x', routing: ordinary });
    await harness.post(showing([makeTurn({ answer })]));
    assert.deepEqual([await rawOf('tier'), await rawOf('region')], ['default', 'global']);
    assert.doesNotMatch(await visibleText(harness.page.locator('.meta')), /default|global/);
  });

  test('“Sent” says that nothing may be shortened, of turns only that were sent so', async () => {
    const turns = [
      makeTurn({ id: 'old' }),
      makeTurn({ id: 'new', sent: makeSent({ isCompressionOff: true }) }),
    ];
    await harness.post(showing(turns));
    const said = await part(harness, 'sent').allTextContents();
    assert.deepEqual(
      said.map(sent => sent.includes('context compression off')),
      [false, true],
    );
  });

  test('a cost that is settled later replaces the pending one', async () => {
    await harness.post(
      showing([
        makeTurn({
          id: 'a',
          answer: makeAnswer({ status: 'cancelled', text: 'x', cost: { state: 'pending' } }),
        }),
      ]),
    );
    await harness.post(
      happening('a', {
        type: 'settled',
        cost: { state: 'settled', usd: '0.5' },
        usage: { promptTokens: 7 },
        finishReason: 'stop',
      }),
    );
    assert.deepEqual(
      [await textOf('cost'), await textOf('cost-state'), await textOf('tokens-in')],
      ['$0.5', 'settled', '7'],
    );
  });

  test('a failure keeps the partial text and its buttons tell the host', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(
      happening('a', text('Half of it'), {
        type: 'ended',
        ending: {
          outcome: 'failed',
          durationMs: 10,
          failure: { kind: 'answerTooExpensive', affordableTokens: 812 },
        },
      }),
    );
    assert.equal(await textOf('status'), 'failed');
    assert.equal((await textOf('answer'))?.trim(), 'Half of it');
    assert.match((await textOf('error')) ?? '', /at most 812 tokens/);
    const actions = part(harness, 'error-action');
    assert.deepEqual(await actions.evaluateAll(all => all.map(one => one.getAttribute('data-value'))), [
      'retryWithFewerTokens',
      'pickCheaperModel',
      'openCredits',
    ]);
    await actions.first().click();
    assert.deepEqual(await harness.waitForPosted('errorAction'), {
      type: 'errorAction',
      turnId: 'a',
      action: 'retryWithFewerTokens',
    });
  });

  test('says which limit cut an answer off', async () => {
    const truncated = (id: string, completionTokens: number) =>
      makeTurn({
        id,
        answer: makeAnswer({
          status: 'truncated',
          text: 'x',
          finishReason: 'length',
          usage: { completionTokens },
        }),
      });
    await harness.post(showing([truncated('own', 1000), truncated('other', 300)]));
    const [own, other] = await part(harness, 'turn').allInnerTexts();
    assert.match(own ?? '', /The answer hit the limit of 1,000 tokens \(maxTokens\)\./);
    assert.match(other ?? '', /stopped at 300 tokens, below maxTokens \(1,000\)/);
  });

  test('says so when there is no answer text, a tool call, an image or sources', async () => {
    await harness.post(
      showing([
        makeTurn({ id: 'thought', answer: makeAnswer({ status: 'completed', reasoning: 'hm' }) }),
        makeTurn({ id: 'silent', answer: makeAnswer({ status: 'completed' }) }),
        makeTurn({
          id: 'rich',
          answer: makeAnswer({
            status: 'completed',
            toolCalls: [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }],
            imageCount: 1,
            citations: [{ url: 'https://example.com/a', title: 'A source' }, { url: 'javascript:alert(1)' }],
          }),
        }),
      ]),
    );
    const [thought, silent, rich] = await part(harness, 'turn').allInnerTexts();
    assert.match(thought ?? '', /sent its reasoning \(above\) but no answer text/);
    assert.match(silent ?? '', /The model sent no text/);
    assert.match(rich ?? '', /asked to run a tool \(get_weather\)\. Ask OpenRouter runs none/);
    assert.match(rich ?? '', /holds an image/);
    assert.deepEqual(
      await harness.page.locator('.citations a').evaluateAll(all => all.map(one => one.getAttribute('href'))),
      ['https://example.com/a'],
    );
  });

  test('shows every piece that was sent, with its lines, and a file name of several lines in one', async () => {
    const parts = [
      makePart({ text: 'let one = 1;', startLine: 1, endLine: 1 }),
      makePart({ text: 'let two = 2;\nlet three = 3;', startLine: 5, endLine: 6 }),
    ];
    const code = makeCode({ parts, path: 'one/src/a\nb.ts', cell: 2 });
    await harness.post(showing([makeTurn({ sent: makeSent({ code }) })]));
    const sent = part(harness, 'sent');
    const summary = await visibleText(sent.locator('summary'));
    assert.match(summary, /one\/src\/a⟨U\+000A⟩b\.ts, cell 2:1, 5–6\s+\(2 selections\)/);
    await sent.locator('summary').press('Enter');
    await sent.locator('.hljs-keyword').first().waitFor();
    assert.deepEqual(await sent.locator('code').allTextContents(), [
      'let one = 1;',
      'let two = 2;\nlet three = 3;',
    ]);
    assert.match(await visibleText(sent), /Line 1\s.*Lines 5–6\s/s);
  });

  test('shows what was sent in one line, and all of it on demand', async () => {
    const code = makeCode({
      parts: [makePart({ text: 'let sum = 0;', startLine: 3, endLine: 9 })],
      path: 'src/money/sum.ts',
      scope: 'symbol',
      symbolName: 'sum',
    });
    await harness.post(
      showing([
        makeTurn({
          sent: makeSent({ prompt: 'Explain this code.\nBriefly.', earlierTurns: 2, code }),
        }),
      ]),
    );
    const sent = part(harness, 'sent');
    assert.equal(await sent.getAttribute('open'), null);
    assert.match(
      await visibleText(sent.locator('summary')),
      /src\/money\/sum\.ts:3–9\s+\(symbol sum\)\s+with 2 earlier turns/,
    );
    await sent.locator('summary').press('Enter');
    await sent.locator('.hljs-keyword').waitFor();
    assert.equal(await sent.locator('code').textContent(), 'let sum = 0;');
    assert.match(await visibleText(sent), /Briefly\./);
    assert.match(await visibleText(sent), /System prompt: Be brief\./);
  });

  test('a wait before another try counts down, and is announced once', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(
      happening('a', {
        type: 'retrying',
        attempt: 2,
        delayMs: 30_000,
        atMs: Date.now(),
        failure: { kind: 'overloaded' },
      }),
    );
    const countdown = part(harness, 'countdown');
    const first = Number(await countdown.getAttribute('data-value'));
    await harness.page.waitForFunction(
      before =>
        Number(document.querySelector('[data-part="countdown"]')?.getAttribute('data-value')) < before,
      first,
    );
    assert.match((await textOf('announcement')) ?? '', /acme\/m1 is overloaded.*Try 2 in 30 seconds/);
    await harness.post(happening('a', { type: 'accepted' }, text('Now.')));
    assert.equal(await countdown.count(), 0);
  });

  test('announces the beginning and the end, not the text in between', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.page.evaluate(() => {
      const heard: string[] = [];
      const live = document.querySelector('[aria-live]');
      Object.assign(window, { heard });
      if (live)
        new MutationObserver(() => heard.push(live.textContent ?? '')).observe(live, {
          childList: true,
          characterData: true,
          subtree: true,
        });
    });
    for (let piece = 0; piece < 5; piece++) await harness.post(happening('a', text(`word ${piece} `)));
    await harness.post(happening('a', { type: 'cost', cost: { state: 'billed', usd: '0.01' } }, completed));
    const heard = await harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard, [
      'Explain Selection: the answer begins.',
      'Explain Selection: completed. Cost $0.01 billed',
    ]);
  });

  test('Stop is offered while the answer runs, by button and by Escape', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await part(harness, 'stop').click();
    assert.deepEqual(await harness.waitForPosted('stop'), { type: 'stop', turnId: 'a' });
    await part(harness, 'composer').press('Escape');
    assert.equal((await harness.posted()).filter(({ type }) => type === 'stop').length, 2);
    await harness.post(happening('a', { type: 'ended', ending: { outcome: 'cancelled', durationMs: 5 } }));
    assert.equal(await part(harness, 'stop').count(), 0);
    await part(harness, 'composer').press('Escape');
    assert.equal((await harness.posted()).filter(({ type }) => type === 'stop').length, 2);
  });

  test('while two answers run, Stop and Escape mean the newest one that still does', async () => {
    await harness.post(showing([makeTurn({ id: 'first' })]), {
      type: 'turn',
      turn: makeTurn({ id: 'second' }),
    });
    const stop = harness.page.getByRole('button', { name: 'Stop the running answer' });
    await stop.click();
    assert.equal((await harness.waitForPosted('stop')).turnId, 'second');
    await harness.post(happening('second', completed));
    await part(harness, 'composer').press('Escape');
    assert.equal((await harness.waitForPosted('stop')).turnId, 'first');
    await stop.click();
    await harness.post(happening('first', completed));
    assert.equal(await stop.count(), 0);
  });

  test('the whole answer can be copied, inserted and opened', async () => {
    await harness.post(
      showing([makeTurn({ answer: makeAnswer({ status: 'completed', text: '# All\n\nof it' }) })]),
    );
    for (const [name, type] of [
      ['copy', 'copy'],
      ['insert', 'insert'],
      ['new-file', 'newFile'],
    ] as const) {
      await part(harness, name).click();
      assert.equal((await harness.waitForPosted(type)).text, '# All\n\nof it');
    }
    assert.equal((await harness.waitForPosted('newFile')).language, 'markdown');
  });

  test('only the left button presses buttons, and the right one opens no link', async () => {
    await harness.post(
      showing([
        makeTurn({ answer: makeAnswer({ status: 'completed', text: 'See [docs](https://example.com)' }) }),
      ]),
    );
    await harness.page.getByRole('link', { name: 'docs' }).click({ button: 'right' });
    for (const button of ['right', 'middle'] as const) {
      for (const name of ['copy', 'insert', 'new-file']) await part(harness, name).click({ button });
    }
    await part(harness, 'copy').click();
    await harness.waitForPosted('copy');
    assert.deepEqual(
      (await harness.posted()).map(({ type }) => type).filter(type => type !== 'ready'),
      ['copy'],
    );
  });

  test('Copy says that it has copied, each time, and the sign goes away', async () => {
    await harness.post(
      showing([makeTurn({ answer: makeAnswer({ status: 'completed', text: 'All of it' }) })]),
    );
    await harness.page.evaluate(() => {
      const heard: string[] = [];
      const live = document.querySelector('[data-part="announcement"]');
      Object.assign(window, { heard });
      if (live)
        new MutationObserver(() => heard.push(live.textContent ?? '')).observe(live, {
          childList: true,
          characterData: true,
          subtree: true,
        });
    });
    const copy = part(harness, 'copy');
    await copy.click();
    assert.match(await visibleText(copy), /Copied/);
    await copy.click();
    assert.equal(await copy.locator('.copied').count(), 1);
    await copy.locator('.copied').waitFor({ state: 'detached' });
    const heard = await harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard, ['Copied', 'Copied']);
  });

  test('without turns it says how to begin', async () => {
    await harness.post(showing([]));
    const empty = await visibleText(part(harness, 'empty'));
    assert.match(empty, /Right-click it and choose OpenRouter/);
    assert.match(empty, /K X\s+Explain the selection/);
  });

  test('without turns and a key, signing in comes first', async () => {
    await harness.post(showing([]));
    assert.equal(await part(harness, 'no-key').count(), 0);
    await harness.post({ type: 'account', hasKey: false });
    const buttons = await part(harness, 'empty').locator('button').allInnerTexts();
    assert.deepEqual(buttons, ['Sign In', 'Set API Key', 'Open a Sample', 'First Steps']);
    for (const name of ['sign-in', 'set-key', 'open-sample', 'first-steps'])
      await part(harness, name).click();
    const steps = (await harness.posted()).filter(({ type }) => type === 'firstStep');
    assert.deepEqual(
      steps,
      ['signIn', 'setKey', 'sample', 'walkthrough'].map(step => ({ type: 'firstStep', step })),
    );
    await harness.post({ type: 'account', hasKey: true });
    await part(harness, 'no-key').waitFor({ state: 'detached' });
  });
});
