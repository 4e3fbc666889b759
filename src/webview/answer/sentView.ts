import { html, nothing, type TemplateResult } from 'lit';
import { allLineNumbers, placeText, scopeText } from '../../core/chat/codeParts';
import type { Sent } from '../../core/chat/conversation';
import { describeParameters } from '../../core/chat/requestParameters';
import { contextHeads } from '../../core/prompts/messages';
import { formatCount } from '../shared/figures';

/** "1 earlier turn" */
export const earlierTurns = (count: number): string =>
  count === 1 ? '1 earlier turn' : `${formatCount(count)} earlier turns`;

/** What was sent: one line, which opens to all of it. */
export function sentView(sent: Sent, onToggle: (event: Event) => void): TemplateResult {
  const { prompt, code, parameters, systemPrompt } = sent;
  const place = code ? `${placeText(code)}:${allLineNumbers(code)}` : undefined;
  const earlier = sent.earlierTurns > 0 ? `with ${earlierTurns(sent.earlierTurns)}` : undefined;
  return html`<details class="fold" data-part="sent" @toggle=${onToggle}>
    <summary><span class="fold-name">Sent</span> ${
      place
        ? html`<span class="place" title=${place}>${place}</span> <span class="scope">(${code ? scopeText(code) : ''})</span> `
        : nothing
    }${earlier ? html`<span class="earlier">${earlier}</span>` : nothing}</summary>
    <div class="fold-body">
      <div class="prompt" dir="auto">${prompt}</div>
      ${code ? html`<div class="sent-code"></div>` : nothing}
      ${(code?.context ?? []).map(
        ({
          kind,
          text,
        }) => html`<div data-part="sent-context" data-value=${kind}><div class="fold-note">${contextHeads[kind]}</div>
        <pre class="arguments" dir="ltr" tabindex="0" role="group" aria-label=${contextHeads[kind]}>${text}</pre></div>`,
      )}
      <div class="fold-note">${[...describeParameters(parameters), ...(earlier ? [earlier] : []), ...(sent.isCompressionOff ? ['context compression off'] : [])].join(', ')}</div>
      <div class="fold-note">System prompt: ${systemPrompt}</div>
    </div>
  </details>`;
}
