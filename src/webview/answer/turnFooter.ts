import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import { type Answer, tokensPerSecond } from '../../core/chat/answer';
import { totalCost, totalTokens } from '../../core/chat/answerTotals';
import type { Turn } from '../../core/chat/conversation';
import { costSoFar } from '../../core/chat/costSoFar';
import { isUnsent } from '../../core/chat/failure';
import { specialRegion, specialTier } from '../../core/chat/routing';
import type { SentEstimate } from '../../core/money/sentEstimate';
import type { Usage } from '../../core/money/usage';
import { formatDuration } from '../shared/figures';
import { postToHost } from '../shared/pageEvents';
import { finishInWords, shortUsd, toCostView } from './figures';

type Part = TemplateResult | typeof nothing;

/** The quiet line below an answer: who answered, what was used, what it cost. */
export function turnFooter({ id, sent, answer, estimate }: Turn): TemplateResult {
  return html`<footer class="meta"><div class="meta-parts">
    <span class="item"><span data-part="status" data-value=${answer.status}>${answer.status}</span></span>
    ${costPart(answer, estimate)}
    ${modelPart(id, sent.parameters.model, answer)}
    ${servicePart('tier', 'tier', answer.routing?.serviceTier, specialTier(answer.routing))}
    ${servicePart('region', 'region', answer.routing?.region, specialRegion(answer.routing))}
    ${servicePart('served-quantization', 'quantization', answer.routing?.quantization, answer.routing?.quantization)}
    ${requestsPart(answer)}
    ${tokensPart(totalTokens(answer))}
    ${finishPart(answer)}
    ${speedPart(answer)}
    ${
      answer.generationId
        ? html`<code class="item" data-part="generation-id" title="OpenRouter's id of this answer">${answer.generationId}</code>`
        : nothing
    }
  </div></footer>`;
}

function costPart(answer: Answer, estimate: SentEstimate | undefined): Part {
  const view = toCostView(answer);
  if (!view) {
    return answer.status === 'streaming' ? runningCost(answer, estimate) : nothing;
  }
  const label = view.usd === undefined ? 'cost ' : nothing;
  return html`<span class="item cost">${label}<span
      data-part="cost" data-value=${view.usd ?? nothing}>${view.text}</span>
    <span data-part="cost-state" data-value=${view.state}
      class=${view.isPlain ? 'visually-hidden' : ''} aria-hidden=${view.isPlain ? 'true' : nothing}
      >${view.state}</span>${view.hint ?? nothing}</span>`;
}

/** The estimated cost so far; the billed figure replaces it at the end. */
function runningCost(answer: Answer, estimate: SentEstimate | undefined): Part {
  const title = 'The cost is known at the end';
  if (answer.spending) {
    const { usd, capUsd } = answer.spending;
    const before = totalCost(answer)?.usd;
    return html`<span class="item cost" title=${title}>≈ $<span data-part="cost-so-far" data-value=${usd}>${shortUsd(usd)}</span> of at most $<span
      data-part="cost-cap" data-value=${capUsd}>${shortUsd(capUsd)}</span> so far, estimated${
        before === undefined ? nothing : html` (after $${shortUsd(before)})`
      }</span>`;
  }
  const usd = estimate && costSoFar(answer, estimate);
  return usd === undefined
    ? html`<span class="item cost" title=${title}>cost …</span>`
    : html`<span class="item cost" title=${title}>≈ $<span data-part="cost-so-far" data-value=${usd}>${usd}</span> so far, estimated</span>`;
}

function modelPart(turnId: string, asked: string, { servedModel, provider }: Answer): Part {
  const differs = servedModel !== undefined && servedModel !== asked;
  return html`<span class="item"><button type="button" class="link" data-part="model" data-value=${servedModel ?? asked} title="Show this model"
      @click=${({ currentTarget }: Event) => currentTarget && postToHost(currentTarget, { type: 'showModel', turnId })}
      >${servedModel ?? asked}</button>${
        provider ? html` via <span data-part="provider" data-value=${provider}>${provider}</span>` : nothing
      }${differs ? html` <span>(asked: ${asked})</span>` : nothing}</span>`;
}

/** Shown when it is not the ordinary one; else there, hidden, for those who read the page by its hooks. */
function servicePart(part: string, word: string, known?: string, special?: string): Part {
  if (known === undefined) return nothing;
  return special === undefined
    ? html`<span hidden data-part=${part} data-value=${known}>${known}</span>`
    : html`<span class="item">${word} <span data-part=${part} data-value=${special}>${special}</span></span>`;
}

/** Several, when some went on with what others had begun. */
function requestsPart({ earlier }: Answer): Part {
  const count = (earlier?.length ?? 0) + 1;
  return count === 1
    ? nothing
    : html`<span class="item"><span data-part="requests" data-value=${count}>${count}</span> requests</span>`;
}

function tokensPart(usage: Usage | undefined): Part {
  if (usage?.promptTokens === undefined && usage?.completionTokens === undefined) return nothing;
  const { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens } = usage;
  return html`${
    promptTokens === undefined
      ? nothing
      : html`<span class="item">in ${count('tokens-in', promptTokens)}${ofWhich(
          ['tokens-cached', cachedTokens, 'cached'],
          ['tokens-cache-write', cacheWriteTokens, 'written to the cache'],
        )}</span>`
  }${
    completionTokens === undefined
      ? nothing
      : html`<span class="item">out ${count('tokens-out', completionTokens)}${ofWhich([
          'tokens-reasoning',
          reasoningTokens,
          'reasoning',
        ])}</span>`
  }`;
}

const count = (part: string, tokens: number): TemplateResult =>
  html`<span data-part=${part} data-value=${tokens}>${formatCount(tokens)}</span>`;

/** A known zero is not worth showing; it is there, hidden, for those who read the page by its hooks. */
function ofWhich(
  ...parts: readonly (readonly [part: string, tokens: number | undefined, word: string])[]
): Part {
  const known = parts.flatMap(([part, tokens, word]) =>
    tokens === undefined ? [] : [{ part, tokens, word }],
  );
  const more = known.filter(({ tokens }) => tokens > 0);
  const zeros = known.filter(({ tokens }) => tokens === 0);
  return html`${
    more.length === 0
      ? nothing
      : html` (of which ${more.map(({ part, tokens, word }, index) => html`${index > 0 ? ', ' : nothing}${count(part, tokens)} ${word}`)})`
  }${zeros.map(({ part }) => html`<span hidden data-part=${part} data-value="0">0</span>`)}`;
}

function finishPart({ finishReason, nativeFinishReason, ending }: Answer): Part {
  if (ending?.moneyStop)
    return html`<span class="item">stopped at your limit (<span data-part="finish" data-value="cost_limit">cost_limit</span>)</span>`;
  if (finishReason === undefined) return nothing;
  const differs = nativeFinishReason !== undefined && nativeFinishReason !== finishReason;
  return html`<span class="item" title="Why the model stopped: the plain words, then OpenRouter's and the provider's own"
    >${finishInWords(finishReason)} (<span data-part="finish" data-value=${finishReason}>${finishReason}</span>${
      differs ? html` / ${nativeFinishReason}` : nothing
    })</span>`;
}

function speedPart(answer: Answer): Part {
  const { ending } = answer;
  if (!ending || isUnsent(ending.failure?.kind)) return nothing;
  const speed = tokensPerSecond(answer);
  return html`${
    speed === undefined
      ? nothing
      : html`<span class="item" data-part="speed" data-value=${speed.toFixed(1)}>${formatCount(Math.round(speed))} tokens/s</span>`
  }<span class="item" data-part="duration" data-value=${ending.durationMs}>${
    ending.ttftMs === undefined ? nothing : html`first token ${formatDuration(ending.ttftMs)}, `
  }total ${formatDuration(ending.durationMs)}</span>`;
}
