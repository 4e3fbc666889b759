import assert from 'node:assert/strict';
import { pathToTell } from '../../../src/app/ask/pathToTell';

suite('the path that is told', () => {
  const path = 'src/index.ts';

  test('names the workspace folder when there are several', () => {
    const folderNames = ['one', 'two'];
    assert.equal(pathToTell({ path, folder: 0, folderNames }), 'one/src/index.ts');
    assert.equal(pathToTell({ path, folder: 1, folderNames }), 'two/src/index.ts');
  });

  test('is as it was with a single folder, outside of all, and without any', () => {
    assert.equal(pathToTell({ path, folder: 0, folderNames: ['one'] }), path);
    assert.equal(pathToTell({ path: 'a.ts', folder: undefined, folderNames: ['one', 'two'] }), 'a.ts');
    assert.equal(pathToTell({ path: 'a.ts', folder: undefined, folderNames: [] }), 'a.ts');
  });

  test('tells folders of one name apart by their place, not by what lies above them', () => {
    const folderNames = ['app', 'lib', 'app'];
    const told = [0, 1, 2].map(folder => pathToTell({ path, folder, folderNames }));
    assert.deepEqual(told, [
      'app (workspace folder 1)/src/index.ts',
      'lib/src/index.ts',
      'app (workspace folder 3)/src/index.ts',
    ]);
  });
});
