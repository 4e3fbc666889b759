import type { ModelBadges } from '../../app/models/modelBadges';
import type { PrepareEstimator } from '../../app/models/modelEstimates';
import type { ChooseModel, ModelList, PickOrder } from '../../app/models/modelList';
import type { ModelUse } from '../../app/models/modelUse';
import type { UsedModels } from '../../app/models/usedModels';
import type { Dialogs } from '../../app/ports/dialogs';
import type { SettingsReader } from '../../app/ports/settingsReader';
import { say } from '../../core/base/plainText';
import { canBeModelId, lookUpId } from '../../core/models/modelId';
import type { RowActions } from './modelItems';
import { PickerOpening } from './pickerOpening';

/** The text that the box opens with. */
const firstTexts: Readonly<Record<PickOrder, string>> = {
  all: '',
  free: 'free ',
  vision: 'vision ',
  cheapest: 'sort:price ',
};

/** Lets the user pick a model from the live list; needs no key. Shows what is cached while the list loads. */
export class ModelPicker {
  constructor(
    private readonly list: ModelList,
    private readonly badges: ModelBadges,
    private readonly used: UsedModels,
    private readonly settings: SettingsReader,
    private readonly modelUse: Pick<ModelUse, 'isAllowed'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
    /** Looks at what is at hand now, before the box takes the focus. */
    private readonly estimateAtHand: () => PrepareEstimator,
    /** What else can be done with a row; no button for what is not there. */
    private readonly actions: RowActions,
  ) {}

  /** Makes the chosen model the one in force; true when one was chosen. */
  readonly choose: ChooseModel = order => this.open(firstTexts[order]);

  /**
   * What the command does. `argument` is the model id that a keybinding names: it is taken at once when the list has
   * it, and shown in the box when not, with what is known of it.
   */
  async select(argument: unknown): Promise<void> {
    if (argument === undefined) return void (await this.choose('all'));
    if (typeof argument !== 'string' || !canBeModelId(argument)) {
      await this.dialogs.warn(
        say`Select Model takes a model id such as anthropic/claude-sonnet-4.5 as its argument.`,
      );
      return;
    }
    if (!(await this.modelUse.isAllowed(argument))) return;
    const { models = [] } = (await this.list.cached()) ?? {};
    const { kind } = lookUpId(models, argument);
    if (kind === 'listed' || kind === 'based') await this.settings.useModel(argument);
    else await this.open(argument);
  }

  private async open(text: string): Promise<boolean> {
    const chosen = await this.pick(text);
    if (chosen !== undefined) await this.settings.useModel(chosen);
    return chosen !== undefined;
  }

  /** The id of one model, which stays what it is; undefined when dismissed. The box opens with `text`. */
  async pick(text = ''): Promise<string | undefined> {
    const { list, badges, used, settings, actions } = this;
    const opening = new PickerOpening({ list, badges, used, settings, actions }, text, this.estimateAtHand());
    try {
      return await opening.run();
    } finally {
      opening.dispose();
    }
  }
}
