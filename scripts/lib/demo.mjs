import { join } from 'node:path';
import { provideTools } from '../bootstrap/tools.mjs';
import { ExpectedError } from './errors.mjs';
import { step } from './progress.mjs';
import { loadBundled, vsixFile } from './project.mjs';

/**
 * Drives one whole request in a VS Code without a window and prints what came of it.
 * @param {import('./service.mjs').Service} service
 */
export async function runDemo({ name, baseUrl, apiKey, demoModel }) {
  await provideTools();
  const { runDemo: drive } = await loadBundled('test/support/workbench/demo');
  const screenshot = join(process.cwd(), 'out', 'demo.png');
  const vsix = join(process.cwd(), vsixFile);
  const result = await step(`Asking ${name}`, () =>
    drive({ vsix, baseUrl, apiKey, screenshot, model: demoModel }),
  );
  console.log(`
Prompt      ${indent(result.prompt)}

Answer      ${indent(result.answer)}

Model       ${result.model}
Tokens      ${result.tokensIn} in, ${result.tokensOut} out
Cost        ${result.cost} (${result.costState})
Screenshot  ${screenshot}`);
  if (result.status !== 'completed') {
    throw new ExpectedError(`The request ended as "${result.status}". ${result.error}`.trim());
  }
}

/** @param {string} text */
const indent = text => text.replaceAll('\n', `\n${' '.repeat(12)}`);
