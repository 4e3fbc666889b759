import { assertNever } from '../../core/base/assertNever';
import type { AddedPart } from '../../core/chat/addedPart';
import type { FromAnswerPage } from '../../protocol/answerMessages';
import type { AskSession } from '../ask/askSession';
import type { ChooseModel } from '../models/modelList';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { ContextCommands } from './contextCommands';
import type { ContextImages } from './contextImages';
import type { ContextList } from './contextList';
import type { SaveImage } from './saveImage';

type MessageType =
  | 'addContext'
  | 'removeContext'
  | 'addFiles'
  | 'addImage'
  | 'useLargerModel'
  | 'pickVisionModel'
  | 'saveImage';

/** What the page says of things that go along, and of images. */
export type ContextMessage = Extract<FromAnswerPage, { readonly type: MessageType }>;

/** Does what the user did in the page with what goes along, and gives that for a question that is sent. */
export class ContextPage {
  /** What goes along is being read: a second press of the key sends nothing. */
  private isTaking = false;

  constructor(
    private readonly session: Pick<AskSession, 'composer' | 'conversation' | 'takes'>,
    private readonly parts: {
      readonly list: Pick<ContextList, 'items' | 'remove' | 'fresh' | 'take'>;
      readonly commands: Pick<ContextCommands, 'choose' | 'addFiles'>;
      readonly images: Pick<ContextImages, 'addFromPage'>;
      readonly saving: Pick<SaveImage, 'save'>;
    },
    private readonly chooseModel: ChooseModel,
    private readonly settings: Pick<SettingsReader, 'useModel'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
  ) {}

  async handle(message: ContextMessage): Promise<void> {
    const { list, commands } = this.parts;
    switch (message.type) {
      case 'addContext':
        return commands.choose(true);
      case 'removeContext':
        return list.remove(message.ids);
      case 'addFiles':
        return commands.addFiles(message.uris);
      case 'addImage':
        return this.addImage(message);
      case 'useLargerModel':
        return this.useLargerModel(message.model);
      case 'pickVisionModel':
        await this.chooseModel('vision');
        return;
      case 'saveImage':
        return this.saveImage(message);
      default:
        return assertNever(message);
    }
  }

  /**
   * What goes along with `prompt`, read anew; undefined when not all of it can be sent, or not to this model, which the
   * composer says.
   */
  async take(prompt: string): Promise<readonly AddedPart[] | undefined> {
    const { list } = this.parts;
    if (list.items.length === 0) return [];
    if (this.isTaking) return undefined;
    this.isTaking = true;
    try {
      return (await list.fresh()) && (await this.session.takes(prompt)) ? list.take() : undefined;
    } finally {
      this.isTaking = false;
    }
  }

  private async addImage({ url, name, id }: Extract<ContextMessage, { type: 'addImage' }>): Promise<void> {
    const problem = this.parts.images.addFromPage(url, { name, id });
    if (problem !== undefined) await this.dialogs.warn(problem);
  }

  /** Only a model that the composer offers. */
  private async useLargerModel(model: string): Promise<void> {
    const offered = this.session.composer.tooMuch?.larger ?? [];
    if (offered.some(({ id }) => id === model)) await this.settings.useModel(model);
  }

  private async saveImage({ turnId, index }: Extract<ContextMessage, { type: 'saveImage' }>): Promise<void> {
    const turn = this.session.conversation.turns.find(({ id }) => id === turnId);
    if (turn) await this.parts.saving.save(turn, index);
  }
}
