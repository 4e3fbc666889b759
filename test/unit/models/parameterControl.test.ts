import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParameterChoice } from '../../../src/core/chat/parameterSettings';
import type { Model, ModelReasoning } from '../../../src/core/models/model';
import { offeredParameters, supportedChoice } from '../../../src/core/models/offeredParameters';
import {
  type ParameterControl,
  parameterControl,
  readOffered,
} from '../../../src/core/models/parameterControl';
import { mayServeAtTier, type TierOffer } from '../../../src/core/models/serviceTiers';
import { parseCatalogue, parseEndpoints } from '../../../src/openrouter/wire/catalogue';
import { makeModel } from '../../support/models';
import { projectFolder } from '../../support/workbench/tools';

const settings = { model: 'acme/m1', maxTokens: 4096 };
const pricing = { prompt: '1', completion: '1' };
const both: readonly TierOffer[] = [
  { tier: 'flex', pricing },
  { tier: 'priority', pricing },
];

const reasoner = (reasoning: ModelReasoning | undefined, more: Partial<Model> = {}): Model =>
  makeModel({
    supportedParameters: ['max_tokens', 'reasoning', 'temperature'],
    ...more,
    ...(reasoning && { reasoning }),
  });

function controlOf(
  model: Model | undefined,
  {
    offers,
    remembered = {},
    inForce = settings,
  }: {
    readonly offers?: readonly TierOffer[];
    readonly remembered?: ParameterChoice;
    readonly inForce?: Parameters<typeof parameterControl>[0]['settings'];
  } = {},
): ParameterControl {
  return parameterControl({
    offered: offeredParameters(model?.id ?? 'acme/unlisted', model, offers),
    remembered,
    sent: supportedChoice(remembered, model, offers),
    settings: inForce,
  });
}

const namesOf = ({ fields }: ParameterControl): readonly string[] => fields.map(({ name }) => name);

function choicesOf(control: ParameterControl, name: string): readonly string[] {
  const field = control.fields.find(each => each.name === name);
  return field?.kind === 'choice' ? [field.standard, ...field.options.map(({ label }) => label)] : [];
}

suite('the parameters that a model offers', () => {
  test('without reasoning, temperature and tiers: the longest answer, and why no more', () => {
    const control = controlOf(makeModel(), { offers: [] });
    assert.deepEqual(namesOf(control), ['maxTokens']);
    assert.deepEqual(control.notes, [
      'Reasoning effort: this model does not reason.',
      'Temperature: this model does not support it.',
      'Service tier: no provider of this model has another one than the standard.',
    ]);
  });

  const efforts: readonly (readonly [string, ModelReasoning, readonly string[]])[] = [
    [
      'a list of efforts: those, and off',
      { isMandatory: false, efforts: ['high', 'medium', 'low'], defaultEffort: 'medium' },
      ['default medium', 'off', 'low', 'medium', 'high'],
    ],
    [
      'mandatory: never off, also where the list says so',
      { isMandatory: true, efforts: ['high', 'low', 'none'], defaultEffort: 'high' },
      ['default high', 'low', 'high'],
    ],
    [
      'any effort: all',
      { isMandatory: false, efforts: 'any' },
      ['default', 'off', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
    ],
    [
      'off by itself: that is the default',
      { isMandatory: false, isDefaultOn: false, efforts: ['high'], defaultEffort: 'high' },
      ['default off', 'off', 'high'],
    ],
    [
      'a budget of tokens in place of efforts: any, which OpenRouter turns into a budget',
      { isMandatory: true, takesMaxTokens: true },
      ['default', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
    ],
    ['no efforts: only off', { isMandatory: false, isDefaultOn: true }, ['default', 'off']],
    ['no efforts and off by itself: nothing', { isMandatory: false, isDefaultOn: false }, []],
    ['no efforts and mandatory: nothing', { isMandatory: true }, []],
    [
      'one effort, which it has anyway: nothing',
      { isMandatory: true, efforts: ['high'], defaultEffort: 'high' },
      [],
    ],
    [
      'efforts that are not known here are left out',
      { isMandatory: true, efforts: ['ultra', 'high', 'low'] },
      ['default', 'low', 'high'],
    ],
  ];
  for (const [name, reasoning, expected] of efforts)
    test(`reasoning with ${name}`, () => {
      const control = controlOf(reasoner(reasoning));
      assert.deepEqual(choicesOf(control, 'reasoningEffort'), expected);
      assert.equal(
        control.notes.some(note => note.startsWith('Reasoning effort')),
        expected.length === 0,
      );
    });

  test('reasoning that is listed, but no parameter of the model, is not offered', () => {
    const model = makeModel({ reasoning: { isMandatory: false } });
    assert.ok(!namesOf(controlOf(model)).includes('reasoningEffort'));
  });

  test('its defaults are named: the model’s own, or those of the settings', () => {
    const model = reasoner(
      { isMandatory: true, efforts: ['high', 'low'], defaultEffort: 'low' },
      { defaultParameters: { temperature: 1 }, maxCompletionTokens: 2000, contextTokens: 100_000 },
    );
    const own = controlOf(model, { offers: both });
    assert.deepEqual(
      own.fields.map(({ standard }) => standard),
      ['default low', 'default 1', 'default 2,000', 'default standard'],
    );
    const inForce = { ...settings, temperature: 0.3, serviceTier: 'flex', reasoningEffort: 'high' } as const;
    const ofSettings = controlOf(model, { offers: both, inForce });
    assert.deepEqual(
      ofSettings.fields.map(({ standard }) => standard),
      ['your settings: high', 'your settings: 0.3', 'default 2,000', 'your settings: flex'],
    );
    assert.ok(choicesOf(ofSettings, 'serviceTier').includes('standard'));
  });

  test('service tiers are those that providers sell, and unknown as long as nobody has said', () => {
    assert.deepEqual(choicesOf(controlOf(makeModel(), { offers: [...both, ...both] }), 'serviceTier'), [
      'default standard',
      'flex: cheaper, may be slow',
      'priority: faster, dearer',
    ]);
    const [flex] = both;
    assert.ok(flex);
    assert.equal(choicesOf(controlOf(makeModel(), { offers: [flex] }), 'serviceTier').length, 2);
    assert.match(controlOf(makeModel()).notes.join(), /not known yet/);
  });

  test('a router offers what can be sent to it, and says why not the rest', () => {
    const parameters = ['max_tokens', 'reasoning', 'reasoning_effort', 'temperature'];
    const router = makeModel({ id: 'openrouter/auto', tokenizer: 'Router', supportedParameters: parameters });
    const control = controlOf(router, { offers: both });
    assert.deepEqual(namesOf(control), ['reasoningEffort', 'temperature', 'maxTokens']);
    assert.ok(!choicesOf(control, 'reasoningEffort').includes('off'));
    assert.match(control.notes.join(' '), /Reasoning off: .* Service tier: openrouter\/auto picks a model/);
    const bare = controlOf({ ...router, id: 'openrouter/fusion', supportedParameters: [] });
    assert.deepEqual(namesOf(bare), ['maxTokens']);
    assert.equal(bare.notes.length, 3);
  });

  test('an alias of a model is no router', () => {
    const alias = reasoner(
      { isMandatory: true, efforts: ['high', 'low'], defaultEffort: 'low' },
      { id: '~acme/latest', tokenizer: 'Router' },
    );
    assert.deepEqual(choicesOf(controlOf(alias), 'reasoningEffort'), ['default low', 'low', 'high']);
  });

  test('of a model that is not listed nothing is known', () => {
    const control = controlOf(undefined);
    assert.deepEqual(namesOf(control), ['maxTokens']);
    assert.match(control.notes.join(), /does not have acme\/unlisted/);
  });

  test('every row of a recorded catalogue offers only what it lists', () => {
    const file = join(projectFolder, 'test', 'fixtures', 'twins', 'models-catalogue.json');
    const models = parseCatalogue(JSON.parse(readFileSync(file, 'utf8'))) ?? [];
    assert.ok(models.length > 0);
    for (const model of models) {
      const control = controlOf(model);
      const { supportedParameters: listed, reasoning } = model;
      assert.equal(namesOf(control).includes('temperature'), listed.includes('temperature'), model.id);
      const efforts = choicesOf(control, 'reasoningEffort').slice(1);
      if (efforts.length > 0) assert.ok(listed.includes('reasoning'), model.id);
      if (reasoning?.isMandatory) assert.ok(!efforts.includes('off'), model.id);
      if (Array.isArray(reasoning?.efforts))
        for (const effort of efforts) assert.ok([...reasoning.efforts, 'off'].includes(effort), model.id);
    }
  });
});

suite('what is chosen beside the model', () => {
  const model = reasoner({ isMandatory: false, efforts: ['high', 'low'] }, { maxCompletionTokens: 8000 });

  test('stands in the button, in a few words', () => {
    const remembered: ParameterChoice = {
      reasoningEffort: 'none',
      temperature: 0.2,
      maxTokens: 2000,
      serviceTier: 'flex',
    };
    const { summary, fields } = controlOf(model, { offers: both, remembered });
    assert.equal(summary, 'effort off · temp 0.2 · ≤ 2,000 tokens · flex');
    assert.deepEqual(
      fields.map(({ value }) => value),
      ['none', 0.2, 2000, 'flex'],
    );
    assert.equal(controlOf(model).summary, undefined);
  });

  test('is not sent, and said so, where the model does not support it any more', () => {
    const remembered = { reasoningEffort: 'max', temperature: 0.2, serviceTier: 'flex' } as const;
    const less = { ...model, supportedParameters: ['max_tokens', 'reasoning'] };
    const { summary, notes } = controlOf(less, { offers: [], remembered });
    assert.equal(summary, undefined);
    const dropped = notes.filter(note => note.includes('is remembered, but not sent'));
    assert.deepEqual(
      dropped.map(note => note.split(' is ')[0]),
      ['effort max', 'temp 0.2', 'flex'],
    );
  });

  test('is sent as it is to a model of which nothing is known, and a tier as long as nobody has said', () => {
    const remembered = { reasoningEffort: 'max', temperature: 0.2, topP: 0.5, serviceTier: 'flex' } as const;
    assert.deepEqual(supportedChoice(remembered, undefined, undefined), remembered);
    assert.deepEqual(supportedChoice(remembered, model, undefined), {
      temperature: 0.2,
      serviceTier: 'flex',
    });
  });

  test('is taken from the page only where it is offered', () => {
    const control = controlOf(model, { offers: [{ tier: 'flex', pricing }] });
    const refused = [
      ...['medium', 'ultra', '', ' '].map(value => ['reasoningEffort', value]),
      ...['-0.1', '2.1', 'NaN', 'warm', '', '0x'].map(value => ['temperature', value]),
      ...['0', '8001', '1.5', '-1', 'Infinity'].map(value => ['maxTokens', value]),
      ...['priority', 'default', 'standard'].map(value => ['serviceTier', value]),
    ] as const;
    for (const [name, value] of refused)
      assert.equal(readOffered(name as 'temperature', value, control), 'refused', `${name} ${value}`);
    assert.deepEqual(readOffered('reasoningEffort', 'high', control), { reasoningEffort: 'high' });
    assert.deepEqual(readOffered('temperature', '0.25', control), { temperature: 0.25 });
    assert.deepEqual(readOffered('maxTokens', '8000', control), { maxTokens: 8000 });
    assert.deepEqual(readOffered('serviceTier', 'flex', control), { serviceTier: 'flex' });
    assert.deepEqual(readOffered('temperature', undefined, control), { temperature: undefined });
    assert.equal(readOffered('temperature', '1', controlOf(makeModel())), 'refused');
  });
});

suite('service tiers of endpoints', () => {
  test('are read from their field, else from their tag', () => {
    const tierOf = (entry: object): string | undefined =>
      parseEndpoints({ data: { endpoints: [{ provider_name: 'A', pricing: {}, ...entry }] } })?.[0]
        ?.serviceTier;
    assert.equal(tierOf({ tag: 'a', service_tier: 'flex' }), 'flex');
    assert.equal(tierOf({ tag: 'a/priority' }), 'priority');
    assert.equal(tierOf({ tag: 'a/flex', service_tier: null }), 'flex');
    for (const entry of [{ tag: 'a/fp8' }, { tag: 'flex' }, { service_tier: 'default' }, { service_tier: 7 }])
      assert.equal(tierOf(entry), undefined);
  });

  test('serve who asks for them; the standard one always may', () => {
    const serves = (serviceTier: string | undefined, more: object): boolean =>
      mayServeAtTier({ serviceTier }, { ...settings, ...more });
    assert.ok(serves(undefined, { serviceTier: 'flex' }));
    assert.ok(!serves('flex', {}) && !serves('priority', { serviceTier: 'flex' }));
    assert.ok(serves('flex', { serviceTier: 'flex' }) && serves('priority', { serviceTier: 'fast' }));
    assert.ok(serves('priority', { model: 'a/b:nitro' }) && serves('flex', { model: 'a/b:floor' }));
    assert.ok(
      serves('ultrafast', { serviceTier: 'auto' }) && !serves('ultrafast', { serviceTier: 'priority' }),
    );
    assert.ok(serves('priority', { fallbackModels: ['a/b:nitro'] }));
  });
});
