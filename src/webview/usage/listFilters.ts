import { html, nothing, type TemplateResult } from 'lit';
import type { SplitBy } from '../../core/ledger/ledgerQueries';
import { costMeanings, outcomeLabels } from '../../core/usage/labels';
import type { ListFilter } from '../../protocol/usageList';
import type { UsageSummary } from '../../protocol/usageState';
import { icons } from './icons';
import { splitNames } from './splitTabs';
import type { Times } from './times';

type ChoiceName = SplitBy | 'outcome' | 'costState';

const splitBys = Object.keys(splitNames) as readonly SplitBy[];

/** What the list can be narrowed by. `change` gets the whole new filter. */
export function listFilters(
  filter: ListFilter,
  splits: UsageSummary['splits'] | undefined,
  times: Times,
  change: (filter: ListFilter) => void,
): TemplateResult {
  const choices: readonly (readonly [ChoiceName, string, readonly string[]])[] = [
    ...splitBys.map(by => [by, splitNames[by], valuesOf(splits, by)] as const),
    ['outcome', 'Outcome', Object.keys(outcomeLabels)],
    ['costState', 'Cost', Object.keys(costMeanings)],
  ];
  return html`<div class="filters" role="group" aria-label="Filters">${choices.map(([name, label, values]) =>
    choice(name, label, values, filter, change),
  )}</div>${spanChip(filter, times, change)}`;
}

function choice(
  name: ChoiceName,
  label: string,
  values: readonly string[],
  filter: ListFilter,
  change: (filter: ListFilter) => void,
): TemplateResult {
  const current = filter[name];
  const options = current === undefined || values.includes(current) ? values : [current, ...values];
  const onChange = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    change({ ...filter, [name]: event.target.value || undefined });
  };
  return html`<label class="filter"><span class="filter-name">${label}</span>
    <select data-part="filter-${name}" class=${current === undefined ? '' : 'is-set'} @change=${onChange}>
      <option value="" ?selected=${current === undefined}>Any</option>
      ${options.map(value => html`<option value=${value} ?selected=${value === current}>${optionText(name, value)}</option>`)}
    </select></label>`;
}

function optionText(name: ChoiceName, value: string): string {
  return name === 'outcome' ? (outcomeLabels[value as keyof typeof outcomeLabels] ?? value) : value;
}

/** Shows the time span of the bar that was clicked, with a button that removes this filter. */
function spanChip(
  filter: ListFilter,
  times: Times,
  change: (filter: ListFilter) => void,
): TemplateResult | typeof nothing {
  const { fromMs, toMs, ...others } = filter;
  if (fromMs === undefined || toMs === undefined) return nothing;
  return html`<p class="chip" data-part="span-filter">Only ${times.minute(fromMs)} to ${times.minute(toMs)}
    <button type="button" class="icon-button" aria-label="Show the whole period again" title="Show the Whole Period"
      @click=${() => change(others)}>${icons.close}</button></p>`;
}

function valuesOf(splits: UsageSummary['splits'] | undefined, by: SplitBy): readonly string[] {
  return (splits?.[by].parts ?? []).flatMap(({ value }) => (value === undefined ? [] : [value]));
}

/** True when anything narrows the list. */
export function isFiltered(filter: ListFilter): boolean {
  return Object.values(filter).some(value => value !== undefined && value !== '');
}
