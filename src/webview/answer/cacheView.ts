import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type CacheHint, hintAt, type LeftCache, timeLeft } from '../../core/models/caching/cacheHint';
import { compactUsd } from '../../core/money/pico';
import { toPico } from '../../protocol/usageFigures';
import { announce } from '../shared/pageEvents';

const explanation =
  'The price of the input alone: the answer costs the same either way. Whether a provider still keeps the conversation is known only afterwards; this is what its earlier answers and its documentation make likely.';

/** What is known of the prompt cache, beside the composer. Counts down by one timer, and only while it is seen. */
export class CacheView extends LitElement {
  static override readonly properties = {
    hint: { attribute: false },
    left: { attribute: false },
  };
  declare hint: CacheHint | undefined;
  declare left: LeftCache | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.showNow);
    this.showNow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.showNow);
    this.stop();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { left } = this;
    const before = changed.get('left');
    // Once, and without the countdown, which would be read out every second.
    if (left && left.leftModel !== before?.leftModel) announce(this, `${keptBy(left.leftModel)}.`);
  }

  protected override render(): TemplateResult {
    const nowMs = Date.now();
    const { hint, left } = this;
    return html`${hint ? hintView(hintAt(hint, nowMs), nowMs) : nothing}${
      left && left.untilMs > nowMs ? leftView(left, nowMs) : nothing
    }`;
  }

  protected override updated(): void {
    this.stop();
    const nowMs = Date.now();
    const untilMs = Math.max(this.hint?.untilMs ?? 0, this.left?.untilMs ?? 0);
    if (document.hidden || untilMs <= nowMs) return;
    // Right after the second that is shown: a countdown that skips one looks broken.
    this.timer = setTimeout(this.showNow, ((untilMs - nowMs) % 1000) + 1);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly showNow = (): void => {
    if (document.hidden) this.stop();
    else this.requestUpdate();
  };
}

const keptBy = (model: string): string => `${model} likely still has this conversation in its cache`;

function hintView({ state, untilMs, warmUsd, coldUsd }: CacheHint, nowMs: number): TemplateResult {
  const [warm, cold] = [usd('cache-warm', warmUsd), usd('cache-cold', coldUsd)];
  return html`<span class="cache" data-part="cache" data-state=${state} title=${explanation}>${
    state === 'warm' && untilMs !== undefined
      ? html`Input likely warm, ${left(untilMs, nowMs)} left: ${warm} · cold ${cold}`
      : state === 'cold'
        ? html`Input likely cold: ${cold} · warm ${warm}`
        : state === 'new'
          ? html`Input not cached yet: ${cold} · for a follow-up while likely warm ${warm}`
          : html`Input cache not known: cold ${cold} · warm ${warm}`
  }</span>`;
}

function leftView({ leftModel, untilMs, stayUsd, switchUsd }: LeftCache, nowMs: number): TemplateResult {
  const here = switchUsd === undefined ? 'read anew here' : html`${usd('cache-switch', switchUsd)} here`;
  return html`<span class="cache cache-warning" data-part="cache-warning" title=${explanation}
    >${keptBy(leftModel)}, ${left(untilMs, nowMs)} left: input ${usd('cache-stay', stayUsd)} there · ${here}</span>`;
}

const left = (untilMs: number, nowMs: number): TemplateResult =>
  html`<span data-part="cache-left" data-value=${Math.max(0, Math.ceil((untilMs - nowMs) / 1000))}>${timeLeft(untilMs, nowMs)}</span>`;

const usd = (name: string, value: string): TemplateResult =>
  html`<span data-part=${name} data-value=${value}>${compactUsd(toPico(value))}</span>`;
