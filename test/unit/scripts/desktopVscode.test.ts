import assert from 'node:assert/strict';
import { findDesktopVscode } from '../../../scripts/lib/desktopVscode.mjs';

const install = 'C:\\Users\\me\\AppData\\Local\\Programs\\Microsoft VS Code';

/** A machine that has just `files`. */
const machine = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, ...files: string[]) => ({
  platform,
  env,
  exists: (file: string) => files.includes(file),
});

suite('finding a desktop VS Code', () => {
  test('on Windows gives the program that code.cmd starts: Node starts no batch file', () => {
    const env = { PATH: `C:\\Windows;${install}\\bin` };
    const files = [`${install}\\bin\\code.cmd`, `${install}\\Code.exe`];
    assert.equal(findDesktopVscode(machine('win32', env, ...files)), `${install}\\Code.exe`);
  });

  test('on Windows passes over a code.cmd without a program beside it', () => {
    const env = { PATH: 'C:\\shims;D:\\tools' };
    const files = ['C:\\shims\\code.cmd', 'D:\\tools\\code.exe'];
    assert.equal(findDesktopVscode(machine('win32', env, ...files)), 'D:\\tools\\code.exe');
    assert.equal(findDesktopVscode(machine('win32', env, 'C:\\shims\\code.cmd')), undefined);
  });

  test('on Windows takes a batch file in VSCODE_PATH for its program too', () => {
    const given = 'C:\\Insiders\\bin\\code-insiders.cmd';
    const program = 'C:\\Insiders\\Code - Insiders.exe';
    const env = { VSCODE_PATH: given, PATH: '' };
    assert.equal(findDesktopVscode(machine('win32', env, given, program)), program);
    assert.throws(() => findDesktopVscode(machine('win32', env, given)), /has no VS Code beside it/);
  });

  for (const platform of ['linux', 'darwin'] as const) {
    test(`on ${platform} gives code on PATH as it is`, () => {
      const env = { PATH: '/usr/bin::/opt/bin' };
      assert.equal(findDesktopVscode(machine(platform, env, '/opt/bin/code')), '/opt/bin/code');
      assert.equal(findDesktopVscode(machine(platform, env)), undefined);
    });
  }

  test('takes VSCODE_PATH before PATH; empty means none, a wrong one is said', () => {
    const files = ['/usr/bin/code', '/my/code'];
    const find = (VSCODE_PATH: string) =>
      findDesktopVscode(machine('linux', { VSCODE_PATH, PATH: '/usr/bin' }, ...files));
    assert.equal(find('/my/code'), '/my/code');
    assert.equal(find(''), undefined);
    assert.throws(() => find('/gone/code'), /VSCODE_PATH names \/gone\/code, which does not exist/);
  });
});
