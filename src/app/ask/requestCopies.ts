import { plain, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import { describeCallFailure } from '../../core/chat/failureText';
import { type CodeFormat, codeFormatNames, codeFormats, requestAsCode } from '../../core/chat/requestCode';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Endpoints } from '../account/endpoints';
import type { Dialogs } from '../ports/dialogs';
import type { AskSession } from './askSession';
import type { SentRequests } from './sentRequests';

/** Puts a request into the clipboard as code that sends the same, with a variable in place of the key. */
export class RequestCopies {
  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'find'>,
    private readonly sent: Pick<SentRequests, 'of'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: Pick<OpenRouter, 'describe'>,
    private readonly dialogs: Pick<Dialogs, 'copy' | 'news' | 'pick' | 'warn'>,
  ) {}

  /** Of the newest turn; `format` may come from a key binding and can be anything. */
  async copyNewest(format: unknown): Promise<void> {
    const turn = this.session.conversation.turns.at(-1);
    if (!turn) {
      await this.dialogs.warn(say`There is no request to copy yet: ask something first.`);
      return;
    }
    const chosen = format === undefined ? await this.choose() : codeFormats.find(known => known === format);
    if (chosen !== undefined) return this.copy(turn, chosen);
    if (format !== undefined)
      await this.dialogs.warn(
        say`The key binding names no format that is known: use "curl", "python", "typescript" or "json".`,
      );
  }

  async copy(turn: Turn, format: CodeFormat): Promise<void> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) {
      await this.dialogs.warn(plain(describeCallFailure(endpoint.failure, 'the request')));
      return;
    }
    const request = this.sent.of(turn, this.session.conversation);
    await this.dialogs.copy(requestAsCode(format, this.openRouter.describe(endpoint.value, request)));
    await this.dialogs.news(
      say`Copied the request as ${codeFormatNames[format]}. It reads the key from OPENROUTER_API_KEY.`,
    );
  }

  private async choose(): Promise<CodeFormat | undefined> {
    const items = codeFormats.map(format => ({ label: plain(codeFormatNames[format]), format }));
    const picked = await this.dialogs.pick(items, {
      title: say`Copy Request As`,
      placeHolder: say`The newest request, ready to run with the key in OPENROUTER_API_KEY`,
    });
    return picked?.format;
  }
}
