import assert from 'node:assert/strict';
import { noActions, readActions } from '../../../src/core/prompts/actionSettings';

const ofUser = (value: unknown) => ({ value, isOfWorkspace: false });
const ofWorkspace = (value: unknown) => ({ value, isOfWorkspace: true });

suite('the setting for actions', () => {
  test('makes own actions, and changes built-in ones', () => {
    const { changes, own, unusable } = readActions([
      ofUser({
        review: {
          text: 'Review it.',
          title: 'Review',
          model: 'a/b',
          parameters: { temperature: 0 },
          apply: 'none',
        },
        fix: { model: 'c/d', text: 'Repair it.', applyWithoutAsking: true },
      }),
    ]);
    assert.deepEqual(unusable, []);
    assert.equal(own[0]?.title, 'Review');
    assert.equal(own[0]?.source, 'settings');
    assert.deepEqual(own[0]?.parameters, { temperature: 0 });
    assert.equal(changes.fix?.model, 'c/d');
    assert.equal(changes.fix?.instruction, 'Repair it.');
  });

  test('a model that the workspace names is known as its', () => {
    const { changes, own } = readActions([
      ofUser({ review: { text: 'Review it.', model: 'a/b' }, fix: { model: 'a/b' } }),
      ofWorkspace({
        review: { model: 'dear/one' },
        fix: { text: 'x' },
        more: { text: 'y', model: 'dear/one' },
      }),
    ]);
    assert.deepEqual(
      own.map(({ id, model, source, isModelOfWorkspace }) => [id, model, source, isModelOfWorkspace]),
      [
        ['review', 'dear/one', 'settings', true],
        ['more', 'dear/one', 'workspace', true],
      ],
    );
    assert.equal(changes.fix?.isModelOfWorkspace, false);
  });

  test('takes out what cannot be used, and says its name', () => {
    assert.deepEqual(readActions([ofUser('x'), ofUser(undefined)]), noActions);
    const { own, unusable } = readActions([
      ofUser({
        a: 5,
        b: { title: 'No text' },
        c: { text: 'C', apply: 'run', model: 'no id', parameters: { top_p: 9 } },
      }),
    ]);
    assert.deepEqual(
      own.map(({ id }) => id),
      ['c'],
    );
    assert.deepEqual(unusable.toSorted(), ['a', 'b.text', 'c.apply', 'c.model', 'c.parameters.top_p']);
  });
});
