import assert from 'node:assert/strict';
import type { ParameterControl } from '../../../src/core/models/parameterControl';
import { findBarriers } from '../../support/pageHarness/accessibility';
import {
  type AnswerHarness,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import type { ThemeName } from '../../support/pageHarness/themes';
import { makeAnswer, makeTurn } from '../../support/turns';

const options = (...values: string[]) => values.map(value => ({ value, label: value }));

const control = (more: Partial<ParameterControl> = {}): ParameterControl => ({
  fields: [
    {
      ...{ kind: 'choice', name: 'reasoningEffort', standard: 'default medium' },
      options: options('none', 'low', 'high'),
    },
    { kind: 'number', name: 'temperature', least: 0, most: 2, step: 0.1, standard: 'default 1' },
    { kind: 'number', name: 'maxTokens', least: 1, most: 8000, step: 1, standard: 'default 4,096' },
    {
      ...{ kind: 'choice', name: 'serviceTier', standard: 'default standard' },
      options: options('flex', 'priority'),
    },
  ],
  notes: [],
  ...more,
});

/** With the values that the names have. */
function chosen(values: Readonly<Record<string, string | number>>, summary: string): ParameterControl {
  const fields = control().fields.map(field => ({ ...field, value: values[field.name] }));
  return control({ fields: fields as ParameterControl['fields'], summary });
}

suite('answer page: parameters of the model', () => {
  let harness: AnswerHarness;

  async function open(
    parameters: ParameterControl | undefined = control(),
    { theme = 'dark', width = 720 }: { readonly theme?: ThemeName; readonly width?: number } = {},
  ): Promise<void> {
    harness = await openAnswerPage({ theme, context: { viewport: { width, height: 640 } } });
    await harness.post(showing([], makeComposer({ parameters })));
  }
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const button = () => part(harness, 'parameters');
  const panel = () => part(harness, 'parameters-panel');
  const told = async () => (await harness.posted()).filter(({ type }) => /Parameter/.test(type));
  const setting = (name: string, value: string | undefined) => ({
    ...{ type: 'setParameter', model: 'acme/m1', name, value },
  });
  const isFocused = (name: string): Promise<boolean> =>
    part(harness, name).evaluate(element => element === document.activeElement);

  test('the button says what is chosen, and opens to what can be', async () => {
    await open(chosen({ reasoningEffort: 'high', temperature: 0.2 }, 'effort high · temp 0.2'));
    assert.equal(await visibleText(button()), 'effort high · temp 0.2');
    assert.equal(await button().getAttribute('aria-label'), 'Parameters: effort high · temp 0.2. Change');
    assert.equal(await button().getAttribute('aria-expanded'), 'false');
    await button().click();
    assert.equal(await button().getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await told(), [{ type: 'lookUpParameters', model: 'acme/m1' }]);
    assert.equal(await part(harness, 'parameter-reasoning-effort').inputValue(), 'high');
    assert.equal(await part(harness, 'parameter-temperature').inputValue(), '0.2');
    const length = part(harness, 'parameter-max-tokens');
    assert.equal(await length.inputValue(), '');
    assert.equal(await length.getAttribute('placeholder'), 'default 4,096');
    const tier = part(harness, 'parameter-service-tier');
    assert.deepEqual(await tier.locator('option').allInnerTexts(), ['default standard', 'flex', 'priority']);
  });

  test('nothing is there where the host says nothing, and only the fields it names', async () => {
    await open(undefined);
    await harness.post({ type: 'composer', composer: makeComposer() });
    assert.equal(await button().count(), 0);
    const [, temperature] = control().fields;
    assert.ok(temperature);
    const parameters = control({ fields: [temperature], notes: ['Service tier: none.'] });
    await harness.post({ type: 'composer', composer: makeComposer({ parameters }) });
    assert.equal(await visibleText(button()), 'Parameters');
    await button().click();
    assert.equal(await panel().locator('select, input').count(), 1);
    assert.equal(await visibleText(part(harness, 'parameters-notes')), 'Service tier: none.');
  });

  test('the keyboard opens it, goes through it, sets values and closes it', async () => {
    await open();
    await button().focus();
    await button().press('Enter');
    assert.ok(await isFocused('parameter-reasoning-effort'));
    await part(harness, 'parameter-reasoning-effort').press('ArrowDown');
    await harness.page.keyboard.press('Tab');
    assert.ok(await isFocused('parameter-temperature'));
    await harness.page.keyboard.type('0.25');
    await harness.page.keyboard.press('Enter');
    await harness.page.keyboard.press('Tab');
    await harness.page.keyboard.type('2000');
    await harness.page.keyboard.press('Tab');
    assert.deepEqual((await told()).slice(1), [
      setting('reasoningEffort', 'none'),
      setting('temperature', '0.25'),
      setting('maxTokens', '2000'),
    ]);
    await harness.page.keyboard.press('Escape');
    assert.equal(await panel().count(), 0);
    assert.ok(await isFocused('parameters'));
    await button().press('Space');
    assert.equal(await panel().count(), 1);
    assert.deepEqual(
      (await harness.posted()).filter(({ type }) => type === 'send'),
      [],
    );
  });

  test('Escape closes it and stops no answer', async () => {
    await open();
    const streaming = makeTurn({ answer: makeAnswer({ status: 'streaming' }) });
    await harness.post(showing([streaming], makeComposer({ canSend: false, parameters: control() })));
    await button().click();
    await harness.page.keyboard.press('Escape');
    assert.equal(await panel().count(), 0);
    const stops = async () => (await harness.posted()).filter(({ type }) => type === 'stop').length;
    assert.equal(await stops(), 0);
    await harness.page.keyboard.press('Escape');
    assert.equal(await stops(), 1);
  });

  test('what is no value is said and not told to the host', async () => {
    await open();
    await button().click();
    const temperature = part(harness, 'parameter-temperature');
    for (const [text, isWrong] of [
      ['3', true],
      ['-1', true],
      ['2', false],
    ] as const) {
      await temperature.fill(text);
      await temperature.press('Enter');
      assert.equal(await temperature.getAttribute('aria-invalid'), String(isWrong), text);
    }
    const length = part(harness, 'parameter-max-tokens');
    await length.fill('1.5');
    await length.press('Enter');
    assert.match(await visibleText(panel()), /A whole number from 1 to 8,000/);
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /A whole number/);
    assert.deepEqual((await told()).slice(1), [setting('temperature', '2')]);
  });

  test('a value is taken back by an empty field, all of them by Reset', async () => {
    await open(chosen({ temperature: 0.2, serviceTier: 'flex' }, 'temp 0.2 · flex'));
    await button().click();
    await part(harness, 'parameter-temperature').fill('');
    await part(harness, 'parameter-temperature').press('Enter');
    await part(harness, 'parameter-service-tier').selectOption('');
    await part(harness, 'parameters-reset').click();
    assert.deepEqual((await told()).slice(1), [
      setting('temperature', undefined),
      setting('serviceTier', undefined),
      { type: 'resetParameters', model: 'acme/m1' },
    ]);
    await harness.post({ type: 'composer', composer: makeComposer({ parameters: control() }) });
    assert.equal(await part(harness, 'parameters-reset').isDisabled(), true);
    assert.ok(await isFocused('parameter-reasoning-effort'));
  });

  test('shows what the host has, but for a field that is being typed into', async () => {
    await open();
    await button().click();
    await part(harness, 'parameter-temperature').pressSequentially('0.');
    const parameters = chosen({ reasoningEffort: 'low', temperature: 1 }, 'effort low · temp 1');
    await harness.post({ type: 'composer', composer: makeComposer({ parameters }) });
    assert.equal(await part(harness, 'parameter-reasoning-effort').inputValue(), 'low');
    assert.equal(await part(harness, 'parameter-temperature').evaluate(hasOwnText), true);
    await harness.post({ type: 'composer', composer: makeComposer({ model: 'acme/m2', parameters }) });
    assert.equal(await part(harness, 'parameter-temperature').inputValue(), '1');
    assert.deepEqual((await told()).at(-1), { type: 'lookUpParameters', model: 'acme/m2' });
  });

  test('a press elsewhere closes it, and what was typed counts', async () => {
    await open();
    await button().click();
    await part(harness, 'parameter-max-tokens').fill('300');
    await part(harness, 'composer').click();
    assert.equal(await panel().count(), 0);
    assert.deepEqual((await told()).at(-1), setting('maxTokens', '300'));
    assert.equal((await told()).length, 2);
  });

  for (const [theme, width] of [
    ['dark', 720],
    ['light', 720],
    ['hcDark', 720],
    ['hcLight', 400],
    ['dark', 400],
    ['light', 280],
  ] as const) {
    test(`has no barriers and fits in the ${theme} theme at ${width} px`, async () => {
      const parameters = {
        ...chosen({ reasoningEffort: 'high', temperature: 0.2 }, 'effort high · temp 0.2 · ≤ 2,000 tokens'),
        notes: ['Service tier: who serves this model, and at which tiers, is not known yet.'],
      };
      await open(parameters, { theme, width });
      await button().click();
      await part(harness, 'parameter-temperature').fill('9');
      await part(harness, 'parameter-temperature').press('Enter');
      assert.deepEqual(await findBarriers(harness.page), []);
      assert.equal(await harness.page.evaluate(() => document.documentElement.scrollWidth), width);
      const box = await panel().boundingBox();
      assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width, JSON.stringify(box));
      if (process.env.ASK_OPENROUTER_SHOTS)
        await harness.page.screenshot({ path: `${process.env.ASK_OPENROUTER_SHOTS}/${theme}-${width}.png` });
    });
  }
});

const hasOwnText = (element: Element): boolean =>
  element instanceof HTMLInputElement && element.value !== '1';
