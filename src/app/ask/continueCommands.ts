import { paragraphs, plain, say } from '../../core/base/plainText';
import { canContinue, continueCosts } from '../../core/chat/continuing';
import type { Turn } from '../../core/chat/conversation';
import type { FailureKind } from '../../core/chat/failure';
import { goesOnFromText } from '../../core/models/prefill';
import { compactUsd, parsePico } from '../../core/money/pico';
import type { Dialogs } from '../ports/dialogs';
import type { AskSession } from './askSession';
import { type ContinueStyle, toContinueRequest } from './continueRequest';

/** How a provider says that it does not go on from a message of its own. */
const prefillRefused: readonly (FailureKind | undefined)[] = ['badRequest', 'unprocessable'];

/** Goes on with answers that were cut off, so that what is there need not be paid again. */
export class ContinueCommands {
  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'isRunning' | 'goOn' | 'retry'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'warn'>,
  ) {}

  /** Asks about the newest answer that is not whole: go on, or ask anew. */
  async run(): Promise<void> {
    const turn = this.session.conversation.turns.findLast(canContinue);
    if (!turn) {
      await this.dialogs.warn(
        say`There is no answer to go on with: only one that was cut off, or stopped by a limit, can be continued.`,
      );
      return;
    }
    const [goOn, anew] = ['Continue', 'Ask Anew'];
    const choice = await this.dialogs.confirm(
      say`Continue the answer to “${turn.title}”?`,
      paragraphs(priceSentence(turn)),
      goOn,
      anew,
    );
    if (choice === goOn) await this.continue(turn);
    if (choice === anew) await this.session.retry(turn);
  }

  /** Goes on with the answer of `turn`; `isForced`: whatever the limits say. */
  async continue(turn: Turn, isForced?: boolean): Promise<void> {
    if (!canContinue(turn)) return;
    const style = goesOnFromText(turn.sent.parameters) ? 'prefilled' : 'instructed';
    const ended = await this.send(turn, style, isForced);
    // Refused before anything ran: it costs nothing to say it in words.
    const { failure } = ended?.answer.ending ?? {};
    const isRefused =
      style === 'prefilled' && failure?.httpStatus === 400 && prefillRefused.includes(failure.kind);
    if (ended && isRefused) await this.send(ended, 'instructed', isForced);
  }

  private send(turn: Turn, style: ContinueStyle, isForced?: boolean): Promise<Turn | undefined> {
    return this.session.goOn(source => toContinueRequest(turn, style, source, isForced));
  }
}

function priceSentence(turn: Turn) {
  const costs = continueCosts(turn, goesOnFromText(turn.sent.parameters));
  if (!costs) return plain('What it will cost is not known.');
  const [finish, anew] = [costs.finishUsd, costs.anewUsd].map(usd => compactUsd(parsePico(usd) ?? 0n));
  if (costs.isAnewCheaper)
    return say`To ask anew costs about ${anew ?? ''}, less than to finish it, about ${finish ?? ''}: little of the answer is there.`;
  return say`To finish it costs about ${finish ?? ''}, to ask anew about ${anew ?? ''}, if the rest is as long as what is there.`;
}
