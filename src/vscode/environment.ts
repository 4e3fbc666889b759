import type { Environment } from '../app/ports';

/** What is used of Node's `process`; a browser's extension host has none. */
interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export const processEnvironment: Environment = {
  openRouterKey() {
    const process: Process | undefined = Reflect.get(globalThis, 'process');
    return process?.env?.OPENROUTER_API_KEY?.trim() || undefined;
  },
};
