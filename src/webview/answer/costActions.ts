import { html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../../core/chat/answer';
import type { Turn } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';
import type { CostExplanation } from '../../core/usage/costExplanation';
import { icons } from '../shared/icons';

/** The buttons of a turn that say why it cost what it did, and lead to OpenRouter's own record and to what it sent. */
export function costActions({ id, answer }: Turn, isExplained: boolean): TemplateResult {
  return html`${
    answer.cost === undefined
      ? nothing
      : html`<button class="icon-button" data-part="explain-cost" aria-label="Explain cost" title="Explain Cost"
          aria-expanded=${isExplained} aria-controls=${explanationId(id)}>${icons.explainCost}</button>`
  }${
    answer.generationId === undefined
      ? nothing
      : html`<button class="icon-button" data-part="open-in-openrouter" aria-label="Open in OpenRouter"
          title="Open in OpenRouter">${icons.linkExternal}</button>`
  }${
    hasResponse(answer)
      ? html`<button class="icon-button" data-part="raw-response" aria-label="Show raw response"
          title="Show Raw Response">${icons.response}</button>`
      : nothing
  }`;
}

/** Of a request that never left there is none. */
const hasResponse = ({ status, ending }: Answer): boolean =>
  status !== 'streaming' && !isUnsent(ending?.failure?.kind);

/** The explanation of a turn's cost, once it was asked for. */
export function costExplanation(
  { id }: Turn,
  isExplained: boolean,
  explanation: CostExplanation | undefined,
): TemplateResult {
  return html`<div id=${explanationId(id)}>${
    isExplained ? html`<ask-cost-breakdown .explanation=${explanation}></ask-cost-breakdown>` : nothing
  }</div>`;
}

const explanationId = (turnId: string): string => `explanation-${turnId}`;
