import assert from 'node:assert/strict';
import { forbiddenBy, matchesPattern } from '../../../src/core/models/modelRules';

suite('rules about models', () => {
  for (const [pattern, id, matches] of [
    ['a/b', 'a/b', true],
    ['A/B', 'a/b', true],
    ['a/b', 'a/bc', false],
    ['a/*', 'a/b:free', true],
    ['*:free', 'a/b:free', true],
    ['*:free', 'a/b', false],
    ['a*c', 'ac', true],
    ['a*c*e', 'abcde', true],
    ['a*c*c', 'abc', false],
    ['aba*aba', 'aba', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a.b', 'axb', false],
  ] as const) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${id}`, () =>
      assert.equal(matchesPattern(pattern, id), matches));
  }

  test('a pattern of many stars takes no time', () => {
    assert.equal(matchesPattern(`${'*a'.repeat(500)}b`, 'a'.repeat(5000)), false);
  });

  const of = (allowedModels: string[], blockedModels: string[], ...names: string[]) =>
    forbiddenBy({ allowedModels, blockedModels }, ...names);

  test('without rules all may be asked', () => assert.equal(of([], [], 'a/b'), undefined));

  test('a blocked model is so by every name of it', () => {
    for (const id of ['a/b', 'A/b', 'a/b:free', 'a/b:nitro', 'a/b:free:online', 'a/b@preset/x'])
      assert.equal(of([], ['a/b'], id), 'blockedModels', id);
    assert.equal(of([], ['a/b'], 'a/b-2026', 'a/b'), 'blockedModels', 'a dated name of its row');
    assert.equal(of([], ['a/b'], 'a/c'), undefined);
  });

  test('only allowed models may be asked, however they are routed', () => {
    assert.equal(of(['a/b'], [], 'a/b'), undefined);
    assert.equal(of(['a/b'], [], 'a/b:nitro'), undefined);
    assert.equal(of(['a/b'], [], 'a/b:free'), 'allowedModels');
    assert.equal(of(['a/*'], [], 'a/b:free'), undefined);
    assert.equal(of(['a/*'], [], 'openrouter/auto'), 'allowedModels');
  });

  test('what is both allowed and blocked is blocked', () => {
    assert.equal(of(['a/*'], ['a/b'], 'a/b'), 'blockedModels');
  });
});
