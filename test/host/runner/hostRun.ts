import type { Certified } from '../../support/network/certificates';

/** The variable by which the outer process tells the extension host what to run. */
export const runVariable = 'ASK_OPENROUTER_HOST_RUN';

/** Begins every line of mocha's report: the console also carries what VS Code itself has to say. */
export const reportMark = '▏';

/** Travels as JSON in {@link runVariable}. */
export interface HostRun {
  /** Glob of the compiled test files. */
  readonly files: string;
  /** Only tests whose title contains it. */
  readonly only?: string;
  /** Where the totals go. */
  readonly resultFile: string;
  /** For {@link certifiedHost}, from an authority that is in this VS Code's system store. */
  readonly certified: Certified;
}

/** A name that no server in the world has. */
export const certifiedHost = 'openrouter.test';

/** Inside the extension host: what the outer process tells it. */
export const readHostRun = (): HostRun => JSON.parse(process.env[runVariable] ?? '') as HostRun;

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
