import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
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
  readonly media: { readonly image: Readonly<Record<string, string>>; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
};
const folder = 'media/walkthrough';
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

    test(`step ${id} has a picture for each kind of theme`, () => {
      const { dark, light, ...contrast } = media.image;
      assert.ok(dark !== undefined && light !== undefined && dark !== light);
      assert.deepEqual(contrast, { hc: dark, hcLight: light });
      for (const path of [dark, light]) {
        const picture = readFileSync(path);
        assert.equal(picture.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n', path);
        const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
        assert.ok(width <= 640 && height <= 480, `${path}: ${width} × ${height} cannot be read`);
      }
      assert.ok(media.altText.length > 40);
    });
  }

  test('has no picture that no step shows, and none that makes the extension large', () => {
    const shown = steps.flatMap(({ media }) => Object.values(media.image));
    const kept = readdirSync(folder).map(name => `${folder}/${name}`);
    assert.deepEqual(kept.sort(), [...new Set(shown)].sort());
    const bytes = kept.map(path => statSync(path).size);
    assert.ok(bytes.reduce((sum, size) => sum + size, 0) <= 170_000, `${bytes}`);
  });
});
