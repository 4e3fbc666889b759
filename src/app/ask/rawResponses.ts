import { Newest } from '../../core/base/newest';
import { type PlainText, say } from '../../core/base/plainText';
import { partStart } from '../../core/chat/answer';
import type { Turn } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';
import type { RawResponse } from '../../core/chat/rawResponse/rawResponse';
import { rawResponseText } from '../../core/chat/rawResponse/rawResponseText';
import type { Dialogs } from '../ports/dialogs';
import type { Editors } from '../ports/editors';
import type { AskSession } from './askSession';
import type { SecretMasking } from './secretMasking';

/** So many responses are kept; an error's body or a whole answer in one piece may be large. */
const mostKept = 50;

/** The responses of this window as they came, in memory alone. */
export class RawResponses {
  private readonly kept = new Newest<RawResponse>(mostKept);

  constructor(
    private readonly masking: Pick<SecretMasking, 'asReceived'>,
    private readonly editors: Pick<Editors, 'openToRead'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
  ) {}

  remember(rowId: string, response: RawResponse): void {
    this.kept.set(rowId, response);
  }

  /** Shows the response to the newest request of a conversation. */
  async showNewest({ conversation }: Pick<AskSession, 'conversation'>): Promise<void> {
    const turn = conversation.turns.at(-1);
    if (turn) await this.show(turn);
    else await this.dialogs.warn(say`There is no response to show yet: ask something first.`);
  }

  /** Shows the response to the last request of `turn`, with every field explained. */
  async show(turn: Turn): Promise<void> {
    const { answer } = turn;
    const id = answer.requestId ?? turn.id;
    const response = this.kept.get(id);
    if (!response) {
      await this.dialogs.warn(whyMissing(turn));
      return;
    }
    const { textEnd, reasoningEnd } = partStart(answer);
    const text = rawResponseText(turn.title, response, {
      content: this.masking.asReceived(answer.text.slice(textEnd)),
      reasoning: this.masking.asReceived(answer.reasoning.slice(reasoningEnd)),
      toolCalls: answer.toolCalls.map(call => ({
        ...call,
        arguments: this.masking.asReceived(call.arguments),
      })),
    });
    await this.editors.openToRead({ id, name: `Response to ${turn.title}.jsonc`, text });
  }
}

function whyMissing({ answer }: Turn): PlainText {
  if (answer.status === 'streaming')
    return say`The answer still comes in: its response can be shown when it has ended.`;
  const kind = answer.ending?.failure?.kind;
  return kind === 'network' || isUnsent(kind)
    ? say`There is nothing to show: no response came to this request.`
    : say`The response is gone: responses are kept only in the memory of the window that asked, the newest ${mostKept} of them.`;
}
