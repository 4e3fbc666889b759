import { loadBundled } from './project.mjs';

/**
 * What the extension talks to.
 * @typedef {object} Service
 * @property {string} name for the user
 * @property {string} [baseUrl] undefined: the extension's default, the real OpenRouter
 * @property {string} [demoModel] undefined: the extension's default, which is free
 * @property {Record<string, string>} settings VS Code user settings that point the extension at it
 * @property {string} apiKey
 * @property {string} keyAdvice completes "set the key and …"
 * @property {() => Promise<void>} dispose
 */

/** Fast enough for a demonstration and slow enough to be seen. */
const tokensPerSecond = 80;

/**
 * The real OpenRouter when `OPENROUTER_API_KEY` is set, else a simulator on this machine.
 * @returns {Promise<Service>}
 */
export async function connectService() {
  const apiKey = process.env.OPENROUTER_API_KEY;
  if (apiKey) {
    const keyAdvice = 'paste the key that is in OPENROUTER_API_KEY';
    return { name: 'the real OpenRouter', settings: {}, apiKey, keyAdvice, dispose: async () => {} };
  }
  const { startSimulator } = await loadBundled('test/support/simulator/index');
  const simulator = await startSimulator({ tokensPerSecond, listsTiers: true });
  return {
    name: `a simulator of OpenRouter at ${simulator.url} (set OPENROUTER_API_KEY for the real one)`,
    baseUrl: simulator.url,
    // The simulator bills nobody: a paid model shows what an answer costs.
    demoModel: 'openai/gpt-4o-mini',
    settings: { 'askOpenRouter.baseUrl': simulator.url },
    apiKey: simulatorKey,
    keyAdvice: `paste ${simulatorKey}`,
    dispose: () => simulator.dispose(),
  };
}

/** A key that the simulator accepts. */
export const simulatorKey = 'sk-or-v1-simulator';
