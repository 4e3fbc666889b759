import * as vscode from 'vscode';
import type { ModelEstimator } from '../../app/models/modelEstimates';
import type { PickerRow } from '../../app/models/pickerRows';
import { ageText } from '../../core/base/ageText';
import { assertNever } from '../../core/base/assertNever';
import { joinPlain, type PlainText, plain, say } from '../../core/base/plainText';
import { rangeText } from '../../core/models/estimateText';
import type { OfferedModel } from '../../core/models/modelFilter';
import type { IdInList } from '../../core/models/modelId';
import { type ModelSign, toModelRow } from '../../core/models/modelRow';
import { settingsSection } from '../../ids';

/** What can be done with a model besides choosing it. */
export interface RowActions {
  readonly showModel?: (id: string) => unknown;
  readonly compare?: (id: string) => unknown;
}

type RowAction = 'star' | keyof RowActions;

export interface ModelItem extends vscode.QuickPickItem {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
  readonly modelId?: string;
  /** It is told of, but cannot be chosen. */
  readonly isDead?: boolean;
  /** Goes into the box when it is chosen. */
  readonly word?: string;
  /** What the buttons of the row do. */
  readonly actions?: ReadonlyMap<vscode.QuickInputButton, RowAction>;
}

const signs: Readonly<Record<ModelSign, PlainText>> = {
  vision: say`$(eye)`,
  reasoning: say`$(lightbulb)`,
  tools: say`$(tools)`,
  free: say`$(gift)`,
  varies: say`$(arrow-swap)`,
  zeroRetention: say`$(shield)`,
  ending: say`$(warning)`,
};

const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

const star = button('star-empty', 'Make it a favourite');
const unstar = button('star-full', 'No longer a favourite');
const details = button('info', 'Show details');
const compare = button('split-horizontal', 'Compare with other models');

/** Makes items of rows; those of models are made once. */
export class ModelItems {
  private readonly made = new Map<string, ModelItem>();

  constructor(
    private readonly estimate: ModelEstimator,
    private readonly actions: RowActions,
    private readonly nowMs: number,
  ) {}

  of(rows: readonly PickerRow[]): readonly ModelItem[] {
    return rows.map(row => this.item(row));
  }

  /** Why the list could not be read, and how old the one below is. */
  failure(failure: string | undefined, fetchedAtMs: number | undefined): readonly ModelItem[] {
    if (failure === undefined) return [];
    const hint =
      fetchedAtMs === undefined
        ? ''
        : `The list below is the last one that was read, ${ageText(this.nowMs - fetchedAtMs)} ago.`;
    return [
      {
        label: say`$(warning) The list could not be read`,
        detail: say`${failure} ${hint}`,
        alwaysShow: true,
      },
    ];
  }

  emptyList(): readonly ModelItem[] {
    return [
      {
        label: say`$(warning) The list is empty`,
        detail: say`The server lists no models. A model id can be typed all the same.`,
        alwaysShow: true,
      },
    ];
  }

  private item(row: PickerRow): ModelItem {
    switch (row.type) {
      case 'group':
        return { label: plain(row.title), kind: vscode.QuickPickItemKind.Separator };
      case 'model':
        return this.modelItem(row.offered, row.isFavourite);
      case 'gone':
        return {
          label: plain(row.id),
          detail: say`The list has it no more.${nearText(row.near)}`,
          modelId: row.id,
          isDead: true,
          alwaysShow: true,
          ...buttonsOf([[unstar, 'star']]),
        };
      case 'preset':
        return {
          label: plain(row.preset.name ?? row.preset.slug),
          description: plain(row.id),
          detail: say`Price varies with the model of the preset`,
          modelId: row.id,
          alwaysShow: true,
        };
      case 'variant':
        return {
          label: plain(row.variant.id),
          detail: plain(row.variant.says),
          modelId: row.variant.id,
          alwaysShow: true,
        };
      case 'typed':
        return typedItem(row);
      case 'word':
        return { label: plain(row.word), description: plain(row.says), word: row.word, alwaysShow: true };
      default:
        return assertNever(row);
    }
  }

  private modelItem(offered: OfferedModel, isFavourite: boolean): ModelItem {
    const key = `${offered.model.id}\n${isFavourite}`;
    const item = this.made.get(key) ?? this.makeModelItem(offered, isFavourite);
    this.made.set(key, item);
    return item;
  }

  private makeModelItem(offered: OfferedModel, isFavourite: boolean): ModelItem {
    const row = toModelRow(offered.model, this.nowMs, offered);
    const estimate = this.estimate(offered.model);
    const range = estimate && rangeText(estimate);
    const facts = [
      plain(row.id),
      joinPlain(
        row.signs.map(sign => signs[sign]),
        ' ',
      ),
      range === undefined ? plain('') : say`${range} for this`,
    ];
    return {
      label: plain(row.name),
      description: joinPlain(
        facts.filter(fact => fact !== ''),
        '  ·  ',
      ),
      detail: plain(row.facts),
      modelId: row.id,
      alwaysShow: true,
      ...buttonsOf([
        [isFavourite ? unstar : star, 'star'],
        ...(this.actions.showModel ? [[details, 'showModel'] as const] : []),
        ...(this.actions.compare ? [[compare, 'compare'] as const] : []),
      ]),
    };
  }
}

function buttonsOf(
  actions: readonly (readonly [vscode.QuickInputButton, RowAction])[],
): Pick<ModelItem, 'buttons' | 'actions'> {
  return { buttons: actions.map(([each]) => each), actions: new Map(actions) };
}

function typedItem({ id, found, near, forbidden }: Extract<PickerRow, { type: 'typed' }>): ModelItem {
  if (forbidden !== undefined) {
    const detail = say`Your setting ${settingsSection}.${forbidden} does not let it be asked`;
    return { label: say`$(circle-slash) ${id}`, detail, modelId: id, isDead: true, alwaysShow: true };
  }
  const detail = say`${describeTyped(found)}${found.kind === 'missing' ? nearText(near) : ''}`;
  return { label: say`Use "${id}"`, detail, modelId: id, alwaysShow: true };
}

const nearText = (near: readonly string[]): PlainText =>
  near.length === 0 ? plain('') : say` Much like it: ${near.join(' and ')}`;

/** What is known of a typed id by the list at hand; a request that asks for it could cost something. */
function describeTyped(found: IdInList): PlainText {
  switch (found.kind) {
    case 'listed':
      return say`In the list, but it does not answer in text`;
    case 'based':
      return say`Not in the list as it is; ${found.id} is, without "${found.added}"`;
    case 'batch':
      return say`Takes batches of requests only: it cannot answer a question`;
    case 'missing':
      return say`Not in the list: the server may not know it.`;
    case 'noList':
      return say`There is no list to look it up in: the first question shows whether the server knows it`;
  }
}
