import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount } from '../../../core/base/formatCount';
import type { ComposerState } from '../../../protocol/answerMessages';
import type { ContextChip } from '../../../protocol/contextMessages';
import { icons } from '../../shared/icons';
import { announce, postToHost } from '../../shared/pageEvents';
import { contextNotice, noticeText } from './contextNotice';

const kindIcons = {
  file: icons.file,
  symbol: icons.symbol,
  problems: icons.warning,
  diff: icons.diff,
  terminal: icons.terminal,
  clipboard: icons.copy,
  image: icons.fileMedia,
} as const satisfies Record<ContextChip['kind'], TemplateResult>;

/** What goes along with the question, above the box it is typed into. */
export function contextView(composer: ComposerState | undefined): TemplateResult | typeof nothing {
  const isThere = composer?.context !== undefined || composer?.needsVision === true;
  return isThere ? html`<ask-context .composer=${composer}></ask-context>` : nothing;
}

/** The chips, each with what it costs in tokens, and what stands in the way of sending them. */
export class ContextView extends LitElement {
  static override readonly properties = {
    composer: { attribute: false },
    current: { state: true },
  };
  declare composer: ComposerState;
  /** Which chip the Tab key leads to. */
  declare current: number;

  constructor() {
    super();
    this.current = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('composer');
    const sentence = noticeText(this.composer);
    if (sentence !== '' && sentence !== (before ? noticeText(before) : '')) announce(this, sentence);
  }

  protected override render(): TemplateResult {
    const { chips } = this;
    const current = Math.min(this.current, chips.length - 1);
    return html`${
      chips.length === 0
        ? nothing
        : html`<ul class="chips" aria-label="Goes along with the question typed here" @keydown=${this.onKey}>${repeat(
            chips,
            ({ id }) => id,
            (chip, index) => this.chip(chip, index === current),
          )}</ul>`
    }${contextNotice(this.composer, ids => this.leaveOut(ids))}`;
  }

  private chip(chip: ContextChip, isCurrent: boolean): TemplateResult {
    const { id, kind, label, detail, tokens, problem, needsVision } = chip;
    const count = countText(chip);
    const trouble = problem ?? (needsVision ? 'needs vision' : undefined);
    const words = `${detail}, ${count}${trouble === undefined ? '' : `. ${trouble}`}`;
    return html`<li class=${trouble === undefined ? 'chip' : 'chip in-trouble'} data-part="context-chip" data-value=${tokens}
      data-kind=${kind} title=${words}>${kindIcons[kind]}<span class="chip-label" dir="auto">${label}</span><span
      class="chip-tokens">${needsVision ? 'needs vision' : problem ? 'cannot be sent' : formatCount(tokens)}</span><button type="button"
      class="chip-remove" data-part="remove-context" tabindex=${isCurrent ? 0 : -1} aria-label="Remove ${words}"
      @click=${() => this.leaveOut([id])}>${icons.close}</button></li>`;
  }

  private get chips(): readonly ContextChip[] {
    return this.composer.context ?? [];
  }

  private get buttons(): readonly HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>('.chip-remove')];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { buttons } = this;
    const index = buttons.findIndex(button => event.target instanceof Node && button.contains(event.target));
    if (index < 0) return;
    const target = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: buttons.length - 1 }[
      event.key
    ];
    if (target !== undefined) {
      event.preventDefault();
      this.focusChip(target);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      const chip = this.chips[index];
      if (chip) this.leaveOut([chip.id]);
    }
  };

  private focusChip(index: number): void {
    const { buttons } = this;
    this.current = Math.max(0, Math.min(index, buttons.length - 1));
    buttons[this.current]?.focus();
  }

  /** The focus goes on to the chip that comes into its place, or to the question. */
  private leaveOut(ids: readonly string[]): void {
    const index = this.chips.findIndex(({ id }) => id === ids[0]);
    const left = this.chips.filter(({ id }) => !ids.includes(id));
    const next = left[Math.min(index, left.length - 1)];
    postToHost(this, { type: 'removeContext', ids: [...ids] });
    if (next) this.focusChip(this.chips.findIndex(({ id }) => id === next.id));
    else this.closest('form')?.querySelector('textarea')?.focus();
    announce(this, 'Removed');
  }
}

function countText({ tokens, low, most }: ContextChip): string {
  const range =
    low === undefined || most === undefined ? '' : `, ${formatCount(low)} to ${formatCount(most)}`;
  return `about ${formatCount(tokens)} tokens${range}`;
}
