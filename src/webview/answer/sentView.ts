import { html, nothing, type TemplateResult } from 'lit';
import type { Sent, SentCode } from '../../core/chat/conversation';
import { formatCount } from './figures';

/** "selection", "symbol parse" or "whole file" */
const scopeInWords = ({ scope, symbolName }: SentCode): string =>
  scope === 'file' ? 'whole file' : scope === 'symbol' ? `symbol ${symbolName ?? ''}`.trim() : 'selection';

const lines = ({ startLine, endLine }: SentCode): string =>
  startLine === endLine ? `${startLine}` : `${startLine}–${endLine}`;

/** What was sent: one line of it always, all of it on demand. */
export function sentView(
  { prompt, code, model, maxTokens }: Sent,
  onToggle: (event: Event) => void,
): TemplateResult {
  const place = code ? `${code.path}:${lines(code)}` : undefined;
  return html`<details class="fold" data-part="sent" @toggle=${onToggle}>
    <summary><span class="fold-name">Sent</span> ${
      place
        ? html`<span class="place" title=${place}>${place}</span> <span class="scope">(${code ? scopeInWords(code) : ''})</span> `
        : nothing
    }<span class="gist">${prompt.trim().split('\n', 1)[0]}</span></summary>
    <div class="fold-body">
      <div class="prompt" dir="auto">${prompt}</div>
      ${code ? html`<div class="sent-code" data-language=${code.languageId}></div>` : nothing}
      <div class="fold-note">to ${model}, at most ${formatCount(maxTokens)} tokens of answer</div>
    </div>
  </details>`;
}
