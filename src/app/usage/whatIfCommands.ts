import { splitModelId } from '../../core/chat/modelSuffix';
import { builtInActions } from '../../core/prompts/actions';
import type { WhatIfChoice } from '../../protocol/whatIfState';
import type { CompareCommands } from '../compare/compareCommands';
import type { WhatIfView } from './whatIfView';

/** Does what the user did in the what-if section of the usage page. */
export class WhatIfCommands {
  constructor(
    private readonly view: Pick<WhatIfView, 'choose' | 'read' | 'trialOf'>,
    /** One model of the list; undefined when dismissed. */
    private readonly pickModel: () => Promise<string | undefined>,
    private readonly comparing: Pick<CompareCommands, 'tryOther'>,
  ) {}

  choose(choice: WhatIfChoice): Promise<void> {
    return this.view.choose(choice);
  }

  async chooseOther(route: WhatIfChoice['route']): Promise<void> {
    const id = await this.pickModel();
    if (id === undefined) return;
    const { row, routing } = splitModelId(id);
    await this.view.choose({ model: row, route: routing.includes('floor') ? 'floor' : route });
  }

  /** The period or the list's filter has changed. */
  refresh(): Promise<void> {
    return this.view.read();
  }

  /** Asks both models the same, the other one on the tier that the figures are of, so that the user sees what the figures do not say. */
  async tryIt(action: string): Promise<void> {
    const trial = this.view.trialOf(action);
    if (!trial) return;
    // Own prompts cannot be named there: it then asks what is to be done.
    const known = builtInActions.find(({ id }) => id === action)?.id;
    await this.comparing.tryOther({ ...trial, ...(known && { action: known }) });
  }
}
