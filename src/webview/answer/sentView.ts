import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import { allLineNumbers, placeText, scopeText } from '../../core/chat/codeParts';
import type { Sent } from '../../core/chat/conversation';
import { describeMasked } from '../../core/chat/maskedSecret';
import { codeFormatNames, codeFormats } from '../../core/chat/requestCode';
import { describeParameters } from '../../core/chat/requestParameters';
import { maskingNote } from '../../core/prompts/masking/maskingNote';
import { contextHeads } from '../../core/prompts/messages';
import { addedInShort, addedView } from './context/sentAdded';

/** "1 earlier turn" */
export const earlierTurns = (count: number): string =>
  count === 1 ? '1 earlier turn' : `${formatCount(count)} earlier turns`;

/** What `cache_control` asked for. */
const cacheMarkText = {
  write:
    'With cache_control at its end: the provider keeps the prompt for about 5 minutes, for the next question to read. Writing it costs more than plain input.',
  read: 'With cache_control where the question before ended: what the provider still keeps of it is read.',
} as const;

/** What was sent: one line, which opens to all of it. */
export function sentView(sent: Sent, onToggle: (event: Event) => void): TemplateResult {
  const { prompt, code, added = [], parameters, systemPrompt } = sent;
  const place = code ? `${placeText(code)}:${allLineNumbers(code)}` : undefined;
  const earlier = sent.earlierTurns > 0 ? `with ${earlierTurns(sent.earlierTurns)}` : undefined;
  return html`<details class="fold" data-part="sent" @toggle=${onToggle}>
    <summary><span class="fold-name">Sent</span> ${
      place
        ? html`<span class="place" title=${place}>${place}</span> <span class="scope">(${code ? scopeText(code) : ''})</span> `
        : nothing
    }${addedInShort(added)}${earlier ? html`<span class="earlier">${earlier}</span>` : nothing}</summary>
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
      ${addedView(added)}
      <div class="fold-note">${[...describeParameters(parameters), ...(earlier ? [earlier] : []), ...(sent.isCompressionOff ? ['context compression off'] : [])].join(', ')}</div>
      ${sent.cacheMark ? html`<div class="fold-note" data-part="cache-mark">${cacheMarkText[sent.cacheMark]}</div>` : nothing}
      ${maskedView(sent.masked)}
      <div class="fold-note">${systemPrompt === '' ? 'Without a system prompt' : html`System prompt: ${systemPrompt}`}</div>
      ${copyButtons}
    </div>
  </details>`;
}

/** What was masked: of each its kind and place, never the value. */
function maskedView(masked: Sent['masked']): TemplateResult | typeof nothing {
  if (!masked || masked.length === 0) return nothing;
  return html`<div class="fold-note" data-part="masked">Masked before sending: ${masked.map(describeMasked).join('; ')}. A placeholder left in the place of each, and below it the model was told: “${maskingNote}” What you see here and in the answer has the secrets in their places again.</div>`;
}

/** "cURL", "Python (openai)", …: the same request to be run elsewhere. */
const copyButtons = html`<div class="copy-request">
  <span>Copy as</span>
  ${codeFormats.map(
    format =>
      html`<button type="button" class="link" data-part="copy-request" data-value=${format}>${codeFormatNames[format]}</button>`,
  )}
</div>`;
