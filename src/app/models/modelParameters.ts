import type { ParameterChoice } from '../../core/chat/parameterSettings';
import { toWireFields } from '../../core/chat/requestParameters';
import { type ControlledName, offeredParameters, supportedChoice } from '../../core/models/offeredParameters';
import { type ParameterControl, parameterControl, readOffered } from '../../core/models/parameterControl';
import type { SettingsReader } from '../ports/settingsReader';
import { rememberedOf } from '../settings';
import type { ModelList } from './modelList';
import type { ModelTiers } from './modelTiers';

/** The parameters that are chosen beside the model, and remembered for it in the user's settings. */
export class ModelParameters {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: Pick<SettingsReader, 'current' | 'useModelParameters'>,
    private readonly models: Pick<ModelList, 'peek' | 'keepFresh'>,
    private readonly tiers: Pick<ModelTiers, 'peek' | 'of'>,
  ) {}

  /** What can be chosen for a model, and what is, as far as it is known without waiting. */
  controlOf(id: string): ParameterControl {
    const [model, offers] = [this.models.peek(id), this.tiers.peek(id)];
    const remembered = rememberedOf(this.settings.current, id);
    return parameterControl({
      offered: offeredParameters(id, model, offers),
      remembered,
      sent: supportedChoice(remembered, model, offers),
      settings: this.settings.current.parameters,
    });
  }

  /** Finds out what is not known yet. */
  async lookUp(id: string): Promise<void> {
    await Promise.all([this.models.keepFresh(), this.tiers.of(id, new AbortController().signal)]);
  }

  /** Remembers `value` for the model, or no more where it is undefined. What the control does not offer is not taken. */
  async set(id: string, name: ControlledName, value: string | undefined): Promise<void> {
    const read = readOffered(name, value, this.controlOf(id));
    if (read !== 'refused') await this.change(id, remembered => ({ ...remembered, ...read }));
  }

  /** The model has what the settings say, and what it does by itself. */
  reset(id: string): Promise<void> {
    return this.change(id, () => ({}));
  }

  /** One after the other: each begins with what the one before has left. */
  private change(id: string, next: (remembered: ParameterChoice) => ParameterChoice): Promise<void> {
    const write = (): Promise<void> => {
      const chosen = next(rememberedOf(this.settings.current, id));
      return this.settings.useModelParameters(id, toWireFields(chosen));
    };
    const done = this.writing.then(write);
    this.writing = done.catch(() => undefined);
    return done;
  }
}
