import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

suite('third-party notices', () => {
  let folder: string;

  suiteSetup(function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), 'notices-'));
    execFileSync(process.execPath, ['esbuild.mjs', '--dev', '--out', folder], { stdio: 'pipe' });
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  test('name every bundled package with its version and the text of its licence', () => {
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const packages = bundledPackages(folder);
    assert.ok(packages.length > 10, packages.join());
    for (const name of packages) {
      const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
      assert.ok(notices.includes(`\n${name} ${version} (`), `${name} ${version} is not named`);
      const folder = join('node_modules', name);
      const licence = readdirSync(folder).find(file => /^licen[cs]e/i.test(file)) ?? '';
      const text = readFileSync(join(folder, licence), 'utf8').trim();
      assert.ok(notices.includes(text), `the licence of ${name} is missing`);
    }
  });

  test('name the icons, which are bundled one by one', () => {
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    assert.match(notices, /^@vscode\/codicons \S+ \(CC-BY-4\.0\)$/m);
    assert.match(notices, /Creative Commons Attribution 4\.0/i);
  });

  test('are packed', () => {
    assert.match(readFileSync('.vscodeignore', 'utf8'), /^!dist\/THIRD-PARTY-NOTICES\.txt$/m);
  });
});

/** What the readable bundles themselves say: esbuild writes each file's path before its code. */
function bundledPackages(folder: string): readonly string[] {
  const names = globSync(join(folder, '**', '*.js')).flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(
      match => match[1] ?? '',
    ),
  );
  return [...new Set(names)];
}
