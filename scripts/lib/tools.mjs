import { provideBrowser } from './browser.mjs';
import { provideVscodeServer } from './vscode.mjs';

/**
 * What drives a real VS Code without hands.
 * @typedef {object} Tools
 * @property {string} vscodeServer the folder that holds `out/server-main.js`
 * @property {import('./browser.mjs').Browser} browser
 */

/**
 * Fetches the tools where they are missing and leaves them in `ASK_OPENROUTER_TOOLS` for the tests.
 * @returns {Promise<Tools>}
 */
export async function provideTools() {
  const tools = { vscodeServer: await provideVscodeServer(), browser: await provideBrowser() };
  process.env.ASK_OPENROUTER_TOOLS = JSON.stringify(tools);
  return tools;
}
