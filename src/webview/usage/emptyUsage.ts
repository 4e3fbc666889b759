import { html, type TemplateResult } from 'lit';

/** What the page says before the first request: what it will show, and how to get there. */
export function emptyUsage(ask: () => void): TemplateResult {
  return html`<section class="empty" data-part="empty" aria-labelledby="empty-title">
    <h2 id="empty-title">Nothing spent yet</h2>
    <p>Every request is written down here before it leaves, and again when it has ended: completed, cancelled or failed. So what you see is what you paid.</p>
    <ol>
      <li>Select code in the editor, right-click it, and choose <strong>OpenRouter</strong>.</li>
      <li>The answer streams in, and its row here turns from <em>pending</em> into what OpenRouter billed.</li>
      <li>Come back to see what each day, model and project cost, to export it, or to check it against OpenRouter's own records.</li>
    </ol>
    <p><button type="button" class="button" data-part="ask" @click=${ask}>Ask a Model…</button></p>
  </section>`;
}
