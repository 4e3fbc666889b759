import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import type { Answer } from '../../core/chat/answer';
import type { Routing, RoutingAttempt, RoutingStage } from '../../core/chat/routing';
import { stageName } from '../../core/chat/routingText';
import { formatDuration } from '../shared/figures';

type Part = TemplateResult | typeof nothing;

/** How OpenRouter handled the request: one line, which opens to all that it told. */
export function routingView({ routing, usage }: Answer): Part {
  if (!routing) return nothing;
  const { summary, attempts = [], stages = [] } = routing;
  return html`<details class="fold" data-part="routing">
    <summary><span class="fold-name">Routing</span> <span class="scope">${summary ?? nothing}</span></summary>
    <div class="fold-body">
      ${summary === undefined ? nothing : html`<div data-part="routing-summary" dir="auto">${summary}</div>`}
      ${list('Providers that were asked', attempts.map(attemptItem))}
      ${list('On the way', stages.map(stageItem))}
      <dl class="routing-facts">${facts(routing, usage?.completionTokens)}</dl>
    </div>
  </details>`;
}

function list(title: string, items: readonly TemplateResult[]): Part {
  if (items.length === 0) return nothing;
  return html`<div class="fold-note">${title}</div><ol class="routing-list">${items}</ol>`;
}

function attemptItem({ provider = 'unknown', model, status, latencyMs }: RoutingAttempt): TemplateResult {
  const end = status === undefined ? undefined : `${status < 400 ? 'answered' : 'failed'} (${status})`;
  const time = latencyMs === undefined ? undefined : `after ${formatDuration(latencyMs)}`;
  const parts = [provider, model, [end, time].filter(Boolean).join(' ')].filter(Boolean);
  return html`<li data-part="attempt" data-value=${status ?? nothing} dir="auto">${parts.join(' · ')}</li>`;
}

function stageItem(stage: RoutingStage): TemplateResult {
  const { type, summary, costUsd, guardrailId, guardrailScope } = stage;
  const about = [guardrailScope, guardrailId].filter(Boolean).join(' ');
  return html`<li data-part="stage" data-value=${type} dir="auto">${stageName(stage)}${about ? ` (${about})` : nothing}${
    summary === undefined ? nothing : `: ${summary}`
  }${
    costUsd === undefined
      ? nothing
      : html` <span class="stage-fee">fee <span data-part="stage-fee" data-value=${costUsd}>$${costUsd}</span></span>`
  }</li>`;
}

function facts(routing: Routing, tokens: number | undefined): readonly Part[] {
  const { strategy, endpoints, attempt, region, serviceTier, quantization, generationMs } = routing;
  return [
    fact('strategy', 'Model chosen', strategy),
    fact('endpoints', 'Endpoints that could serve', endpoints),
    fact('attempt-number', 'Attempt at a provider', attempt),
    fact('routing-region', 'Region', region),
    fact('routing-tier', 'Service tier', serviceTier),
    fact('quantization', 'Quantization', quantization),
    fact('generation-time', 'Generation time', generationMs, generationText(generationMs, tokens)),
  ];
}

function fact(part: string, label: string, value: string | number | undefined, text = `${value}`): Part {
  if (value === undefined) return nothing;
  return html`<div><dt>${label}</dt><dd data-part=${part} data-value=${value} dir="auto">${text}</dd></div>`;
}

/** With the speed that it gives: neither the network nor the waits of this machine count. */
function generationText(ms: number | undefined, tokens: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const time = `${formatDuration(ms)} (${formatCount(ms)} ms)`;
  if (!ms || !tokens) return time;
  return `${time}, ${formatCount(Math.round((tokens * 1000) / ms))} tokens/s`;
}
