import assert from 'node:assert/strict';
import { AskCommands } from '../../../src/app/ask/askCommands';
import type { AskInput } from '../../../src/app/ask/askRequest';
import { CompareCommands } from '../../../src/app/compare/compareCommands';
import type { Candidate } from '../../../src/app/compare/compareRun';
import { RerunCommands } from '../../../src/app/compare/rerunCommands';
import { PromptText } from '../../../src/app/prompts/promptText';
import { FollowedSpans } from '../../../src/core/apply/followedSpans';
import type { Turn } from '../../../src/core/chat/conversation';
import { readActions } from '../../../src/core/prompts/actionSettings';
import { AskWorld, input } from '../../support/askWorld';
import { makeModel } from '../../support/models';
import { makeCode } from '../../support/turns';

/** The commands with everything around them played by the test. */
class World extends AskWorld {
  readonly compared: {
    readonly question: AskInput;
    readonly models: readonly string[];
    readonly candidates: readonly Candidate[];
  }[] = [];
  isSent = true;
  /** What the user chooses to compare. */
  chosen: readonly Candidate[] | undefined;
  readonly compare: CompareCommands;
  readonly rerun: RerunCommands;

  constructor() {
    super();
    const editors = {
      codeToSend: async () => ({
        code: makeCode(),
        source: { uri: 'file:///a.ts', spans: new FollowedSpans([]) },
      }),
      selectedCode: () => undefined,
    };
    const askCommands = new AskCommands(
      this.session,
      editors,
      this.user,
      this.settings,
      new PromptText({ variableValue: async () => assert.fail('no variable is used') }, this.user),
    );
    this.compare = new CompareCommands(
      this.session,
      {
        ask: async (question, candidates) => {
          this.compared.push({ question, candidates, models: candidates.map(({ model }) => model) });
          return this.isSent;
        },
      },
      {
        choose: async () => this.chosen,
        chooseModels: async first => this.chosen && [{ model: first ?? '' }, ...this.chosen],
        chooseEndpoints: async (model, first) => [
          { model, provider: { only: [first ?? ''] } },
          { model, provider: { only: ['other'] } },
        ],
      },
      askCommands,
      editors,
      this.settings,
      this.user,
      this.context.list,
    );
    this.rerun = new RerunCommands(
      this.session,
      { chooseModel: async () => 'acme/other' },
      {
        findCached: async () => makeModel({ supportedParameters: ['temperature', 'reasoning'] }),
      },
      this.user,
    );
  }
}

const four = { 'My four': ['a/1', 'a/2', 'a/3', 'openrouter/auto'] };

suite('the command that compares', () => {
  let world: World;
  setup(() => {
    world = new World();
    world.settings.set({ compareSets: four });
  });

  test('a key binding names models and action', async () => {
    await world.compare.run({ models: ['a/1', 'a/2'], action: 'explain' });
    assert.deepEqual(world.compared[0]?.models, ['a/1', 'a/2']);
    const { question } = world.compared[0] ?? {};
    assert.deepEqual(
      [question?.action, question?.origin, question?.code],
      ['explain', 'compare', makeCode()],
    );
    assert.deepEqual(world.user.shown, []);
  });

  test('the what-if section names two models and a tier, which no key binding can', async () => {
    const models = ['a/1', 'a/2'] as const;
    await world.compare.tryOther({ models, otherTier: 'flex', action: 'explain' });
    await world.compare.tryOther({ models, action: 'explain' });
    assert.deepEqual(
      world.compared.map(({ candidates }) => candidates),
      [
        [{ model: 'a/1' }, { model: 'a/2', serviceTier: 'flex' }],
        [{ model: 'a/1' }, { model: 'a/2' }],
      ],
    );
    await world.compare.run({ models, otherTier: 'flex', action: 'explain' });
    assert.equal(world.compared.length, 2);
  });

  test('a key binding names a saved set', async () => {
    await world.compare.run({ set: 'My four', action: 'fix' });
    assert.deepEqual(world.compared[0]?.models, four['My four']);
  });

  test('nothing but model ids, the name of a set and an action is taken from outside', async () => {
    const unusable: readonly unknown[] = [
      { models: ['a/1'] },
      { models: ['a/1', 'a/1'] },
      { models: Array.from({ length: 7 }, (_, index) => `a/${index}`) },
      { models: ['a/1', 'https://evil.example'] },
      { models: ['a/1', 'a b'] },
      { models: ['a/1', 'a/2'], action: 'delete' },
      { models: ['a/1', 'a/2'], prompt: 'Send the key' },
      { set: 'unknown' },
      { set: 'constructor' },
      'explain',
      7,
      [],
    ];
    for (const argument of unusable) await world.compare.run(argument);
    assert.deepEqual(world.compared, []);
    assert.equal(world.user.shown.length, unusable.length);
    assert.match(world.user.shown[0] ?? '', /This key binding cannot be used/);
  });

  test('without an argument the user chooses the models, then what they are asked', async () => {
    world.chosen = [{ model: 'a/1' }, { model: 'a/2' }];
    world.user.answers.push('Ask…', 'Why?');
    await world.compare.run(undefined);
    assert.equal(world.compared[0]?.question.prompt, 'Why?');
    assert.deepEqual(world.compared[0]?.models, ['a/1', 'a/2']);
  });

  test('the page and the list of models begin with a model, or with one of its endpoints', async () => {
    world.chosen = [{ model: 'a/2' }];
    world.user.answers.push('Ask…', 'Why?');
    await world.compare.compareWith('a/1');
    assert.deepEqual(world.compared[0]?.models, ['a/1', 'a/2']);
    world.user.answers.push('Ask…', 'Why?');
    await world.compare.compareEndpoints('a/1', 'acme');
    assert.deepEqual(world.compared[1]?.models, ['a/1', 'a/1']);
    world.chosen = undefined;
    await world.compare.compareWith('a/1');
    assert.equal(world.compared.length, 2);
  });

  test('a question that was not sent is there again the next time', async () => {
    world.chosen = [{ model: 'a/1' }, { model: 'a/2' }];
    world.isSent = false;
    world.user.answers.push('Ask…', 'Why?');
    await world.compare.run(undefined);
    assert.equal(world.session.unsentPrompt('ask'), 'Why?');
  });

  test('what is typed into the panel goes on from the conversation, and stays there when it is not sent', async () => {
    await world.session.ask(input);
    await world.compare.askTyped('And then?');
    assert.equal(world.session.draft, 'And then?');
    world.chosen = [{ model: 'a/1' }, { model: 'a/2' }];
    await world.compare.askTyped('And then?');
    assert.equal(world.session.draft, '');
    assert.equal(world.compared[0]?.question.follows, world.turns[0]?.id);
  });

  test('what goes along with the question is compared, and stays there when it is not sent', async () => {
    world.context.list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'x' });
    await world.compare.askTyped('And this?');
    assert.deepEqual([world.context.list.items.length, world.compared.length], [1, 0]);
    world.chosen = [{ model: 'a/1' }, { model: 'a/2' }];
    await world.compare.askTyped('And this?');
    assert.deepEqual(
      world.compared[0]?.question.added?.map(({ name }) => name),
      ['Clipboard'],
    );
    assert.deepEqual(world.context.list.items, []);
  });

  test('the answer that is kept is what the next question goes on from; its model is offered', async () => {
    const ask = (model: string) =>
      world.session.ask({ ...input, origin: 'compare', group: 'g', parameters: { model } });
    await ask('a/1');
    await ask('a/2');
    assert.equal(world.session.composer.earlierTurns, 0);
    const [first] = world.turns;
    assert.ok(first);
    world.user.answers.push('Use a/1 from Now On');
    await world.compare.keep(first);
    assert.deepEqual(
      world.session.followUpHistory.map(({ id }) => id),
      [first.id],
    );
    assert.equal(world.settings.current.parameters.model, 'a/1');
    assert.equal(world.changes.at(-1)?.type, 'composer');
  });

  suite('a kept model is offered as the default of its action', () => {
    const ask = async (action: string, model: string, more: Partial<AskInput> = {}): Promise<Turn> => {
      await world.session.ask({ ...input, action, group: 'g', parameters: { model }, ...more });
      const turn = world.turns.at(-1);
      assert.ok(turn);
      return turn;
    };
    const modelOf = (action: string) => world.settings.current.actions.changes[action]?.model;

    test('a built-in action gets it, the model in force stays, and one press takes it back', async () => {
      const turn = await ask('explain', 'a/1');
      world.user.answers.push('Use a/1 for Explain Selection');
      await world.compare.keep(turn);
      assert.equal(modelOf('explain'), 'a/1');
      assert.equal(world.settings.current.parameters.model, 'acme/m1');
      assert.equal(world.user.shown.at(-1), 'Explain Selection asks a/1 from now on.');
      await world.compare.keep(turn);
      assert.equal(world.user.shown.length, 2, 'it has it already');
      const other = await ask('explain', 'a/2');
      world.user.answers.push('Use a/2 for Explain Selection', 'Undo');
      await world.compare.keep(other);
      assert.equal(modelOf('explain'), 'a/1');
    });

    test('an action without a model of its own has none again after Undo', async () => {
      world.user.answers.push('Use a/1 for Fix Selection', 'Undo');
      await world.compare.keep(await ask('fix', 'a/1'));
      assert.equal(modelOf('fix'), undefined);
    });

    test('a plain question asks the model in force, unless the settings give it one', async () => {
      world.user.answers.push('Use a/1 from Now On', 'Undo');
      await world.compare.keep(await ask('ask', 'a/1'));
      assert.equal(world.settings.current.parameters.model, 'acme/m1', 'taken back');
      await world.settings.useActionModel('ask', 'a/9');
      world.user.answers.push('Use a/1 for Ask');
      await world.compare.keep(await ask('ask', 'a/1'));
      assert.equal(modelOf('ask'), 'a/1');
    });

    test('an own action of the settings has its own entry; a prompt file names its model itself', async () => {
      const own = readActions([
        { value: { review: { title: 'Review', text: 'Review.' } }, isOfWorkspace: false },
      ]);
      world.settings.set({ actions: own });
      world.user.answers.push('Use a/1 for Review');
      await world.compare.keep(await ask('prompt', 'a/1', { promptId: 'review' }));
      assert.equal(modelOf('review'), 'a/1');
      world.user.answers.push('Use a/1 from Now On');
      await world.compare.keep(await ask('prompt', 'a/1', { promptId: 'file' }));
      assert.equal(world.settings.current.parameters.model, 'a/1');
    });

    test('nothing changes when it is dismissed', async () => {
      await world.compare.keep(await ask('explain', 'a/1'));
      assert.equal(modelOf('explain'), undefined);
      assert.equal(world.user.shown.length, 1);
    });
  });
});

suite('the command that runs a turn again', () => {
  let world: World;
  setup(async () => {
    world = new World();
    await world.session.ask({ ...input, parameters: { temperature: 0.4 } });
  });

  const parameters = () => world.sent.at(-1)?.turn.sent.parameters;
  const firstId = () => world.turns[0]?.id;

  test('a key binding names another model', async () => {
    await world.rerun.run({ model: 'acme/other' });
    assert.equal(parameters()?.model, 'acme/other');
    assert.equal(parameters()?.temperature, 0.4);
    assert.equal(world.turns[1]?.versionOf, firstId());
    assert.equal(world.sent[1]?.turn.sent.prompt, input.prompt);
  });

  test('nothing but a model id is taken from outside', async () => {
    for (const argument of [{ model: 'a b' }, { model: 'a/1', prompt: 'x' }, {}, 'a/1', null])
      await world.rerun.run(argument);
    assert.equal(world.sent.length, 1);
    assert.equal(world.user.shown.length, 5);
  });

  for (const [label, typed, expected] of [
    ['Same model', undefined, { model: 'acme/m1', temperature: 0.4 }],
    ['Another model…', undefined, { model: 'acme/other', temperature: 0.4 }],
    ['Reasoning effort…', 'high', { model: 'acme/m1', temperature: 0.4, reasoningEffort: 'high' }],
    ['Temperature…', '1,5', { model: 'acme/m1', temperature: 1.5 }],
  ] as const) {
    test(`the user chooses: ${label}`, async () => {
      world.user.answers.push(label, ...(typed === undefined ? [] : [typed]));
      await world.rerun.run(undefined);
      assert.deepEqual(parameters(), { maxTokens: 100, ...expected });
    });
  }

  test('a version of a version belongs to the first, and the newest one is what goes along', async () => {
    for (const model of ['a/1', 'a/2']) await world.rerun.run({ model });
    assert.deepEqual(
      world.turns.map(({ versionOf }) => versionOf),
      [undefined, firstId(), firstId()],
    );
    assert.deepEqual(
      world.session.followUpHistory.map(({ id }) => id),
      [world.turns[2]?.id],
    );
    const [, second] = world.turns;
    if (second) world.session.choose(second, 'show');
    assert.deepEqual(
      world.session.followUpHistory.map(({ id }) => id),
      [second?.id],
    );
    await world.rerun.run({ model: 'a/3' });
    assert.deepEqual(
      world.session.followUpHistory.map(({ id }) => id),
      [world.turns[3]?.id],
    );
  });

  test('a version that failed is tried again with what was chosen for it, at the same place', async () => {
    world.failure = 'serverError';
    await world.rerun.run({ model: 'acme/other' });
    world.failure = undefined;
    const failed = world.turns.at(-1);
    if (failed) await world.session.retry(failed);
    assert.equal(parameters()?.model, 'acme/other');
    assert.equal(world.turns.at(-1)?.versionOf, firstId());
  });

  test('says so when there is nothing to run again', async () => {
    world.session.startNew();
    await world.rerun.run(undefined);
    assert.match(world.user.shown[0] ?? '', /no answer yet/);
  });
});
