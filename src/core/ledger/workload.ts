import type { Pico } from '../money/pico';

/** What rows are told apart by, because a price may depend on it. */
export interface WorkloadCuts {
  /** Ascending: rows whose prompts have more tokens than one of these stand apart from those that have not. */
  readonly promptTokens: readonly number[];
  /** Ascending, UTC: rows from one of these minutes of the day on stand apart from earlier ones. */
  readonly minutesOfDay: readonly number[];
  readonly byWeekday: boolean;
}

export const noCuts: WorkloadCuts = { promptTokens: [], minutesOfDay: [], byWeekday: false };

/** The sums of requests of one action that one model served; all lie between the same cuts. */
export interface Workload {
  readonly action: string;
  /** The one that served, or was asked for when none did. */
  readonly model: string;
  readonly requests: number;
  /** Of the request with the longest prompt. */
  readonly mostPromptTokens: number;
  /** Epoch ms of the earliest. */
  readonly atMs: number;
  /** Includes `cachedTokens` and `cacheWriteTokens`. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  /** Includes `reasoningTokens`, which never are more. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** What they cost together, billed or estimated. */
  readonly costPico: Pico;
  /** Σ of tokens in, and out without reasoning, squared and multiplied: how answers grow with prompts, and scatter. */
  readonly promptSquares: number;
  readonly promptTimesAnswer: number;
  readonly answerSquares: number;
}

/** What a period holds. */
export interface Workloads {
  readonly known: readonly Workload[];
  /** Requests whose cost or tokens are not known, or that still run. */
  readonly unknownRequests: number;
}

/** How long the answer to one request was. */
export interface AnswerLength {
  readonly action: string;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Includes `reasoningTokens`. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

/** Two parts of the same workload as one. */
export function addWorkloads(one: Workload, other: Workload): Workload {
  return {
    action: one.action,
    model: one.model,
    requests: one.requests + other.requests,
    mostPromptTokens: Math.max(one.mostPromptTokens, other.mostPromptTokens),
    atMs: Math.min(one.atMs, other.atMs),
    costPico: one.costPico + other.costPico,
    promptTokens: one.promptTokens + other.promptTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
    promptSquares: one.promptSquares + other.promptSquares,
    promptTimesAnswer: one.promptTimesAnswer + other.promptTimesAnswer,
    answerSquares: one.answerSquares + other.answerSquares,
  };
}
