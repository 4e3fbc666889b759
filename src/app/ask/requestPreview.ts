import { plain, say } from '../../core/base/plainText';
import { readEditedBody } from '../../core/chat/editedBody';
import { describeCallFailure } from '../../core/chat/failureText';
import { lastAnswered } from '../../core/chat/history';
import { shortEstimate } from '../../core/models/estimateText';
import type { OpenRouter } from '../../core/models/openRouter';
import { builtInActions } from '../../core/prompts/actions';
import type { Endpoints } from '../account/endpoints';
import type { ModelList } from '../models/modelList';
import type { Dialogs, EditedPreview, Editors, SettingsReader } from '../ports';
import type { Estimates } from '../usage/estimates';
import type { AskCommands } from './askCommands';
import { type AskInput, titleOf, toAskRequest } from './askRequest';
import type { AskSession } from './askSession';
import { fitToModel } from './fitToModel';
import type { SecretMasking } from './secretMasking';

/** Shows the exact JSON of a request before it is sent; what the user changes in it is what goes out. */
export class RequestPreview {
  constructor(
    private readonly session: Pick<AskSession, 'ask' | 'conversation' | 'draft'>,
    private readonly commands: Pick<AskCommands, 'gather'>,
    private readonly editors: Pick<Editors, 'openPreview' | 'editedPreview'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: Pick<OpenRouter, 'describe'>,
    private readonly estimates: Pick<Estimates, 'of'>,
    private readonly models: Pick<ModelList, 'findCached'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'warn'>,
    private readonly masking: Pick<SecretMasking, 'masked'>,
  ) {}

  /** Opens a preview, or sends the one in the active editor. */
  async run(): Promise<void> {
    const edited = this.editors.editedPreview();
    if (edited) return this.send(edited);
    const input = await this.choose();
    if (input) await this.open(input);
  }

  private async choose(): Promise<AskInput | undefined> {
    const { draft, conversation } = this.session;
    const typed = draft.trim();
    const ofPanel = {
      label: say`The question in the panel`,
      description: say`${titleOf(typed)}`,
      gather: async (): Promise<AskInput> => ({
        title: titleOf(typed),
        action: 'ask',
        origin: 'panel',
        prompt: typed,
        follows: lastAnswered(conversation)?.id,
      }),
    };
    const ofActions = builtInActions.map(action => ({
      label: plain(action.title),
      description: undefined,
      gather: () => this.commands.gather(action),
    }));
    const picked = await this.dialogs.pick(typed === '' ? ofActions : [ofPanel, ...ofActions], {
      title: say`Preview Request`,
      placeHolder: say`What would be asked; nothing is sent yet`,
    });
    return picked?.gather();
  }

  private async open(input: AskInput): Promise<void> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) {
      await this.dialogs.warn(plain(describeCallFailure(endpoint.failure, 'the request')));
      return;
    }
    const { current } = this.settings;
    const asked = toAskRequest(input, {
      id: '',
      conversation: this.session.conversation,
      inForce: current,
    });
    const { model: id } = asked.turn.sent.parameters;
    const model = await this.models.findCached(id);
    const { turn, messages: clear } = fitToModel(asked, model, undefined, current.parameters);
    const messages = this.masking.masked(clear);
    const { parameters } = turn.sent;
    const { session_id: _, ...body } = this.openRouter.describe(endpoint.value, {
      parameters,
      messages,
    }).body;
    const estimate = await this.estimates.of(messages, parameters.model, model, parameters.maxTokens);
    await this.editors.openPreview(`${JSON.stringify(body, undefined, 2)}\n`, shortEstimate(estimate));
  }

  private async send(preview: EditedPreview): Promise<void> {
    const edited = readEditedBody(preview.json);
    if ('problem' in edited) {
      await this.dialogs.warn(say`The request was not sent. ${edited.problem}`);
      return;
    }
    await preview.close();
    const prompt = edited.messages.findLast(({ role }) => role === 'user')?.content ?? '';
    await this.session.ask({ title: titleOf(prompt), action: 'ask', origin: 'command', prompt, edited });
  }
}
