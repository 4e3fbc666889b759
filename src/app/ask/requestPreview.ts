import { readImageUrl } from '../../core/base/imageData';
import { Newest } from '../../core/base/newest';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { AddedImage } from '../../core/chat/addedPart';
import type { MessageImage } from '../../core/chat/chatClient';
import { readEditedBody } from '../../core/chat/editedBody';
import { describeCallFailure } from '../../core/chat/failureText';
import { shortEstimate } from '../../core/models/estimateText';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Endpoints } from '../account/endpoints';
import type { ModelList } from '../models/modelList';
import type { Dialogs } from '../ports/dialogs';
import type { Editors, OpenPreview } from '../ports/editors';
import type { SettingsReader } from '../ports/settingsReader';
import type { Estimates } from '../usage/estimates';
import { type AskInput, titleOf, toAskRequest } from './askRequest';
import type { AskSession } from './askSession';
import { fitToModel } from './fitToModel';
import type { PreviewChoice } from './previewChoice';
import { partsOf, type RequestPart, withoutParts } from './requestParts';
import type { SecretMasking } from './secretMasking';

/** A request that is shown and not sent yet. */
interface Previewed {
  /** With all of its parts. */
  readonly input: AskInput;
  /** Ids of the parts that the user left out. */
  readonly leftOut: ReadonlySet<string>;
}

/** Older previews, should they still be open, can be sent as they are and not be taken apart. */
const mostKept = 20;

/** What a preview is made and sent with. */
export interface RequestPreviewParts {
  readonly session: Pick<AskSession, 'ask' | 'conversation'>;
  readonly choice: Pick<PreviewChoice, 'choose'>;
  readonly editors: Pick<Editors, 'openPreview' | 'activePreview'>;
  readonly endpoints: Pick<Endpoints, 'current'>;
  readonly openRouter: Pick<OpenRouter, 'describe'>;
  readonly estimates: Pick<Estimates, 'of'>;
  readonly models: Pick<ModelList, 'findCached'>;
  readonly settings: Pick<SettingsReader, 'current'>;
  readonly dialogs: Pick<Dialogs, 'confirm' | 'pickMany' | 'warn'>;
  readonly masking: Pick<SecretMasking, 'masked'>;
}

/**
 * Shows the exact JSON of a request before it is sent; what the user leaves out of it does not leave, and what the user
 * changes in it is what goes out.
 */
export class RequestPreview {
  private readonly previews = new Newest<Previewed>(mostKept);
  private opened = 0;

  constructor(private readonly parts: RequestPreviewParts) {}

  /** Opens a preview, or sends the one in the active editor. */
  async run(): Promise<void> {
    const preview = this.parts.editors.activePreview();
    if (preview) return this.send(preview);
    const input = await this.parts.choice.choose();
    if (input) await this.open(input);
  }

  /** Shows the request that asks `input`. */
  async open(input: AskInput): Promise<void> {
    const json = await this.jsonOf(input);
    if (json === undefined) return;
    this.opened += 1;
    const id = String(this.opened);
    this.previews.set(id, { input, leftOut: new Set() });
    await this.parts.editors.openPreview({ id, json, describe: text => this.describe(text) });
  }

  /** Asks which parts of the request in the active editor go along, and writes it anew. */
  async leaveOut(): Promise<void> {
    const preview = this.parts.editors.activePreview();
    const previewed = preview && this.previews.get(preview.id);
    if (!preview || !previewed) {
      await this.parts.dialogs.warn(
        say`There is no request to leave something out of: open one with Preview Request….`,
      );
      return;
    }
    const { input, leftOut } = previewed;
    const isEdited = (await this.jsonOf(this.inputOf(previewed))) !== preview.json;
    const parts = this.partsOf(input);
    const kept = await this.parts.dialogs.pickMany(parts, {
      title: say`What Goes Along`,
      placeHolder: say`What is not ticked is left out; the question itself always goes along`,
      least: 0,
      most: parts.length,
      picked: parts.filter(({ id }) => !leftOut.has(id)),
    });
    if (!kept || (isEdited && !(await this.mayOverwrite()))) return;
    const next = { input, leftOut: new Set(parts.filter(part => !kept.includes(part)).map(({ id }) => id)) };
    const json = await this.jsonOf(this.inputOf(next));
    if (json === undefined) return;
    this.previews.set(preview.id, next);
    await preview.write(json);
  }

  /** The request that asks `input`, as it goes over the wire; undefined when there is no address: the user was told. */
  private async jsonOf(input: AskInput): Promise<string | undefined> {
    const endpoint = await this.parts.endpoints.current();
    if (!endpoint.ok) {
      await this.parts.dialogs.warn(plain(describeCallFailure(endpoint.failure, 'the request')));
      return undefined;
    }
    const { current } = this.parts.settings;
    const asked = toAskRequest(input, {
      id: '',
      conversation: this.parts.session.conversation,
      inForce: current,
    });
    const { model: id } = asked.turn.sent.parameters;
    const model = await this.parts.models.findCached(id);
    const { turn, messages: clear } = fitToModel(asked, model, undefined, current.parameters);
    const messages = this.parts.masking.masked(clear);
    const { session_id: _, ...body } = this.parts.openRouter.describe(endpoint.value, {
      parameters: turn.sent.parameters,
      messages,
    }).body;
    return `${JSON.stringify(body, undefined, 2)}\n`;
  }

  /** What the request in an editor would cost as it stands there, or what keeps it from being sent. */
  private async describe(json: string): Promise<PlainText> {
    const edited = readEditedBody(json);
    if ('problem' in edited) return say`Cannot be sent: ${edited.problem}`;
    const { model: id, maxTokens } = edited.parameters;
    const model = await this.parts.models.findCached(id);
    return plain(shortEstimate(await this.parts.estimates.of(edited.messages, id, model, maxTokens)));
  }

  private async send(preview: OpenPreview): Promise<void> {
    const previewed = this.previews.get(preview.id);
    const input = previewed && this.inputOf(previewed);
    // As it was made: its answer can be applied, and asked again, like any other.
    if (input && (await this.jsonOf(input)) === preview.json) {
      await preview.close();
      await this.parts.session.ask(input);
      return;
    }
    const edited = readEditedBody(preview.json);
    if ('problem' in edited) {
      await this.parts.dialogs.warn(say`The request was not sent. ${edited.problem}`);
      return;
    }
    await preview.close();
    const { content: prompt = '', images } = edited.messages.findLast(({ role }) => role === 'user') ?? {};
    const added = images?.flatMap(toAdded);
    await this.parts.session.ask({
      title: titleOf(prompt),
      action: 'ask',
      origin: 'command',
      prompt,
      added,
      edited,
    });
  }

  private partsOf(input: AskInput): readonly RequestPart[] {
    return partsOf(input, this.parts.session.conversation, this.parts.settings.current.systemPrompt);
  }

  private inputOf({ input, leftOut }: Previewed): AskInput {
    return withoutParts(input, this.partsOf(input), leftOut);
  }

  private async mayOverwrite(): Promise<boolean> {
    const write = 'Write Anew';
    const answer = await this.parts.dialogs.confirm(
      say`You have changed this request by hand.`,
      say`It is written anew from its parts; your changes are lost. Undo brings them back.`,
      write,
    );
    return answer === write;
  }
}

/** So that "Sent" shows it, and it goes along with what follows. */
function toAdded(image: MessageImage): readonly AddedImage[] {
  const facts = readImageUrl(image.url);
  return facts ? [{ kind: 'image', name: 'Image', ...image, mediaType: facts.mediaType }] : [];
}
