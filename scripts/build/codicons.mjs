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
    const { resolve } = createRequire(`${process.cwd()}/`);
    build.onResolve({ filter: /^codicon:/ }, ({ path }) => ({ path: path.slice(8), namespace: 'codicon' }));
    build.onLoad({ filter: /.*/, namespace: 'codicon' }, ({ path: name }) => {
      // The sprite lacks a few of the icons that stand beside it as files.
      const file = resolve(`@vscode/codicons/src/icons/${name}.svg`);
      return { contents: JSON.stringify(readIcon(readFileSync(file, 'utf8'), name)), loader: 'json' };
    });
  },
};

/**
 * @param {string} svg
 * @param {string} name
 */
function readIcon(svg, name) {
  const [, head = '', body = ''] = /<svg([^>]*)>(.*)<\/svg>/s.exec(svg) ?? [];
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
