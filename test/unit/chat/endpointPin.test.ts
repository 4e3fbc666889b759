import assert from 'node:assert/strict';
import { pinnedTo, pinOf, unpinned } from '../../../src/core/chat/endpointPin';
import type { ProviderRules } from '../../../src/core/chat/providerRules';

const tags = ['deepinfra', 'deepinfra/fp4', 'together'];

suite('A pin to one endpoint', () => {
  test('lets no other endpoint serve, whatever the provider has besides', () => {
    assert.deepEqual(pinnedTo('together', tags), { only: ['together'], allow_fallbacks: false });
    assert.deepEqual(pinnedTo('deepinfra', tags), {
      only: ['deepinfra'],
      ignore: ['deepinfra/fp4'],
      allow_fallbacks: false,
    });
    assert.deepEqual(pinnedTo('deepinfra/fp4', tags), { only: ['deepinfra/fp4'], allow_fallbacks: false });
  });

  test('keeps what else the user demands, but no order', () => {
    const rules: ProviderRules = { zdr: true, ignore: ['chutes'], order: ['a'], sort: 'price' };
    assert.deepEqual(pinnedTo('deepinfra', tags, rules), {
      zdr: true,
      only: ['deepinfra'],
      ignore: ['chutes', 'deepinfra/fp4'],
      allow_fallbacks: false,
    });
  });

  test('takes the place of another one, with all that belonged to it', () => {
    const first = pinnedTo('deepinfra', tags, { zdr: true });
    assert.deepEqual(pinnedTo('deepinfra/fp4', tags, first), {
      zdr: true,
      only: ['deepinfra/fp4'],
      allow_fallbacks: false,
    });
  });

  test('can be taken out without a trace', () => {
    const all: readonly ProviderRules[] = [{}, { zdr: true }, { ignore: ['chutes'] }];
    for (const rules of all) assert.deepEqual(unpinned(pinnedTo('deepinfra', tags, rules)), rules);
    assert.deepEqual(unpinned({ only: ['a', 'b'] }), { only: ['a', 'b'] });
  });

  test('is one provider alone', () => {
    assert.deepEqual(
      [pinOf({ only: ['a'] }), pinOf({ only: ['a', 'b'] }), pinOf({}), pinOf()],
      ['a', undefined, undefined, undefined],
    );
  });
});
