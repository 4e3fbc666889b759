import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import { projectFolder } from '../workbench/tools';
import { pageBrowser } from './browser';

declare global {
  interface Window {
    /** See `markdownRendering.ts`. */
    renderer: { renderPieces(pieces: readonly string[]): string };
  }
}

/** A browser tab with nothing but the renderer of Markdown in it, for thousands of answers. */
export async function openRendererTab(): Promise<Page> {
  const { codicons } = (await import(
    pathToFileURL(join(projectFolder, 'scripts', 'build', 'codicons.mjs')).href
  )) as { readonly codicons: Plugin };
  const { outputFiles } = await build({
    absWorkingDir: projectFolder,
    entryPoints: ['test/support/markdownRendering.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'renderer',
    target: 'chrome132',
    plugins: [codicons],
  });
  const page = await (await pageBrowser()).newPage();
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  return page;
}
