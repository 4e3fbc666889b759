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
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
