import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { columnName } from '../../../core/chat/comparison';
import type { Turn } from '../../../core/chat/conversation';
import { describeParameters } from '../../../core/chat/requestParameters';
import { announce } from '../../shared/pageEvents';
import { type DiffPart, wordDiff } from './wordDiff';

/** Lets the reader choose another answer, and shows how the one that is shown differs from it. */
export class AnswerDiff extends LitElement {
  static override readonly properties = {
    shown: { attribute: false },
    others: { attribute: false },
    with: { state: true },
    parts: { state: true },
  };
  declare shown: Turn;
  declare others: readonly Turn[];
  /** Id of the other answer; empty: none is chosen. */
  declare with: string;
  declare parts: readonly DiffPart[] | undefined;
  private compared = '';

  constructor() {
    super();
    this.with = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.with !== '' && !this.other) this.with = '';
    const key = `${this.with} ${this.shown.id} ${this.shown.answer.text.length}`;
    if (key !== this.compared || changed.has('with')) void this.compare(key);
  }

  protected override render(): TemplateResult {
    const { other, parts } = this;
    const name = columnName(this.shown);
    return html`<label class="diff-choice">Diff with
        <select data-part="diff-with" aria-label="Show how the answer of ${name} differs from" @change=${this.onChoose}>
          <option value="" ?selected=${this.with === ''}>none</option>
          ${this.others.map(turn => html`<option value=${turn.id} ?selected=${turn.id === this.with}>${this.nameOf(turn)}</option>`)}
        </select></label>
      ${other && parts ? diffView(this.nameOf(other), name, parts) : nothing}`;
  }

  private get other(): Turn | undefined {
    return this.others.find(({ id }) => id === this.with);
  }

  /** Versions of one model are told apart by what was different. */
  private nameOf(turn: Turn): string {
    const name = columnName(turn);
    if (turn.versionOf === undefined && turn.group !== undefined) return name;
    const { temperature, reasoningEffort, ...rest } = turn.sent.parameters;
    const chosen = describeParameters({
      model: rest.model,
      maxTokens: rest.maxTokens,
      temperature,
      reasoningEffort,
    });
    return [name, ...chosen.slice(2)].join(', ');
  }

  private async compare(key: string): Promise<void> {
    this.compared = key;
    const { other } = this;
    if (!other) {
      this.parts = undefined;
      return;
    }
    const parts = await wordDiff(other.answer.text, this.shown.answer.text);
    // Another one may have been chosen meanwhile.
    if (this.compared !== key) return;
    this.parts = parts;
    announce(this, diffSentence(parts));
  }

  private readonly onChoose = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) this.with = event.target.value;
  };
}

function diffView(other: string, shown: string, parts: readonly DiffPart[]): TemplateResult {
  return html`<div class="diff" data-part="diff" role="group" tabindex="0" aria-label="From ${other} to ${shown}"
    ><div class="fold-note">${diffSentence(parts)} From ${other} to ${shown}.</div><div class="diff-text" dir="auto"
    >${parts.map(partView)}</div></div>`;
}

function partView({ kind, text }: DiffPart): TemplateResult {
  if (kind === 'removed') return html`<del>${text}</del>`;
  return kind === 'added' ? html`<ins>${text}</ins>` : html`${text}`;
}

function diffSentence(parts: readonly DiffPart[]): string {
  const count = (kind: DiffPart['kind']): number =>
    parts
      .filter(part => part.kind === kind)
      .reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
  const [removed, added] = [count('removed'), count('added')];
  if (removed + added === 0) return 'No word differs.';
  return `${removed === 1 ? '1 word' : `${removed} words`} removed, ${added} added.`;
}
