import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import type { ControlledName } from '../../core/models/offeredParameters';
import type { ParameterControl, ParameterField } from '../../core/models/parameterControl';
import type { FromAnswerPage } from '../../protocol/answerMessages';
import { icons } from '../shared/icons';
import { announce, postToHost } from '../shared/pageEvents';

const labels: Readonly<Record<ControlledName, string>> = {
  reasoningEffort: 'Reasoning effort',
  temperature: 'Temperature',
  maxTokens: 'Max tokens',
  serviceTier: 'Service tier',
};

/** The hook of a field, which is its id, too. */
const partOf: Readonly<Record<ControlledName, string>> = {
  reasoningEffort: 'parameter-reasoning-effort',
  temperature: 'parameter-temperature',
  maxTokens: 'parameter-max-tokens',
  serviceTier: 'parameter-service-tier',
};

type NumberField = Extract<ParameterField, { kind: 'number' }>;
type ChoiceField = Extract<ParameterField, { kind: 'choice' }>;

/** The parameters of the model in force: a button that says what is chosen, and opens to all that can be. */
export class ParametersView extends LitElement {
  static override readonly properties = {
    model: { attribute: false },
    modelName: { attribute: false },
    control: { attribute: false },
    isOpen: { state: true },
    wrong: { state: true },
  };
  declare model: string;
  declare modelName: string;
  declare control: ParameterControl | undefined;
  declare isOpen: boolean;
  /** The field whose text is no value that it takes. */
  declare wrong: ControlledName | undefined;
  /** Fields whose text is not told to the host yet. */
  private readonly typed = new Set<ControlledName>();

  constructor() {
    super();
    this.model = '';
    this.modelName = '';
    this.isOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.onPress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.onPress);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('model')) return;
    this.typed.clear();
    this.wrong = undefined;
    if (this.isOpen) this.post({ type: 'lookUpParameters', model: this.model });
  }

  /** The host owns the values: each field shows its own, but for one that is being typed into. */
  protected override updated(changed: PropertyValues): void {
    for (const { name, value = '' } of this.control?.fields ?? [])
      if (!this.typed.has(name)) this.show(name, String(value));
    if (changed.has('isOpen') && this.isOpen) this.focusFirst();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { control } = this;
    if (!control) return nothing;
    const { summary } = control;
    const isSet = summary !== undefined;
    return html`<button type="button" class="model-button parameters-button" data-part="parameters"
        aria-haspopup="dialog" aria-expanded=${this.isOpen ? 'true' : 'false'}
        aria-label="Parameters: ${summary ?? 'none chosen'}. Change" title=${summary ?? 'Parameters'}
        @click=${this.onToggle}>${icons.settings}<span class=${isSet ? 'model-name' : 'parameters-word'}>${summary ?? 'Parameters'}</span></button>${
          this.isOpen ? this.panel(control) : nothing
        }`;
  }

  private panel({ fields, notes, summary }: ParameterControl): TemplateResult {
    return html`<div class="parameters-panel" role="dialog" aria-label="Parameters of ${this.modelName}"
      data-part="parameters-panel" @keydown=${this.onKey} @focusout=${this.onFocusOut}>
      <div class="parameters-title">${this.modelName}</div>
      ${fields.map(
        field => html`<div class="parameter"><label for=${partOf[field.name]}>${labels[field.name]}</label>
          ${field.kind === 'choice' ? this.choice(field) : this.number(field)}</div>`,
      )}
      ${
        notes.length === 0
          ? nothing
          : html`<ul class="parameters-notes" data-part="parameters-notes">${notes.map(note => html`<li>${note}</li>`)}</ul>`
      }
      <div class="actions"><button type="button" class="button secondary" data-part="parameters-reset"
        title="What the model does by itself, or your settings say" ?disabled=${summary === undefined}
        @click=${this.onReset}>Reset</button></div>
    </div>`;
  }

  private choice({ name, options, standard }: ChoiceField): TemplateResult {
    return html`<select id=${partOf[name]} data-part=${partOf[name]}
      @change=${({ target }: Event) => this.choose(name, target)}>
      <option value="">${standard}</option>
      ${options.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
    </select>`;
  }

  private number(field: NumberField): TemplateResult {
    const { name, least, most, step, standard } = field;
    const isWrong = this.wrong === name;
    return html`<input type="number" id=${partOf[name]} data-part=${partOf[name]} min=${least} max=${most} step=${step}
        placeholder=${standard} aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby=${isWrong ? `${partOf[name]}-range` : nothing}
        @input=${() => this.typed.add(name)} @change=${() => this.take(field)}>${
          isWrong
            ? html`<div class="parameter-wrong" id="${partOf[name]}-range">${rangeText(field)}</div>`
            : nothing
        }`;
  }

  private choose(name: ControlledName, target: EventTarget | null): void {
    if (!(target instanceof HTMLSelectElement)) return;
    const value = target.value === '' ? undefined : target.value;
    this.post({ type: 'setParameter', model: this.model, name, value });
  }

  /** Tells what was typed into a field, when it is a value that the field takes. */
  private take(field: NumberField): void {
    const { name, least, most, step } = field;
    const input = this.field(name);
    if (!(input instanceof HTMLInputElement) || !this.typed.has(name)) return;
    const text = input.value.trim();
    const value = text === '' ? undefined : Number(text);
    const isTaken =
      value === undefined || (value >= least && value <= most && (step < 1 || Number.isSafeInteger(value)));
    this.wrong = isTaken && !input.validity.badInput ? undefined : name;
    if (this.wrong !== undefined) {
      announce(this, `${labels[name]}: ${rangeText(field)}`);
      return;
    }
    this.typed.delete(name);
    this.post({ type: 'setParameter', model: this.model, name, value: text === '' ? undefined : text });
  }

  private readonly onToggle = (): void => {
    this.isOpen = !this.isOpen;
    if (this.isOpen) this.post({ type: 'lookUpParameters', model: this.model });
  };

  private readonly onReset = (): void => {
    this.typed.clear();
    this.wrong = undefined;
    this.post({ type: 'resetParameters', model: this.model });
    // The button is off when nothing is chosen, which would drop the focus.
    this.focusFirst();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // It means the panel alone, and not the answer that runs.
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.querySelector<HTMLElement>('[data-part="parameters"]')?.focus();
    }
    // In a form Enter would send the question.
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      const name = event.target.id;
      const field = this.control?.fields.find(each => partOf[each.name] === name);
      if (field?.kind === 'number') this.take(field);
    }
  };

  private readonly onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.close();
  };

  private readonly onPress = ({ target }: PointerEvent): void => {
    if (this.isOpen && target instanceof Node && !this.contains(target)) this.close();
  };

  private close(): void {
    // What stands in a field counts, as it does when the field is left.
    for (const field of this.control?.fields ?? []) if (field.kind === 'number') this.take(field);
    this.typed.clear();
    this.wrong = undefined;
    this.isOpen = false;
  }

  private focusFirst(): void {
    this.querySelector<HTMLElement>('.parameters-panel :is(select, input)')?.focus();
  }

  private show(name: ControlledName, value: string): void {
    const field = this.field(name);
    if (field && field.value !== value) field.value = value;
  }

  private field(name: ControlledName): HTMLInputElement | HTMLSelectElement | undefined {
    const field = this.querySelector(`#${partOf[name]}`);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    return isField ? field : undefined;
  }

  private post(message: FromAnswerPage): void {
    postToHost(this, message);
  }
}

const rangeText = ({ least, most, step }: NumberField): string =>
  `${step < 1 ? 'A number' : 'A whole number'} from ${least} to ${formatCount(most)}`;
