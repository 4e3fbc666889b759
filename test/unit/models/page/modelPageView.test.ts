import assert from 'node:assert/strict';
import { fail, type Result, succeed } from '../../../../src/core/chat/result';
import type { EndpointFacts } from '../../../../src/core/models/excludingRules';
import type { ToModelPage } from '../../../../src/protocol/modelMessages';
import { fullModel, ModelPageWorld, sampleEndpoints, sampleModels } from '../../../support/modelPageWorld';
import { makeModel } from '../../../support/models';

type Type = ToModelPage['type'];

suite('The page of a model is told', () => {
  let world: ModelPageWorld;
  let told: ToModelPage[];

  const start = (...models: ConstructorParameters<typeof ModelPageWorld>): void => {
    world = new ModelPageWorld(...models);
    world.served = succeed(sampleEndpoints);
    told = [];
    world.view.onDidPost(message => told.push(message));
  };
  setup(() => start(sampleModels(30)));
  teardown(() => assert.deepEqual(world.troubles, []));

  const last = <T extends Type>(type: T): Extract<ToModelPage, { readonly type: T }> | undefined =>
    told.findLast((message): message is Extract<ToModelPage, { readonly type: T }> => message.type === type);
  const open = async (id = 'acme/m1'): Promise<void> => {
    await world.view.show(id);
    await world.view.greet();
  };

  test('what is kept at once, then who serves the model', async () => {
    const served = hold();
    world.served = served.promise;
    const opened = open();
    await until(() => last('chart') !== undefined);
    assert.equal(last('model')?.state.model.name, 'Acme: M1');
    assert.deepEqual(last('endpoints')?.endpoints, { phase: 'loading' });
    served.resolve(succeed(sampleEndpoints));
    await opened;
    const endpoints = last('endpoints')?.endpoints;
    assert.ok(endpoints?.phase === 'known');
    assert.deepEqual(
      endpoints.rows.map(({ provider }) => provider),
      ['Acme Cloud', 'Acme Cloud', 'Nameless'],
    );
    assert.deepEqual([world.list.asked, world.lookedUp], [0, ['acme/m1']]);
  });

  test('of the model in force when nobody named one', async () => {
    await world.view.greet();
    const { state } = last('model') ?? {};
    assert.deepEqual([state?.model.id, state?.inUseAs, state?.isFavourite], ['acme/m1', 'acme/m1', false]);
  });

  test('which models are the user’s own, by any of their names', async () => {
    world.settings.set({ favouriteModels: ['vendor0/model-0', 'gone/model'] });
    world.usedNames = ['acme/m1-20260101', 'vendor2/model-2:nitro', 'gone/other'];
    world.mix = { promptTokens: 8, completionTokens: 2 };
    await open('vendor3/model-3');
    const marked = last('chart')?.chart.points.filter(({ mark }) => mark !== 'other');
    assert.deepEqual(Object.fromEntries(marked?.map(({ id, mark }) => [id, mark]) ?? []), {
      'vendor0/model-0': 'favourite',
      'acme/m1': 'used',
      'vendor2/model-2': 'used',
      'vendor3/model-3': 'this',
    });
    assert.deepEqual([last('chart')?.chart.ratio, last('chart')?.chart.isOwnRatio], ['4:1', true]);
  });

  test('at once when the settings change, and nothing once it is gone', async () => {
    await open();
    await world.settings.useModel('acme/m1:nitro');
    await world.settings.useRouting({ only: ['acme/fp4'] });
    await until(() => last('model')?.state.pin === 'acme/fp4');
    assert.equal(last('model')?.state.inUseAs, 'acme/m1:nitro');
    assert.equal(last('model')?.state.routing, 'only acme/fp4');
    const endpoints = last('endpoints')?.endpoints;
    assert.deepEqual(endpoints?.phase === 'known' && endpoints.rows.map(({ excludedBy }) => excludedBy), [
      ['only'],
      [],
      ['only'],
    ]);
    world.view.pause();
    const count = told.length;
    await world.settings.useModel('acme/m2');
    await until(() => true);
    assert.equal(told.length, count);
  });

  test('why the providers could not be looked up, and is told them when that works again', async () => {
    world.served = fail({ kind: 'serverError', httpStatus: 502 });
    await open();
    const failed = last('endpoints')?.endpoints;
    assert.match(failed?.phase === 'failed' ? failed.sentence : '', /could not answer .*providers.*HTTP 502/);
    world.served = succeed(sampleEndpoints);
    await world.view.again();
    assert.equal(last('endpoints')?.endpoints.phase, 'known');
    assert.equal(world.list.asked, 0);
  });

  test('the age of an old list when no newer one can be read, and the new one when it can', async () => {
    world.list.isFreshNow = false;
    await open();
    assert.match(last('model')?.state.listNote ?? '', /cannot be reached.*read 3 hours ago\.$/);
    world.list.answer = succeed([{ ...fullModel, name: 'Newer' }]);
    await world.view.again();
    assert.deepEqual([last('model')?.state.model.name, last('model')?.state.listNote], ['Newer', undefined]);
    assert.equal(world.list.asked, 2);
  });

  test('that the new list has the model no more, and still what was known of it', async () => {
    world.list.isFreshNow = false;
    world.list.answer = succeed([makeModel({ id: 'other/model' })]);
    await open();
    assert.equal(last('model')?.state.model.id, 'acme/m1');
    assert.match(last('model')?.state.listNote ?? '', /no more/);
  });

  test('that there is nothing to show, after a reload without a list', async () => {
    start();
    world.view.restore({ model: 'acme/m1' });
    world.list.isFreshNow = false;
    await world.view.greet();
    assert.equal(last('model'), undefined);
    assert.match(last('missing')?.sentence ?? '', /cannot be reached/);
    world.list.answer = succeed([fullModel]);
    await world.view.again();
    assert.equal(last('model')?.state.model.id, 'acme/m1');
    start([makeModel({ id: 'other/model' })]);
    await open('acme/unknown');
    assert.match(last('missing')?.sentence ?? '', /does not know acme\/unknown/);
  });

  test('nothing of a model that another one has taken the place of', async () => {
    const slow = hold();
    world.served = slow.promise;
    const first = open();
    await until(() => last('model') !== undefined);
    world.served = succeed([]);
    await world.view.show('vendor2/model-2');
    slow.resolve(succeed(sampleEndpoints));
    await first;
    assert.equal(last('model')?.state.model.id, 'vendor2/model-2');
    const endpoints = last('endpoints')?.endpoints;
    assert.deepEqual(endpoints?.phase === 'known' && endpoints.rows, []);
  });

  test('the model of a page from before a reload, if that is one', async () => {
    for (const odd of [undefined, null, 5, 'acme/m1', {}, { model: 5 }, { model: 'a b' }, []])
      world.view.restore(odd);
    world.settings.set({ parameters: { model: 'vendor4/model-4', maxTokens: 1 } });
    await world.view.greet();
    assert.equal(last('model')?.state.model.id, 'vendor4/model-4');
    world.view.restore({ model: 'vendor5/model-5' });
    await world.view.greet();
    assert.equal(last('model')?.state.model.id, 'vendor5/model-5');
  });
});

/** An answer of the server that comes when the test says so. */
function hold() {
  type Answer = Result<readonly EndpointFacts[]>;
  let resolve: (answer: Answer) => void = () => undefined;
  const promise = new Promise<Answer>(answered => {
    resolve = answered;
  });
  return { promise, resolve: (answer: Answer) => resolve(answer) };
}

/** Lets what was begun go on until `isSo`; it depends on nothing but promises. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) {
    await Promise.resolve();
    if (turns > 20 && isSo()) return;
  }
  assert.fail('it never came');
}
