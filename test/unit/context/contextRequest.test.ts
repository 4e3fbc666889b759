import assert from 'node:assert/strict';
import { AskCommands } from '../../../src/app/ask/askCommands';
import { FollowedSpans } from '../../../src/core/apply/followedSpans';
import { readEditedBody } from '../../../src/core/chat/editedBody';
import { historyUpTo } from '../../../src/core/chat/history';
import { requestAsCode } from '../../../src/core/chat/requestCode';
import { parsePico } from '../../../src/core/money/pico';
import { builtInActions } from '../../../src/core/prompts/actions';
import { toPassport } from '../../../src/core/usage/passport/passport';
import { openRouter } from '../../../src/openrouter/openRouter';
import { ContextWorld, contextModels } from '../../support/context/contextWorld';
import { uriOf } from '../../support/context/fakeSources';
import { pngUrl } from '../../support/context/images';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeCode } from '../../support/turns';

const token = `ghp_${'q7Rk2mWz9LpXc4VtB8nYd3HsJ6fGaE1uTo5C'}`;

suite('a question with what goes along', () => {
  let simulator: Simulator;
  let world: ContextWorld;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: contextModels, generationDelayMs: 0 });
  });
  suiteTeardown(() => simulator.dispose());
  setup(async () => {
    world = new ContextWorld(simulator);
    await world.start();
  });
  teardown(() => world.dispose());

  const addFile = async (path: string, text: string) => {
    world.context.sources.texts.set(path, text);
    assert.equal(await world.context.list.add({ kind: 'file', uri: uriOf(path) }), undefined);
  };
  const addImage = (width = 800, height = 600) =>
    assert.equal(world.context.images.addFromPage(pngUrl(width, height), { name: 'plan.png' }), undefined);
  const billOf = () => simulator.bill.get(world.lastTurn.answer.generationId ?? '');

  test('sends exactly these parts, fresh, and “Sent” and the passport list them', async () => {
    await addFile('src/a.ts', 'const a = 1;\n');
    addImage();
    world.context.list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'with ``` in it' });
    world.context.sources.texts.set('src/a.ts', 'const a = 2;\n');
    assert.equal(await world.send('Why?'), true);
    const url = pngUrl(800, 600);
    assert.deepEqual(world.wire.at(-1), {
      role: 'user',
      content: [
        {
          type: 'text',
          text: [
            'Why?',
            'src/a.ts, lines 1–1:\n```typescript\nconst a = 2;\n\n```'.replace('1–1', '1'),
            'Image: plan.png, 800 × 600 pixels.',
            'From the clipboard:\n````text\nwith ``` in it\n````',
          ].join('\n\n'),
        },
        { type: 'image_url', image_url: { url } },
      ],
    });
    const { sent } = world.lastTurn;
    assert.deepEqual(
      sent.added?.map(({ kind }) => kind),
      ['file', 'image', 'clipboard'],
    );
    assert.deepEqual(
      toPassport(world.lastTurn, { history: [] }).files.map(file => [file.path, file.lines, file.scope]),
      [
        ['src/a.ts', '1', 'whole file'],
        ['plan.png', '', 'image 800 × 600'],
        ['Clipboard', '', 'clipboard'],
      ],
    );
    assert.deepEqual(world.context.list.items, [], 'what was sent does not go along twice');
  });

  test('a diff says in the passport which files it holds parts of', async () => {
    world.context.sources.diffs = {
      staged:
        'diff --git a/src/a.ts b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/src/b.ts b/src/c.ts\nrename from src/b.ts\n',
    };
    assert.equal(await world.context.list.add({ kind: 'diff', which: 'staged' }), undefined);
    await world.send('Fine?');
    assert.match(
      String(world.wire.at(-1)?.content),
      /Git diff, staged changes:\n```diff\ndiff --git a\/src\/a\.ts/,
    );
    assert.deepEqual(
      toPassport(world.lastTurn, { history: [] }).files.map(({ path, lines, scope }) => [path, lines, scope]),
      ['src/a.ts', 'src/b.ts', 'src/c.ts'].map(path => [path, '', 'Git diff']),
    );
  });

  test('goes along with a follow-up as an earlier turn, and is asked again by a retry', async () => {
    addImage();
    await world.send('What is this?');
    await world.send('And why?');
    const [, first, , second] = world.wire;
    assert.equal(Array.isArray(first?.content) && first.content.length, 2);
    assert.equal(second?.content, 'And why?');
    const history = historyUpTo(world.session.conversation, world.lastTurn.follows);
    assert.deepEqual(
      toPassport(world.lastTurn, { history }).files.map(({ path, isEarlier }) => [path, isEarlier]),
      [['plan.png', true]],
    );
    const [asked] = world.turns;
    assert.ok(asked);
    await world.session.retry(asked);
    assert.equal(world.lastTurn.sent.added?.length, 1);
    const again = world.wire.at(-1)?.content;
    assert.equal(Array.isArray(again) && again.length, 2);
  });

  test('secrets in it leave as placeholders, and “Sent” says in which file and line', async () => {
    await addFile('src/config.ts', `const one = 1;\nconst token = '${token}';\n`);
    await world.send('Why?');
    assert.equal(JSON.stringify(world.wire).includes(token), false);
    assert.deepEqual(
      world.lastTurn.sent.masked?.map(({ place, name, line }) => [place, name, line]),
      [['added', 'src/config.ts', 2]],
    );
  });

  test('the estimate counts all of it, and the bill is no more than was reserved', async () => {
    world.settings.set({ budgets: { monthlyPico: parsePico('5') } });
    await addFile('src/a.ts', 'const a = 1;\n'.repeat(200));
    addImage();
    addImage(1568, 1568);
    const { estimate = '', context = [] } = await world.composer(state => state.estimate !== undefined);
    const chips = context.reduce((sum, { tokens }) => sum + tokens, 0);
    const shown = Number(/≈ ([\d,]+) tokens/.exec(estimate)?.[1]?.replaceAll(',', ''));
    assert.ok(shown > chips && shown < chips + 200, `${estimate}, chips ${chips}`);
    await world.send('Why?');
    const bill = billOf();
    assert.ok(bill);
    assert.ok(bill.costPico > 2n * (parsePico('0.004') ?? 0n), 'each image is charged');
    const row = await world.ledger.store.get(world.lastTurn.id);
    assert.ok(row?.reservedPico !== undefined && row.reservedPico >= bill.costPico);
    assert.equal(world.lastTurn.sent.parameters.maxPrice?.image, '0.004');
    assert.match(row.costParts ?? '', /"kind":"images"[^}]*"count":2|"count":2[^}]*"kind":"images"/);
    assert.doesNotMatch(row.costParts ?? '', /notExplained|providerDrift/);
    assert.equal(row.estimatedPromptTokens, undefined, 'images teach nothing about texts');
  });

  test('too much is told by how much and with what to drop, and nothing is sent', async () => {
    world.settings.set({ parameters: { model: 'vendor/small', maxTokens: 400 } });
    await addFile('src/small.ts', 'const a = 1;\n'.repeat(50));
    await addFile('src/big.ts', 'const a = 1;\n'.repeat(900));
    const { tooMuch, context } = await world.composer(state => state.tooMuch !== undefined);
    assert.ok(tooMuch && tooMuch.overTokens > 0 && tooMuch.contextTokens === 3000);
    const [drop] = tooMuch.drop;
    assert.equal(context?.find(({ id }) => id === drop)?.label, 'big.ts');
    assert.ok(
      tooMuch.larger.every(({ price, contextTokens = 0 }) => price !== undefined && contextTokens > 3000),
    );
    const before = simulator.requests.length;
    assert.equal(await world.send('Why?'), false);
    assert.equal(simulator.requests.length, before);
    assert.equal(world.context.list.items.length, 2);
    await world.page.handle({ type: 'useLargerModel', model: 'vendor/never-offered' });
    assert.equal(world.settings.current.parameters.model, 'vendor/small');
    await world.page.handle({ type: 'removeContext', ids: tooMuch.drop });
    await world.composer(state => state.tooMuch === undefined);
    assert.equal(await world.send('Why?'), true);
    assert.equal(world.lastTurn.answer.status, 'completed');
  });

  test('an image goes to no model that reads none, also by a retry', async () => {
    world.settings.set({ parameters: { model: 'vendor/blind', maxTokens: 400 } });
    addImage();
    const { context } = await world.composer(state => state.needsVision === true);
    assert.equal(context?.[0]?.needsVision, true);
    assert.equal(await world.send('Why?'), false);
    world.settings.set({ parameters: { model: 'vendor/eyes', maxTokens: 400 } });
    assert.equal(await world.send('Why?'), true);
    world.settings.set({ parameters: { model: 'vendor/blind', maxTokens: 400 } });
    const before = simulator.requests.length;
    await world.session.retry(world.lastTurn);
    assert.equal(world.lastTurn.answer.ending?.failure?.kind, 'needsVision');
    assert.equal(simulator.requests.length, before);
  });

  test('a command asks without it, and it stays for the question in the panel', async () => {
    await addFile('src/chip.ts', 'const chip = 1;\n');
    addImage();
    const { items } = world.context.list;
    world.session.setDraft('Why?');
    const code = makeCode();
    const commands = new AskCommands(
      world.session,
      {
        codeToSend: async () => ({ code, source: { uri: 'file:///b.ts', spans: new FollowedSpans([]) } }),
        selectedCode: () => code,
      },
      {
        prompt: async () => assert.fail('an action needs no question'),
        warn: async text => assert.fail(text),
        wait: (_title, task) => task,
      },
      world.settings,
      { fill: async (_action, text) => ({ text, holdsCode: false }) },
    );
    for (const action of builtInActions.filter(each => 'instruction' in each)) {
      await commands.run(action);
      assert.equal(world.lastTurn.answer.status, 'completed');
      assert.equal(world.lastTurn.sent.added, undefined);
      assert.doesNotMatch(JSON.stringify(world.wire), /const chip = 1|image_url/);
    }
    assert.equal(world.context.list.items, items);
    assert.equal(world.session.draft, 'Why?');
    assert.equal(await world.send('Why?'), true);
    assert.match(JSON.stringify(world.wire.at(-1)), /const chip = 1.*image_url/);
  });

  test('the request as code, and the preview, have the image whole', async () => {
    addImage();
    await world.send('Why?');
    const request = world.sentRequests.of(world.lastTurn, world.session.conversation);
    const endpoint = {
      ...{ baseUrl: simulator.url, origin: simulator.origin, apiKey: 'k', noBytesMs: 1, noDataMs: 1 },
      attribution: { referer: '', title: '' },
    };
    const described = openRouter.describe(endpoint, request);
    const json = requestAsCode('json', described);
    assert.deepEqual((JSON.parse(json) as { messages: unknown }).messages, world.wire);
    for (const format of ['curl', 'python', 'typescript'] as const)
      assert.ok(requestAsCode(format, described).includes(pngUrl(800, 600)), format);
    const edited = readEditedBody(json);
    assert.ok('messages' in edited, JSON.stringify(edited));
    assert.deepEqual(edited.messages, request.messages);
    assert.match(
      JSON.stringify(readEditedBody(json.replace(/data:image[^"]+/, 'https://x.test/a.png'))),
      /images as .*data:.* addresses/,
    );
  });
});
