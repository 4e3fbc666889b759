import * as vscode from 'vscode';
import type { ModelEstimator, PrepareEstimator } from '../../app/models/modelEstimates';
import type { ChooseModel, ModelList, PickOrder } from '../../app/models/modelList';
import type { SettingsReader } from '../../app/ports';
import { type PlainText, plain, say } from '../../core/base/plainText';
import { wait } from '../../core/base/wait';
import { describeCallFailure } from '../../core/chat/failureText';
import type { Model } from '../../core/models/model';
import { canBeModelId, findModel, type IdInList, lookUpId } from '../../core/models/modelId';
import { answersInText, toModelRow } from '../../core/models/modelRow';
import { isFree, priceRange } from '../../core/money/priceText';

interface ModelItem extends vscode.QuickPickItem {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
  readonly modelId?: string;
}

const onlyFree = { iconPath: new vscode.ThemeIcon('filter'), tooltip: 'Show only free models' };
const allModels = { iconPath: new vscode.ThemeIcon('filter-filled'), tooltip: 'Show all models' };
const reload = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: 'Get the list from OpenRouter again' };

/** So long the box waits for its first rows before it is shown without them. */
const longestBlankMs = 100;

/** Lets the user pick a model from the live list; needs no key. Shows what is cached while the list loads. */
export class ModelPicker {
  constructor(
    private readonly list: ModelList,
    private readonly settings: SettingsReader,
    /** Looks at what is at hand now, before the box takes the focus. */
    private readonly estimateAtHand: () => PrepareEstimator,
  ) {}

  /** Makes the chosen model the one in force; true when one was chosen. */
  readonly choose: ChooseModel = async order => {
    const { model } = this.settings.current.parameters;
    const opening = new PickerOpening(this.list, model, order, this.estimateAtHand());
    try {
      const chosen = await opening.run();
      if (chosen !== undefined) await this.settings.useModel(chosen);
      return chosen !== undefined;
    } finally {
      opening.dispose();
    }
  };
}

/** One opening of the picker. */
class PickerOpening implements vscode.Disposable {
  private readonly box = vscode.window.createQuickPick<ModelItem>();
  private readonly abort = new AbortController();
  private models: readonly Model[] = [];
  /** Those that do not answer in text, too. */
  private listed: readonly Model[] = [];
  private estimate: ModelEstimator = () => undefined;
  private failure: string | undefined;
  /** The typed id that is offered as a row of its own. */
  private offered: string | undefined;

  constructor(
    private readonly list: ModelList,
    private readonly current: string,
    private order: PickOrder,
    private readonly prepareEstimator: PrepareEstimator,
  ) {
    this.box.title = 'Select Model';
    this.box.placeholder = 'Search by name, vendor or id. Prices are in USD per million tokens.';
    this.box.matchOnDescription = true;
    this.box.matchOnDetail = true;
  }

  run(): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.box.onDidAccept(() => {
        const [item] = this.box.selectedItems;
        if (item?.modelId !== undefined) resolve(item.modelId);
      });
      this.box.onDidHide(() => resolve(undefined));
      this.box.onDidChangeValue(() => this.offerTyped());
      this.box.onDidTriggerButton(button => {
        if (button === reload) this.refresh().catch(reject);
        else this.toggleFree();
      });
      this.fill().catch(reject);
    });
  }

  dispose(): void {
    this.abort.abort();
    this.box.dispose();
  }

  private async fill(): Promise<void> {
    this.box.busy = true;
    const reading = this.list.cached();
    const showing = reading.then(cached => this.showModels(cached?.models ?? []));
    // Rows that are at hand come with the box, not after it; a slow disk or ledger does not hold it up.
    await Promise.race([showing, wait(longestBlankMs, this.abort.signal)]);
    this.box.show();
    await showing;
    const cached = await reading;
    if (cached && this.list.isFresh(cached)) this.box.busy = false;
    else await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.box.busy = true;
    const models = await this.list.refresh(this.abort.signal);
    if (this.abort.signal.aborted) return;
    this.failure = models.ok ? undefined : describeCallFailure(models.failure, 'the list of models');
    await this.showModels(models.ok ? models.value : this.listed);
    // Only now: whoever sees that nothing is on its way any more can rely on the rows.
    this.box.busy = false;
  }

  private async showModels(all: readonly Model[]): Promise<void> {
    const models = all.filter(answersInText);
    const estimate = await this.prepareEstimator(models);
    if (this.abort.signal.aborted) return;
    this.listed = all;
    this.models = models;
    this.estimate = estimate;
    this.render();
  }

  private toggleFree(): void {
    this.order = this.order === 'free' ? 'all' : 'free';
    this.render();
  }

  /** Rows are made anew only when the offered id changes: VS Code itself filters them while typing. */
  private offerTyped(): void {
    const typed = this.box.value.trim();
    const isNew = canBeModelId(typed) && !this.models.some(model => model.id === typed);
    const offered = isNew ? typed : undefined;
    if (offered === this.offered) return;
    this.offered = offered;
    this.render();
  }

  private render(): void {
    const active = this.box.activeItems[0]?.modelId;
    this.box.buttons = [this.order === 'free' ? allModels : onlyFree, reload];
    const items = this.items();
    this.box.keepScrollPosition = true;
    this.box.items = items;
    const again = items.filter(item => active !== undefined && item.modelId === active);
    if (again.length > 0) this.box.activeItems = again.slice(0, 1);
  }

  private items(): ModelItem[] {
    const currentId = findModel(this.models, this.current)?.id;
    const isCurrent = (model: Model): boolean => model.id === currentId;
    const free = this.models.filter(model => isFree(model.pricing));
    const paid = this.order === 'free' ? [] : this.models.filter(model => !isFree(model.pricing));
    if (this.order === 'cheapest') paid.sort(byPrice);
    return [
      ...this.failureItems(),
      ...this.group(say`In use`, this.models.filter(isCurrent)),
      ...this.group(
        say`Free (${free.length})`,
        free.filter(model => !isCurrent(model)),
      ),
      ...this.group(
        say`Paid (${paid.length})`,
        paid.filter(model => !isCurrent(model)),
      ),
      ...this.typedItem(),
    ];
  }

  private group(title: PlainText, models: readonly Model[]): ModelItem[] {
    if (models.length === 0) return [];
    return [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...models.map(model => toItem(model, this.estimate(model))),
    ];
  }

  private failureItems(): ModelItem[] {
    if (this.failure === undefined) return [];
    const hint = this.models.length > 0 ? 'The list below is the last one that was read.' : '';
    return [
      {
        label: say`$(warning) The list could not be read`,
        detail: say`${this.failure} ${hint}`,
        alwaysShow: true,
      },
    ];
  }

  /** An id that is not in the list can be used all the same: presets, private models, pins, suffixes. */
  private typedItem(): ModelItem[] {
    const { offered } = this;
    if (offered === undefined) return [];
    return [
      { label: say`As typed`, kind: vscode.QuickPickItemKind.Separator },
      {
        label: say`Use "${offered}"`,
        detail: describeTyped(lookUpId(this.listed, offered)),
        modelId: offered,
        alwaysShow: true,
      },
    ];
  }
}

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
      return say`Not in the list: the server may not know it`;
    case 'noList':
      return say`There is no list to look it up in: the first question shows whether the server knows it`;
  }
}

function toItem(model: Model, estimate: string | undefined): ModelItem {
  const { name, id, facts } = toModelRow(model, Date.now());
  const description = estimate ? say`${id}  ·  ${estimate}` : plain(id);
  return { label: plain(name), description, detail: plain(facts), modelId: id };
}

/** By what a thousand tokens in and a thousand out cost; prices that vary or are unknown come last. */
function byPrice(a: Model, b: Model): number {
  const [priceA, priceB] = [a, b].map(model => priceRange(model.pricing, 1000, 1000, 0)?.maxPico);
  if (priceA === undefined || priceB === undefined) {
    return Number(priceA === undefined) - Number(priceB === undefined);
  }
  return priceA < priceB ? -1 : priceA > priceB ? 1 : 0;
}
