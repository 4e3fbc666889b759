import * as vscode from 'vscode';
import { toggleFavourite } from '../../app/models/favourites';
import type { KnownOfModels, ModelBadges } from '../../app/models/modelBadges';
import type { ModelEstimator, PrepareEstimator } from '../../app/models/modelEstimates';
import type { ModelList } from '../../app/models/modelList';
import { PickerRows, withChosenWord } from '../../app/models/pickerRows';
import type { UsedModels } from '../../app/models/usedModels';
import type { SettingsReader } from '../../app/ports/settingsReader';
import { wait } from '../../core/base/wait';
import { describeCallFailure } from '../../core/chat/failureText';
import type { Model } from '../../core/models/model';
import { badgesOf } from '../../core/models/modelBadges';
import { answersInText } from '../../core/models/modelRow';
import { toggleWord } from '../../core/models/modelSearch';
import { usualMix } from '../../core/money/usageMix';
import { LiveRows } from '../quickPicks';
import { type ModelItem, ModelItems, type RowActions } from './modelItems';
import { type PickerButton, pickerButtons } from './pickerButtons';

/** So long the box waits for its first rows before it is shown without them. */
const longestBlankMs = 100;
/** More than the box shows at once: it opens with these, and the others follow while they are painted. */
const firstRows = 20;

/** Where an opening finds what it shows. */
export interface PickerSources {
  readonly list: ModelList;
  readonly badges: ModelBadges;
  readonly used: UsedModels;
  readonly settings: SettingsReader;
  readonly actions: RowActions;
}

/** One opening of the picker. What filters and sorts stands in its box, and nowhere else. */
export class PickerOpening implements vscode.Disposable {
  private readonly box = vscode.window.createQuickPick<ModelItem>();
  private readonly liveRows = new LiveRows(this.box);
  private readonly abort = new AbortController();
  private models: readonly Model[] = [];
  private fetchedAtMs: number | undefined;
  private estimate: ModelEstimator = () => undefined;
  private known: KnownOfModels = { badgesOf: badgesOf(undefined, undefined), presets: [] };
  private recent: readonly string[] = [];
  private mix = usualMix;
  private failure: string | undefined;
  private rows: PickerRows | undefined;
  private items: ModelItems | undefined;
  private shownButtons: readonly PickerButton[] = [];
  /** The text that the rows on show are for. */
  private rendered: string | undefined;
  /** How many rows are shown. */
  private mostRows = firstRows;

  constructor(
    private readonly sources: PickerSources,
    text: string,
    private readonly prepareEstimator: PrepareEstimator,
  ) {
    const { box } = this;
    box.title = 'Select Model';
    box.placeholder =
      'Search by name, vendor or id, or type ? for filters and orders. USD per million tokens.';
    box.value = text;
    // The rows are searched and sorted here: VS Code shows them as they come.
    box.matchOnDescription = false;
    box.matchOnDetail = false;
    // Not in the typings, but in every version: https://github.com/microsoft/vscode/issues/73904
    if ('sortByLabel' in box) Object.assign(box, { sortByLabel: false });
  }

  run(): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.box.onDidAccept(() => void this.accept().then(id => id !== undefined && resolve(id), reject));
      this.box.onDidHide(() => resolve(undefined));
      this.box.onDidChangeValue(() => this.renderAll());
      this.box.onDidTriggerButton(pressed => {
        const button = this.shownButtons.find(each => each.button === pressed);
        if (button) this.press(button, reject);
      });
      this.box.onDidTriggerItemButton(({ item, button }) => {
        const action = item.actions?.get(button);
        if (item.modelId !== undefined && action) this.act(action, item.modelId).catch(reject);
      });
      this.fill().catch(reject);
    });
  }

  dispose(): void {
    this.abort.abort();
    this.box.dispose();
  }

  /** Whoever sees that nothing is on its way any more can rely on the rows. */
  private async fill(): Promise<void> {
    this.box.busy = true;
    const reading = this.sources.list.cached();
    const showing = reading.then(async cached => {
      this.fetchedAtMs = cached?.fetchedAtMs;
      await this.showModels(cached?.models ?? []);
    });
    // Rows that are at hand come with the box, not after it; a slow disk or ledger does not hold it up.
    await Promise.race([showing, wait(longestBlankMs, this.abort.signal)]);
    this.box.show();
    await showing;
    await this.liveRows.arrival();
    this.renderAll();
    const cached = await reading;
    if (!cached || !this.sources.list.isFresh(cached)) await this.refresh();
    await this.addBadges();
    this.box.busy = false;
  }

  /** The model that Enter has taken; undefined for a row that is none. */
  private async accept(): Promise<string | undefined> {
    const item = await this.liveRows.accepted();
    if (item?.word !== undefined) this.write(withChosenWord(this.box.value, item.word));
    return item?.isDead === true ? undefined : item?.modelId;
  }

  private async refresh(): Promise<void> {
    this.box.busy = true;
    const models = await this.sources.list.refresh(this.abort.signal);
    if (this.abort.signal.aborted) return;
    this.failure = models.ok ? undefined : describeCallFailure(models.failure, 'the list of models');
    if (models.ok) this.fetchedAtMs = Date.now();
    await this.showModels(models.ok ? models.value : this.models);
  }

  private async reload(): Promise<void> {
    await this.refresh();
    this.box.busy = false;
  }

  /** What comes after the rows are there: it adds signs to them. */
  private async addBadges(): Promise<void> {
    if (this.failure !== undefined) return;
    if (!(await this.sources.badges.refresh(this.abort.signal)) || this.abort.signal.aborted) return;
    await this.showModels(this.models);
  }

  private async showModels(models: readonly Model[]): Promise<void> {
    const { badges, used } = this.sources;
    const [estimate, known, recent, mix] = await Promise.all([
      this.prepareEstimator(models.filter(answersInText)),
      badges.atHand(),
      used.recent(),
      used.mix(),
    ]);
    if (this.abort.signal.aborted) return;
    this.models = models;
    this.estimate = estimate;
    this.recent = recent;
    this.mix = mix;
    this.known = known;
    this.prepareRows();
    this.render();
  }

  /** Anew when anything but the text in the box has changed. */
  private prepareRows(): void {
    const { modelRules, favouriteModels, parameters } = this.sources.settings.current;
    const { estimate, mix, recent } = this;
    const costOf = (model: Model) => estimate(model)?.maxPico;
    this.rows = new PickerRows({
      listed: this.models,
      isListPending: this.isListPending(),
      ...this.known,
      rules: modelRules,
      current: parameters.model,
      favourites: favouriteModels,
      recent,
      sort: { mix, costOf, nowMs: Date.now() },
    });
    this.items = new ModelItems(estimate, this.sources.actions, Date.now());
  }

  private isListPending(): boolean {
    return this.fetchedAtMs === undefined && this.failure === undefined;
  }

  private press({ press }: PickerButton, onError: (error: unknown) => void): void {
    switch (press.type) {
      case 'reload':
        this.reload().catch(onError);
        return;
      case 'help':
        this.write(`${this.box.value.replace(/\?\S*$/, '').trimEnd()} ?${press.asks}`.trimStart());
        return;
      case 'word':
        this.write(toggleWord(this.box.value, press.word));
    }
  }

  private async act(action: 'star' | keyof RowActions, id: string): Promise<void> {
    const { settings, actions } = this.sources;
    if (action !== 'star') return void (await actions[action]?.(id));
    await toggleFavourite(settings, id);
    if (this.abort.signal.aborted) return;
    this.prepareRows();
    this.render();
  }

  private write(text: string): void {
    this.box.value = text;
    this.renderAll();
  }

  private renderAll(): void {
    this.mostRows = Number.POSITIVE_INFINITY;
    this.render();
  }

  private render(): void {
    const { box, rows, items } = this;
    const active = keyOf(box.activeItems[0]);
    this.shownButtons = pickerButtons(box.value);
    box.buttons = this.shownButtons.map(({ button }) => button);
    if (!rows || !items) return;
    const shown = [
      ...items.failure(this.failure, this.models.length > 0 ? this.fetchedAtMs : undefined),
      ...items.of(rows.of(box.value).slice(0, this.mostRows)),
    ];
    const isEmpty = this.failure === undefined && this.fetchedAtMs !== undefined && this.models.length === 0;
    box.keepScrollPosition = this.rendered === box.value;
    this.liveRows.replace(isEmpty ? [...items.emptyList(), ...shown] : shown);
    const again = shown.filter(item => active !== undefined && keyOf(item) === active);
    if (again.length > 0 && this.rendered === box.value) box.activeItems = again.slice(0, 1);
    this.rendered = box.value;
  }
}

/** What a row is known by when the rows are made anew. */
const keyOf = (item: ModelItem | undefined): string | undefined => item?.modelId ?? item?.word;
