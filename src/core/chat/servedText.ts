import type { Turn } from './conversation';
import type { RoutingAttempt } from './routing';

/** That another model, or another provider, answered than the one asked for. */
export interface ServedInstead {
  readonly asked: string;
  readonly served: string;
  /** One sentence, with the reason as far as OpenRouter tells it. */
  readonly sentence: string;
}

/**
 * Said when a fallback answered. A router, an alias and the dated name of the model asked for are no other model, and
 * which of several providers serves is OpenRouter's choice unless the request names some.
 */
export function servedInstead(turn: Turn): ServedInstead | undefined {
  return otherModel(turn) ?? otherProvider(turn);
}

function otherModel({ sent, answer }: Turn): ServedInstead | undefined {
  const { model: asked, fallbackModels = [] } = sent.parameters;
  const { servedModel: served, routing } = answer;
  if (served === undefined || isNameOf(served, asked)) return undefined;
  const isFallback = routing?.strategy === 'fallback' || fallbackModels.some(id => isNameOf(served, id));
  if (!isFallback) return undefined;
  const failed = (routing?.attempts ?? []).filter(
    ({ model, status }) => isFailure(status) && (model === undefined || !isNameOf(served, model)),
  );
  return {
    asked,
    served,
    sentence: `You asked for ${asked}, ${served} answered, ${because(failed, asked)}.`,
  };
}

function otherProvider({ sent, answer }: Turn): ServedInstead | undefined {
  const [asked] = sent.parameters.provider?.order ?? [];
  const { provider: served, routing } = answer;
  if (asked === undefined || served === undefined || isSameProvider(served, asked)) return undefined;
  const failed = (routing?.attempts ?? []).filter(
    ({ provider, status }) => isFailure(status) && provider !== served,
  );
  if (failed.length === 0) return undefined;
  return {
    asked,
    served,
    sentence: `You asked for ${asked}, ${served} answered, ${because(failed, asked)}.`,
  };
}

const isFailure = (status: number | undefined): boolean => status !== undefined && status >= 400;

function because(failed: readonly RoutingAttempt[], asked: string): string {
  if (failed.length === 0) return `because ${asked} could not answer; OpenRouter does not say why`;
  const reasons = failed.map(
    ({ provider, status }) => `${provider ?? asked} ${statusWords(status)} (${status})`,
  );
  return `because ${[...new Set(reasons)].join(' and ')}`;
}

function statusWords(status = 0): string {
  if (status === 402) return 'could not be paid for';
  if (status === 403 || status === 451) return 'refused';
  if (status === 404) return 'does not serve it';
  if (status === 408 || status === 504) return 'took too long';
  if (status === 413) return 'cannot take so long a prompt';
  if (status === 429) return 'limits its requests';
  return status >= 500 ? 'failed' : 'did not accept the request';
}

/** `a/b-2026-01-01` and `a/b:nitro` are names of `a/b`; `a/b-mini` is not. */
function isNameOf(served: string, id: string): boolean {
  const [name, base] = [withoutSuffix(served), withoutSuffix(id)];
  if (name === base) return true;
  return name.startsWith(`${base}-`) && /^-\d[\d-]*$/.test(name.slice(base.length));
}

const withoutSuffix = (id: string): string => id.replace(/^~/, '').split(':')[0] ?? '';

/** OpenRouter tells names to show, requests name slugs: `Amazon Bedrock` is `amazon-bedrock`. */
function isSameProvider(shown: string, slug: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const base = slug.split('/')[0] ?? '';
  return plain(base).startsWith(plain(shown)) || plain(shown).startsWith(plain(base));
}
