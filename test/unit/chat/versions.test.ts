import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/chat/conversation';
import { addTurn, keepTurn, showVersion, toPassages } from '../../../src/core/chat/versions';
import { makeTurn } from '../../support/turns';

suite('versions and comparisons of a conversation', () => {
  const turns = [
    makeTurn({ id: 'a' }),
    makeTurn({ id: 'g1', group: 'g' }),
    makeTurn({ id: 'g2', group: 'g' }),
    makeTurn({ id: 'b' }),
    makeTurn({ id: 'a2', versionOf: 'a' }),
    makeTurn({ id: 'g1b', group: 'g', versionOf: 'g1' }),
  ];
  const talk: Conversation = { id: 'c', turns };
  const turn = (id: string) => turns.find(each => each.id === id) ?? assert.fail(id);

  test('a version stands where its first one stands, and a comparison is one passage', () => {
    const passages = toPassages(turns).map(passage =>
      passage.kind === 'turn'
        ? [passage.id, passage.versions.map(({ id }) => id)]
        : [passage.id, passage.columns.map(versions => versions.map(({ id }) => id))],
    );
    assert.deepEqual(passages, [
      ['a', ['a', 'a2']],
      ['g', [['g1', 'g1b'], ['g2']]],
      ['b', ['b']],
    ]);
  });

  test('of a comparison one answer is kept, of a turn one version is shown', () => {
    const kept = keepTurn(keepTurn(talk, turn('g1')), turn('g2'));
    assert.deepEqual(kept.choices, { kept: ['g2'], shown: [] });
    const shown = showVersion(showVersion(kept, turn('a')), turn('g1'));
    assert.deepEqual(showVersion(shown, turn('a2')).choices, { kept: ['g2'], shown: ['g1', 'a2'] });
  });

  test('a new version is the one that is shown', () => {
    const shown = showVersion(talk, turn('a'));
    assert.deepEqual(addTurn(shown, makeTurn({ id: 'a3', versionOf: 'a' })).choices?.shown, ['a3']);
    assert.equal(addTurn(talk, makeTurn({ id: 'a3', versionOf: 'a' })).choices, undefined);
  });
});
