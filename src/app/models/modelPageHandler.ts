import { assertNever } from '../../core/base/assertNever';
import { say } from '../../core/base/plainText';
import type { FromModelPage } from '../../protocol/modelMessages';
import type { RoutingMenu } from '../ask/routingMenu';
import type { CompareCommands } from '../compare/compareCommands';
import type { Dialogs } from '../ports/dialogs';
import type { Log } from '../ports/log';
import type { SettingsReader } from '../ports/settingsReader';
import { toggleFavourite } from './favourites';
import type { ModelDetails } from './modelDetails';
import type { ModelPageView } from './modelPageView';
import type { ModelUse } from './modelUse';

/** Does what the user did in the page of a model. */
export class ModelPageHandler {
  constructor(
    private readonly view: Pick<ModelPageView, 'again' | 'shownId' | 'tags'>,
    private readonly details: Pick<ModelDetails, 'show'>,
    private readonly modelUse: Pick<ModelUse, 'anyProvider' | 'use' | 'useOnly'>,
    private readonly comparing: Pick<CompareCommands, 'compareEndpoints' | 'compareWith'>,
    private readonly routing: Pick<RoutingMenu, 'open'>,
    private readonly settings: Pick<SettingsReader, 'current' | 'setFavourites'>,
    private readonly dialogs: Pick<Dialogs, 'copy' | 'openLink'>,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  async handle(message: FromModelPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // The panel itself answers this.
        return;
      case 'use':
      case 'compare':
      case 'star':
      case 'useEndpoint':
      case 'compareEndpoints':
        if (message.model === this.view.shownId) await this.act(message);
        return;
      case 'anyProvider':
        return this.modelUse.anyProvider();
      case 'show':
        return this.details.show(message.model);
      case 'lookUp':
        return this.view.again();
      case 'pickRouting':
        return this.routing.open();
      case 'copy':
        return this.dialogs.copy(message.text);
      case 'openLink':
        return this.dialogs.openLink(message.href);
      case 'pageError':
        return this.log.warn(say`Model page: ${message.message}`);
      default:
        return assertNever(message);
    }
  }

  /** With the model that the page shows, or one of its endpoints. */
  private async act(message: Extract<FromModelPage, { readonly model: string }>): Promise<void> {
    const { model } = message;
    if ('tag' in message && !this.view.tags.includes(message.tag)) return;
    switch (message.type) {
      case 'use':
        await this.modelUse.use(model);
        return;
      case 'compare':
        return this.comparing.compareWith(model);
      case 'star':
        return toggleFavourite(this.settings, model);
      case 'useEndpoint':
        return this.modelUse.useOnly(model, message.tag, this.view.tags);
      case 'compareEndpoints':
        return this.comparing.compareEndpoints(model, message.tag);
    }
  }
}
