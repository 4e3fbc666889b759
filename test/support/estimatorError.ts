import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatMessage } from '../../src/core/chat/chatClient';
import { tokenizerFamily } from '../../src/core/models/tokenizerFamily';
import type { PromptCount } from '../../src/core/money/estimate';
import { correctEstimate, estimatePromptTokens, quantile } from '../../src/core/money/estimate';

/** One recorded request of text, with what its provider really counted. */
interface Sample extends PromptCount {
  readonly family: string;
}

/** |estimate − real| / real over all samples. */
export interface ErrorFigures {
  readonly median: number;
  readonly p90: number;
}

export interface EstimatorError {
  readonly samples: number;
  readonly before: ErrorFigures;
  /** Each sample corrected by the others of its model, else of its family, as the ledger would. */
  readonly after: ErrorFigures;
}

/** How far the input estimate is off, over the recorded traffic in `folder`; the data of `npm run bench`. */
export function estimatorError(folder: string): EstimatorError {
  const tokenizers = readTokenizers(folder);
  const samples = globSync('*.json', { cwd: folder })
    .filter(name => name !== 'models-catalogue.json')
    .flatMap(name => toSample(readJson(join(folder, name)), tokenizers));
  return {
    samples: samples.length,
    before: figures(samples.map(sample => errorOf(sample, sample.estimatedPromptTokens))),
    after: figures(samples.map(sample => errorOf(sample, corrected(sample, samples)))),
  };
}

function corrected(sample: Sample, samples: readonly Sample[]): number {
  const others = samples.filter(other => other !== sample);
  return correctEstimate(
    sample.estimatedPromptTokens,
    others.filter(other => other.model === sample.model),
    others.filter(other => other.family === sample.family),
  ).tokens;
}

function errorOf({ promptTokens }: Sample, estimate: number): number {
  return Math.abs(estimate - promptTokens) / promptTokens;
}

function figures(errors: readonly number[]): ErrorFigures {
  return { median: quantile(errors, 0.5) ?? 0, p90: quantile(errors, 0.9) ?? 0 };
}

interface Body {
  readonly model?: unknown;
  readonly messages?: unknown;
  readonly tools?: unknown;
}

interface Exchange {
  readonly request: { readonly body: Body | null };
  readonly response: { readonly body: string };
}

function toSample(exchange: Exchange, tokenizers: ReadonlyMap<string, string>): readonly Sample[] {
  const { model, messages, tools } = exchange.request.body ?? {};
  const promptTokens = Number(/"prompt_tokens":\s*(\d+)/.exec(exchange.response.body)?.[1] ?? 0);
  const texts = Array.isArray(messages) ? messages.map(toText) : [];
  if (typeof model !== 'string' || promptTokens === 0 || !texts.every(text => text !== undefined)) return [];
  // The extension sends no tools; recorded ones are part of what was counted, as the JSON they are.
  const contents = tools === undefined ? texts : [...texts, JSON.stringify(tools)];
  const asked: readonly ChatMessage[] = contents.map(content => ({ role: 'user', content }));
  const family = tokenizerFamily({ id: model, tokenizer: tokenizers.get(model) });
  return asked.length === 0
    ? []
    : [{ model, family, promptTokens, estimatedPromptTokens: estimatePromptTokens(asked, family) }];
}

/** All text of a message; `undefined` when it holds anything else, which is counted by other rules. */
function toText(message: Readonly<Record<string, unknown>>): string | undefined {
  const { content, tool_calls: toolCalls } = message;
  const calls = toolCalls === undefined ? '' : JSON.stringify(toolCalls);
  if (content === null || content === undefined) return calls;
  if (typeof content === 'string') return content + calls;
  if (!Array.isArray(content) || content.some(part => part.type !== 'text')) return undefined;
  return content.map(part => part.text).join('\n') + calls;
}

function readTokenizers(folder: string): ReadonlyMap<string, string> {
  const { data } = readJson<{ data: readonly { id: string; architecture: { tokenizer: string } }[] }>(
    join(folder, 'models-catalogue.json'),
  );
  return new Map(data.map(({ id, architecture }) => [id, architecture.tokenizer]));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
