import assert from 'node:assert/strict';
import { NeverSend } from '../../../src/app/context/neverSend';
import { FakeSettings } from '../../support/fakeSettings';

suite('files that are never sent', () => {
  const rules = (...neverSend: readonly (readonly string[])[]) =>
    new NeverSend(new FakeSettings({ neverSend }));

  test('without patterns every file may be sent', async () => {
    assert.equal(await rules().forbids('src/.env'), false);
    assert.equal(await rules([]).forbids('src/.env'), false);
  });

  test('patterns mean what they mean in .gitignore', async () => {
    const never = rules(['*.pem', 'secrets/', '/top.txt', 'docs/**/*.key']);
    const forbidden = [
      'a.pem',
      'deep/in/a.PEM',
      'secrets/a.ts',
      'x/secrets/y/a.ts',
      'top.txt',
      'docs/a/b/c.key',
    ];
    const allowed = ['a.pem.ts', 'secrets.ts', 'x/top.txt', 'c.key', 'src/a.ts'];
    for (const path of forbidden) assert.equal(await never.forbids(path), true, path);
    for (const path of allowed) assert.equal(await never.forbids(path), false, path);
  });

  test('the workspace adds patterns and takes none of the user’s back', async () => {
    const never = rules(['*.pem'], ['!*.pem', '*.local']);
    assert.equal(await never.forbids('a.pem'), true);
    assert.equal(await never.forbids('a.local'), true);
  });

  test('files outside of the workspace are matched by their whole path, on every system', async () => {
    const never = rules(['.ssh/', 'Users/me/private/**']);
    for (const path of ['/home/me/.ssh/id', '/c:/Users/me/private/a.ts', 'C:/Users/me/.ssh/id'])
      assert.equal(await never.forbids(path), true, path);
    for (const path of ['', '/', '../outside/a.ts']) assert.equal(await never.forbids(path), false, path);
  });

  test('a change of the setting counts at once', async () => {
    const settings = new FakeSettings();
    const never = new NeverSend(settings);
    assert.equal(await never.forbids('a.pem'), false);
    settings.set({ neverSend: [['*.pem']] });
    assert.equal(await never.forbids('a.pem'), true);
  });
});
