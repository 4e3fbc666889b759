import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { projectFolder } from '../workbench/tools';

/** A page's script and style sheet as the extension ships them. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

const pluginFile = pathToFileURL(join(projectFolder, 'scripts', 'lib', 'codicons.mjs')).href;
const bundles = new Map<string, Promise<PageBundle>>();

/** Builds `src/webview/<name>/main.ts`, once per run. */
export function bundlePage(name: string): Promise<PageBundle> {
  const bundle = bundles.get(name) ?? buildPage(name);
  bundles.set(name, bundle);
  return bundle;
}

async function buildPage(name: string): Promise<PageBundle> {
  const { codicons } = (await import(pluginFile)) as { readonly codicons: Plugin };
  const { outputFiles } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [`src/webview/${name}/main.ts`],
    outdir: 'out/page',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'chrome132',
    plugins: [codicons],
  });
  const textOf = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
