import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  contextKeys,
  internalCommands,
  settings,
  settingsSection,
  walkthroughId,
} from '../../../src/ids';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
};
const [walkthrough] = contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];
const known = new Set<string>([
  ...Object.values(commands),
  ...Object.values(internalCommands),
  ...Object.values(contextKeys),
  ...Object.values(settings).map(key => `${settingsSection}.${key}`),
]);

suite('the walkthrough', () => {
  test('goes from signing in to comparing models', () => {
    assert.equal(walkthrough?.id, walkthroughId);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['signIn', 'model', 'explain', 'cost', 'limit', 'compare'],
    );
  });

  for (const { id, description, media, completionEvents } of steps) {
    test(`step ${id} checks itself, and leads to what there is`, () => {
      const links = [...description.matchAll(/\(command:(askOpenRouter\.\w+)\)/g)].map(([, name]) => name);
      const events = completionEvents.map(event => /^on\w+:(.+)$/.exec(event)?.[1]);
      assert.ok(events.length > 0);
      for (const name of [...links, ...events]) {
        assert.ok(name !== undefined && known.has(name), name);
      }
    });

    test(`step ${id} has a picture of our own in the theme's colours`, () => {
      assert.ok(existsSync(join(process.cwd(), media.svg)), media.svg);
      const picture = readFileSync(media.svg, 'utf8');
      assert.match(picture, /^<svg /);
      assert.doesNotMatch(picture, /<script|href=|url\(|#[0-9a-f]{6}/i);
      assert.ok(media.altText.length > 10);
      // Themes of strong contrast have no colour of their own for these.
      assert.doesNotMatch(
        picture,
        /var\(--vscode-(list-activeSelectionForeground|editor-selectionForeground)\)/,
      );
    });
  }
});
