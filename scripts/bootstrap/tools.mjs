import { provideBrowser } from './browser.mjs';
import { versions } from './versions.mjs';
import { provideVscodeServer } from './vscodeServer.mjs';

/**
 * What drives a real VS Code without hands.
 * @typedef {object} Tools
 * @property {string} vscodeServer the folder that holds `out/server-main.js`
 * @property {import('./browser.mjs').Browser} browser
 */

/**
 * Fetches the tools where they are missing and leaves them in `ASK_OPENROUTER_TOOLS` for the tests.
 * @param {{ package: string, version: string }} [vscode] which VS Code
 * @returns {Promise<Tools>}
 */
export async function provideTools(vscode = versions.vscode) {
  const tools = { vscodeServer: await provideVscodeServer(vscode), browser: await provideBrowser() };
  process.env.ASK_OPENROUTER_TOOLS = JSON.stringify(tools);
  return tools;
}
