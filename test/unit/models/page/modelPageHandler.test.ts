import assert from 'node:assert/strict';
import { succeed } from '../../../../src/core/chat/result';
import type { FromModelPage } from '../../../../src/protocol/modelMessages';
import { ModelPageWorld, sampleEndpoints, sampleModels } from '../../../support/modelPageWorld';

suite('The buttons of the page of a model', () => {
  let world: ModelPageWorld;
  setup(async () => {
    world = new ModelPageWorld(sampleModels(30));
    world.served = succeed(sampleEndpoints);
    world.settings.set({
      parameters: { model: 'vendor2/model-2', maxTokens: 100, provider: { zdr: true, order: ['acme'] } },
    });
    await world.view.show('acme/m1');
    await world.view.greet();
  });

  const press = (message: FromModelPage) => world.handler.handle(message);
  const parameters = () => world.settings.current.parameters;

  test('make it the model in force', async () => {
    await press({ type: 'use', model: 'acme/m1' });
    assert.equal(parameters().model, 'acme/m1');
    assert.deepEqual(parameters().provider, { zdr: true, order: ['acme'] });
  });

  test('do not, where a setting forbids it', async () => {
    world.settings.set({ modelRules: { allowedModels: [], blockedModels: ['acme/*'] } });
    await press({ type: 'use', model: 'acme/m1' });
    await press({ type: 'useEndpoint', model: 'acme/m1', tag: 'acme' });
    assert.equal(parameters().model, 'vendor2/model-2');
    assert.deepEqual(parameters().provider, { zdr: true, order: ['acme'] });
    assert.match(world.user.shown[0] ?? '', /blockedModels does not let acme\/m1 be asked/);
  });

  test('let one endpoint serve and no other, and take that back', async () => {
    const pinned = { zdr: true, only: ['acme'], ignore: ['acme/fp4'], allow_fallbacks: false };
    await press({ type: 'useEndpoint', model: 'acme/m1', tag: 'acme' });
    assert.equal(parameters().model, 'acme/m1');
    assert.deepEqual(parameters().provider, pinned);
    assert.equal(world.user.shown.at(-1), 'Only acme serves acme/m1 and whatever else is asked');
    world.user.answers.push('Undo');
    await press({ type: 'anyProvider' });
    assert.deepEqual(parameters().provider, pinned);
    await press({ type: 'anyProvider' });
    assert.deepEqual(parameters().provider, { zdr: true });
    await press({ type: 'anyProvider' });
    assert.equal(world.user.shown.length, 3);
  });

  test('undo a pin with all that it changed', async () => {
    world.user.answers.push('Undo');
    await press({ type: 'useEndpoint', model: 'acme/m1', tag: 'acme/fp4' });
    assert.equal(parameters().model, 'vendor2/model-2');
    assert.deepEqual(parameters().provider, { zdr: true, order: ['acme'] });
  });

  test('take no other model and no other endpoint than the page shows', async () => {
    await press({ type: 'use', model: 'vendor3/model-3' });
    await press({ type: 'star', model: 'vendor3/model-3' });
    await press({ type: 'compare', model: 'vendor3/model-3' });
    await press({ type: 'useEndpoint', model: 'acme/m1', tag: 'evil' });
    await press({ type: 'compareEndpoints', model: 'acme/m1', tag: 'evil' });
    assert.equal(parameters().model, 'vendor2/model-2');
    assert.deepEqual([world.done, world.settings.current.favouriteModels], [[], []]);
  });

  test('lead to comparisons, routing, the web and the clipboard', async () => {
    await press({ type: 'compare', model: 'acme/m1' });
    await press({ type: 'compareEndpoints', model: 'acme/m1', tag: 'acme' });
    await press({ type: 'pickRouting' });
    await press({ type: 'openLink', href: 'https://openrouter.ai/acme/m1' });
    await press({ type: 'copy', text: 'acme/m1' });
    assert.deepEqual(world.done, ['compare acme/m1', 'compare acme/m1 acme', 'routing']);
    assert.deepEqual(
      [world.user.opened, world.user.copied],
      [['https://openrouter.ai/acme/m1'], ['acme/m1']],
    );
  });

  test('make it a favourite, and no longer one', async () => {
    world.settings.set({ favouriteModels: ['a/b'] });
    await press({ type: 'star', model: 'acme/m1' });
    assert.deepEqual(world.settings.current.favouriteModels, ['a/b', 'acme/m1']);
    await press({ type: 'star', model: 'acme/m1' });
    assert.deepEqual(world.settings.current.favouriteModels, ['a/b']);
  });

  test('show another model, and look up again', async () => {
    await press({ type: 'lookUp' });
    await press({ type: 'show', model: 'vendor3/model-3' });
    assert.equal(world.view.shownId, 'vendor3/model-3');
    assert.deepEqual(world.lookedUp, ['acme/m1', 'acme/m1', 'vendor3/model-3']);
    await press({ type: 'pageError', message: 'x' });
    assert.match(String(world.troubles[0]), /Model page: x/);
  });
});

suite('Show Model Details', () => {
  test('opens the page of the model in force, or of the one that is named', async () => {
    const world = new ModelPageWorld(sampleModels(30));
    await world.details.show();
    assert.deepEqual([world.done, world.user.shown], [['page'], []]);
    await world.details.show('vendor3/model-3:nitro');
    await world.view.greet();
    assert.equal(world.view.shownId, 'vendor3/model-3');
  });

  test('reads the list first where none is kept', async () => {
    const world = new ModelPageWorld();
    world.list.answer = succeed(sampleModels(3));
    await world.details.show('acme/m1');
    assert.deepEqual([world.done, world.list.asked], [['page'], 1]);
  });

  test('says what is wrong with an id or a list, and opens nothing', async () => {
    const world = new ModelPageWorld(sampleModels(3));
    for (const odd of [{ a: 1 }, 5, 'a b', 'acme/unknown']) await world.details.show(odd);
    const offline = new ModelPageWorld();
    await offline.details.show('acme/m1');
    const [object, number, blank, unknown] = world.user.shown;
    for (const told of [object, number, blank]) assert.match(told ?? '', /no model id/);
    assert.match(unknown ?? '', /does not know acme\/unknown/);
    assert.match(offline.user.shown[0] ?? '', /could not be read, and none is kept/);
    assert.deepEqual([world.done, offline.done], [[], []]);
  });
});
