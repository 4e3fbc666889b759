import assert from 'node:assert/strict';
import {
  type PickerFacts,
  type PickerRow,
  PickerRows,
  withChosenWord,
} from '../../../src/app/models/pickerRows';
import { usualMix } from '../../../src/core/money/usageMix';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { makeModel } from '../../support/models';
import { trafficSources } from '../../support/openrouter/traffic';

const free = { prompt: '0', completion: '0' };
const listed = [
  makeModel({ id: 'acme/one' }),
  makeModel({ id: 'acme/two', supportedParameters: ['tools'] }),
  makeModel({ id: 'acme/two:free', pricing: free }),
  makeModel({ id: 'acme/picture', outputModalities: ['image'] }),
  makeModel({ id: 'zeta/three' }),
];
const facts: PickerFacts = {
  listed,
  badgesOf: () => ({}),
  rules: { allowedModels: [], blockedModels: [] },
  current: 'acme/one',
  favourites: [],
  recent: [],
  presets: [],
  sort: { mix: usualMix, nowMs: 0 },
};

/** `[Group] id id [Group] …`, with marks for what is special of a row. */
function shown(changes: Partial<PickerFacts>, typed = ''): string {
  return new PickerRows({ ...facts, ...changes }).of(typed).map(short).join(' ');
}

function short(row: PickerRow): string {
  switch (row.type) {
    case 'group':
      return `[${row.title}]`;
    case 'model':
      return `${row.offered.model.id}${row.isFavourite ? '*' : ''}`;
    case 'variant':
      return row.variant.id;
    case 'typed':
      return `“${row.id}”${row.forbidden ? ` ${row.forbidden}` : ''}`;
    case 'gone':
      return `gone ${row.id} (${row.near.join()})`;
    case 'word':
      return row.word;
    case 'preset':
      return row.id;
  }
}

suite('rows of the model list', () => {
  test('begin with the model in use, favourites and those used last, then all', () => {
    assert.equal(
      shown({ favourites: ['zeta/three'], recent: ['acme/two', 'zeta/three', 'acme/one', 'gone/x'] }),
      '[In use] acme/one [Favourites] zeta/three* [Used last] acme/two [Free (1)] acme/two:free [Paid (3)] acme/two zeta/three*',
    );
  });

  test('two favourites that no longer exist are told, with what is spelt like them', () => {
    assert.match(
      shown({ favourites: ['acme/twoo', 'acme/two', 'old/model-7'] }),
      /\[Favourites\] gone acme\/twoo \(acme\/two\) acme\/two\* gone old\/model-7 \(\)/,
    );
    assert.doesNotMatch(
      shown({ favourites: ['acme/twoo'], listed: [] }),
      /gone/,
      'without a list nobody knows',
    );
  });

  test('presets come with the account, and are searched, too', () => {
    const presets = [{ slug: 'review', name: 'My reviews' }, { slug: 'poems' }];
    assert.match(shown({ presets }), /\[Presets of the account\] @preset\/review @preset\/poems/);
    assert.match(shown({ presets }, 'review'), /\[Presets of the account\] @preset\/review \[As typed\]/);
  });

  test('are what is searched for, by number, with the typed id behind them', () => {
    assert.equal(shown({}, 'two'), '[2 of 4] acme/two acme/two:free [As typed] “two”');
    assert.equal(shown({}, 'two free'), '[1 of 4] acme/two:free');
    assert.equal(shown({}, 'acme/two'), '[2 of 4] acme/two acme/two:free');
    assert.equal(shown({}, 'nothing here'), '');
    assert.equal(shown({}, 'acme/picture'), '[As typed] “acme/picture”');
  });

  test('offer the variants of an id behind its colon', () => {
    assert.equal(
      shown({}, 'acme/two:'),
      '[Ways to ask for it] acme/two:free acme/two:nitro acme/two:floor acme/two:exacto acme/two:online [2 of 4] acme/two:free acme/two',
    );
  });

  test('have another order when it is asked for', () => {
    assert.equal(shown({}, 'sort:price'), '[Cheapest first] acme/two:free acme/one acme/two zeta/three');
  });

  test('never offer what a rule forbids, and say so of a typed id', () => {
    const rules = { allowedModels: ['acme/*', '@preset/*'], blockedModels: ['acme/two'] };
    const presets = [{ slug: 'review' }];
    assert.equal(
      shown({ rules, presets, favourites: ['zeta/three'] }),
      '[In use] acme/one [Presets of the account] @preset/review',
    );
    assert.match(shown({ rules }, 'zeta/three'), /“zeta\/three” allowedModels/);
    assert.match(shown({ rules }, 'acme/two:nitro'), /^\[As typed\] “acme\/two:nitro” blockedModels$/);
  });

  test('are the words that can be typed behind a question mark; a chosen one takes its place', () => {
    assert.match(shown({}, '?'), /^\[Words that filter\] free vision .* \[Words that sort\] sort:price /);
    assert.match(shown({}, 'claude ?sort'), /^\[Words that sort\] sort:price/);
    assert.equal(withChosenWord('claude ?', 'free'), 'claude free ');
    assert.equal(withChosenWord('free ?fr', 'free'), 'free ');
    assert.equal(withChosenWord('sort:price claude ?sort', 'sort:context'), 'claude sort:context ');
  });

  test('an empty list leaves the typed id', () => {
    assert.equal(shown({ listed: [] }), '');
    assert.equal(shown({ listed: [] }, 'a/b'), '[As typed] “a/b”');
  });

  test('while the list is read for the first time, a search is not offered as an id', () => {
    const pending = { listed: [], isListPending: true };
    assert.equal(shown(pending, 'two'), '');
    assert.equal(shown(pending, 'acme/two'), '[As typed] “acme/two”');
    assert.equal(shown(pending, '@preset/review'), '[As typed] “@preset/review”');
    assert.equal(shown({ listed: [] }, 'two'), '[As typed] “two”');
  });

  test('of 5,000 models are complete', () => {
    const catalogue = parseCatalogue(JSON.parse(trafficSources.at(-1)?.traffic.catalogue() ?? '')) ?? [];
    const many = Array.from({ length: 5000 }, (_, index) => {
      const model = catalogue[index % catalogue.length] ?? assert.fail();
      return { ...model, id: `${model.id}-${index}`, outputModalities: ['text'] };
    });
    const rows = new PickerRows({ ...facts, listed: many });
    assert.equal(rows.count, 5000);
    assert.equal(rows.of('sort:value').filter(({ type }) => type === 'model').length, 5000);
  });
});
