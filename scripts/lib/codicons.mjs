import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * esbuild plugin: `import copy from 'codicon:copy'` gives that icon of @vscode/codicons as data
 * (`{ viewBox, paths: [{ d, fillRule? }] }`), so that a page carries the dozen icons it shows and not
 * the whole font.
 * @type {import('esbuild').Plugin}
 */
export const codicons = {
  name: 'codicons',
  setup(build) {
    /** @type {string | undefined} */
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

/**
 * @param {string} sprite
 * @param {string} name
 */
function readIcon(sprite, name) {
  const symbol = new RegExp(`<symbol([^>]*\\sid="${name}"[^>]*)>(.*?)</symbol>`, 's').exec(sprite);
  if (!symbol) throw new Error(`@vscode/codicons has no icon ${name}`);
  const [, head = '', body = ''] = symbol;
  const shapes = body.match(/<[a-z]+/g) ?? [];
  if (shapes.some(shape => shape !== '<path')) throw new Error(`Icon ${name} has more than paths`);
  const paths = [...body.matchAll(/<path([^>]*?)\/?>/g)].map(([, attributes = '']) => ({
    d: attribute(attributes, 'd'),
    fillRule: attribute(attributes, 'fill-rule'),
  }));
  return { viewBox: attribute(head, 'viewBox'), paths };
}

/**
 * @param {string} text
 * @param {string} key
 */
const attribute = (text, key) => new RegExp(`\\s${key}="([^"]*)"`).exec(text)?.[1];
