import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * esbuild plugin: `import copy from 'codicon:copy'` gives that icon of @vscode/codicons as data
 * (`{ viewBox, paths: [{ d, fillRule? }] }`), so that a page carries the dozen icons it shows and not
 * the whole font.
 */
export const codicons = {
  name: 'codicons',
  setup(build) {
    let sprite;
    build.onResolve({ filter: /^codicon:/ }, ({ path }) => ({ path: path.slice(8), namespace: 'codicon' }));
    build.onLoad({ filter: /.*/, namespace: 'codicon' }, ({ path: name }) => {
      sprite ??= readFileSync(
        createRequire(`${process.cwd()}/`).resolve('@vscode/codicons/dist/codicon.svg'),
        'utf8',
      );
      return { contents: JSON.stringify(readIcon(sprite, name)), loader: 'json' };
    });
  },
};

function readIcon(sprite, name) {
  const symbol = new RegExp(`<symbol([^>]*\\sid="${name}"[^>]*)>(.*?)</symbol>`, 's').exec(sprite);
  if (!symbol) throw new Error(`@vscode/codicons has no icon ${name}`);
  const attribute = (text, key) => new RegExp(`\\s${key}="([^"]*)"`).exec(text)?.[1];
  const shapes = symbol[2].match(/<[a-z]+/g) ?? [];
  if (shapes.some(shape => shape !== '<path')) throw new Error(`Icon ${name} has more than paths`);
  const paths = [...symbol[2].matchAll(/<path([^>]*?)\/?>/g)].map(([, attributes]) => ({
    d: attribute(attributes, 'd'),
    fillRule: attribute(attributes, 'fill-rule'),
  }));
  return { viewBox: attribute(symbol[1], 'viewBox'), paths };
}
