import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Security finding 16. */
suite('the security policy', () => {
  test('says where a hole is reported in private, and readers of the README find it', () => {
    const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
    const address = `${repository.url.replace(/\.git$/, '')}/security/advisories/new`;
    assert.ok(readFileSync('SECURITY.md', 'utf8').includes(`](${address})`), address);
    assert.match(readFileSync('README.md', 'utf8'), /\]\(SECURITY\.md\)/);
  });
});
