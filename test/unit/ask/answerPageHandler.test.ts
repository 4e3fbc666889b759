import assert from 'node:assert/strict';
import { AnswerPageHandler } from '../../../src/app/ask/answerPageHandler';
import { ContextPage } from '../../../src/app/context/contextPage';
import type { FailureKind } from '../../../src/core/chat/failure';
import { actionLabels, type FailureAction } from '../../../src/core/chat/failureAction';
import type { FromAnswerPage } from '../../../src/protocol/answerMessages';
import { AskWorld, input } from '../../support/askWorld';

const actions = Object.keys(actionLabels) as FailureAction[];

/** The handler with everything around it played by the test. */
class Page {
  readonly world = new AskWorld();
  /** Failure actions that were run, texts that got anywhere, and what was asked, in order. */
  readonly done: string[] = [];
  readonly asked: { readonly text: string; readonly buttons: readonly string[] }[] = [];
  /** The button that the user presses. */
  answer: string | undefined;

  private readonly handler = new AnswerPageHandler(this.world.session, {
    failureActions: { run: async (action, turn) => void this.done.push(`${action} ${turn.id}`) },
    continuing: { continue: async turn => void this.done.push(`continue ${turn.id}`) },
    models: {
      choose: async () => false,
      details: { show: async id => void this.done.push(`model ${id}`) },
    },
    dialogs: {
      confirm: async (text, _detail, ...buttons) => {
        this.asked.push({ text, buttons });
        return this.answer;
      },
      copy: async text => void this.done.push(`copy ${text}`),
      openLink: async () => assert.fail('no link was pressed'),
      warn: async text => void this.done.push(text),
    },
    editors: {
      insert: async text => {
        this.done.push(`insert ${text}`);
        return { ok: true };
      },
    },
    changes: {
      proposals: { propose: async (turnId, code) => void this.done.push(`replace ${turnId} ${code}`) },
      files: { open: async text => void this.done.push(`newFile ${text}`) },
    },
    workbench: { runCommand: async id => void this.done.push(id) },
    log: { warn: () => undefined },
    costs: {
      explanations: {
        explain: async turnId => {
          this.done.push(`explain ${turnId}`);
          return turnId !== 'unsent';
        },
      },
      openRouterLog: { open: async turnId => void this.done.push(`record of ${turnId}`) },
    },
    wire: {
      copies: { copy: async (turn, format) => void this.done.push(`copy ${turn.id} as ${format}`) },
      responses: { show: async turn => void this.done.push(`response to ${turn.id}`) },
    },
    compare: {
      comparing: {
        askTyped: async text => void this.done.push(`compare ${text}`),
        keep: async turn => void this.done.push(`keep ${turn.id}`),
      },
      rerunning: { choose: async turn => void this.done.push(`rerun ${turn.id}`) },
    },
    privacy: {
      passports: { show: async turnId => void this.done.push(`passport of ${turnId}`) },
      routing: { open: async () => void this.done.push('routing') },
    },
    parameters: {
      lookUp: async model => void this.done.push(`look up ${model}`),
      set: async (model, name, value) => void this.done.push(`set ${model} ${name} ${value}`),
      reset: async model => void this.done.push(`reset ${model}`),
    },
    context: new ContextPage(
      this.world.session,
      {
        ...this.world.context.shared,
        saving: { save: async (turn, index) => void this.done.push(`save image ${index} of ${turn.id}`) },
      },
      async order => {
        this.done.push(`choose a model: ${order}`);
        return false;
      },
      this.world.settings,
      this.world.user,
    ),
  });

  send(message: FromAnswerPage): Promise<void> {
    return this.handler.handle(message);
  }

  /** Asks, and presses every button that a page could name for the turn; gives those that were run. */
  async pressAll(failure: FailureKind | undefined): Promise<readonly string[]> {
    this.world.failure = failure;
    await this.world.session.ask(input);
    const turnId = this.world.turns.at(-1)?.id ?? '';
    for (const action of actions) await this.send({ type: 'errorAction', turnId, action });
    return this.done.map(each => each.split(' ', 1).join()).sort();
  }
}

suite('what the answer page may ask for', () => {
  let page: Page;
  setup(() => {
    page = new Page();
  });
  teardown(() => page.world.session.dispose());

  test('a completed turn has no failure action: it is not sent again past the limits', async () => {
    assert.deepEqual(await page.pressAll(undefined), []);
    assert.equal(page.world.sent.length, 1);
  });

  for (const [failure, offered] of [
    ['budget', ['changeLimit', 'pickCheaperModel', 'sendOnce']],
    ['rateLimited', ['pickModel', 'retry']],
    ['contextTooLong', ['openMaxTokensSetting', 'pickModel']],
    ['network', ['checkConnection', 'retry', 'showLog']],
  ] as const) {
    test(`a turn that failed by ${failure} has the buttons of that failure, and no other`, async () => {
      assert.deepEqual(await page.pressAll(failure), offered);
    });
  }

  test('an answer that reached maxTokens has the button that changes it', async () => {
    page.world.answer = async function* () {
      yield { type: 'text', text: 'Half' };
      yield { type: 'ended', ending: { outcome: 'truncated', durationMs: 1 } };
    };
    assert.deepEqual(await page.pressAll(undefined), ['openMaxTokensSetting']);
  });

  test('a question stays in the box with its reason when something that goes along cannot be read', async () => {
    const { context, session } = page.world;
    context.sources.texts.set('a.ts', 'const a = 1;');
    await context.list.add({ kind: 'file', uri: 'file:///a.ts' });
    context.sources.texts.delete('a.ts');
    await page.send({ type: 'send', text: 'Why?' });
    assert.equal(page.world.sent.length, 0);
    assert.deepEqual([session.draft, session.composer.context?.[0]?.problem], ['Why?', 'a.ts is gone']);
    context.sources.texts.set('a.ts', 'const a = 2;');
    await Promise.all([page.send({ type: 'send', text: 'Why?' }), page.send({ type: 'send', text: 'Why?' })]);
    assert.equal(page.world.sent.length, 1, 'a second press while it is read sends nothing more');
    assert.match(page.world.wire(0)[0] ?? '', /const a = 2;/);
    assert.deepEqual([session.draft, session.composer.context], ['', undefined]);
  });

  test('what was not sent after all has its chips again', async () => {
    const { world } = page;
    world.context.list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'x' });
    world.prepare = async () => undefined;
    await page.send({ type: 'send', text: 'Why?' });
    assert.deepEqual([world.session.draft, world.context.list.items.length], ['Why?', 1]);
  });

  test('an image of an answer is saved, and only one that is there', async () => {
    await page.world.session.ask(input);
    const [turn] = page.world.turns;
    await page.send({ type: 'saveImage', turnId: 'nobody', index: 0 });
    await page.send({ type: 'saveImage', turnId: turn?.id ?? '', index: 1 });
    assert.deepEqual(page.done, [`save image 1 of ${turn?.id}`]);
  });

  test('a new conversation and the way back ask and tell nothing outside the page', async () => {
    await page.world.session.ask(input);
    await page.send({ type: 'newConversation' });
    assert.equal(page.world.turns.length, 0);
    await page.send({ type: 'undoNewConversation' });
    assert.equal(page.world.turns.length, 1);
    await page.send({ type: 'undoNewConversation' });
    assert.equal(page.world.turns.length, 1);
    assert.deepEqual(page.asked, []);
  });

  test('a turn’s cost is explained, and its record opened; one without a row is told', async () => {
    await page.send({ type: 'explainCost', turnId: 'turn-1' });
    await page.send({ type: 'openInOpenRouter', turnId: 'turn-1' });
    await page.send({ type: 'explainCost', turnId: 'unsent' });
    assert.deepEqual(page.done, [
      'explain turn-1',
      'record of turn-1',
      'explain unsent',
      'The usage history has no row of this request, so its cost cannot be explained.',
    ]);
  });

  test('the response to a turn that is there is shown', async () => {
    await page.world.session.ask(input);
    const [turn] = page.world.turns;
    await page.send({ type: 'showResponse', turnId: 'another' });
    await page.send({ type: 'showResponse', turnId: turn?.id ?? '' });
    assert.deepEqual(page.done, [`response to ${turn?.id}`]);
  });

  test('who saw a turn and the routing menu are shown on demand', async () => {
    await page.send({ type: 'showPassport', turnId: 'turn-1' });
    await page.send({ type: 'pickRouting' });
    assert.deepEqual(page.done, ['passport of turn-1', 'routing']);
  });

  test('the model of a turn is shown, and none that the page names', async () => {
    await page.world.session.ask(input);
    await page.send({ type: 'showModel', turnId: page.world.turns[0]?.id ?? '' });
    await page.send({ type: 'showModel', turnId: 'other' });
    assert.deepEqual(page.done, [`model ${page.world.turns[0]?.answer.servedModel ?? 'acme/m1'}`]);
  });

  test('only a model that the failure offers can be made the one in force', async () => {
    page.world.answer = async function* () {
      const alternatives = [{ id: 'acme/m2' }];
      const failure = { kind: 'modelNotFound', alternatives } as const;
      yield { type: 'ended', ending: { outcome: 'failed', failure, durationMs: 1 } };
    };
    await page.world.session.ask(input);
    const turnId = page.world.turns.at(-1)?.id ?? '';
    for (const model of ['acme/dear', undefined])
      await page.send({ type: 'errorAction', turnId, action: 'useModel', model });
    assert.deepEqual(page.done, []);
    await page.send({ type: 'errorAction', turnId, action: 'useModel', model: 'acme/m2' });
    assert.deepEqual(page.done, [`useModel ${turnId}`]);
  });

  test('a turn that is not there has no button: unknown, or of the conversation put away', async () => {
    page.world.failure = 'rateLimited';
    await page.world.session.ask(input);
    const turnId = page.world.turns.at(-1)?.id ?? '';
    for (const unknown of ['', 'nothing', '__proto__', turnId.toLowerCase()])
      await page.send({ type: 'errorAction', turnId: unknown, action: 'retry' });
    await page.send({ type: 'newConversation' });
    await page.send({ type: 'errorAction', turnId, action: 'retry' });
    await page.send({ type: 'stop', turnId: 'nothing' });
    assert.deepEqual(page.done, []);
  });
});

suite('hidden characters in what leaves the answer page', () => {
  let page: Page;
  setup(() => {
    page = new Page();
  });
  teardown(() => page.world.session.dispose());

  const tag = String.fromCodePoint(0xe0041);

  for (const [type, verb] of [
    ['insert', 'Insert'],
    ['copy', 'Copy'],
    ['newFile', 'Open'],
  ] as const) {
    test(`are asked about before ${type}, with what is in the text`, async () => {
      const text = `if (admin\u200B) {\u202E${tag}`;
      await page.send({ type, text });
      assert.deepEqual(page.asked, [
        {
          text: 'This text holds 1 direction character (U+202E), 1 tag character (U+E0041) and 1 invisible character (U+200B).',
          buttons: [`${verb} Anyway`, `Remove Them and ${verb}`],
        },
      ]);
      assert.deepEqual(page.done, [], 'a question that is left does nothing');
      page.answer = `${verb} Anyway`;
      await page.send({ type, text });
      page.answer = `Remove Them and ${verb}`;
      await page.send({ type, text });
      assert.deepEqual(page.done, [`${type} ${text}`, `${type} if (admin) {`]);
    });

    test(`are not found in what is written in any script: ${type}`, async () => {
      for (const text of ['let x = "👩‍👩‍👧‍👦 ❤️";\n', 'می\u200Cخواهم', 'a\r\n\tb'])
        await page.send({ type, text });
      assert.deepEqual(page.asked, []);
      assert.equal(page.done.length, 3);
    });
  }
});
