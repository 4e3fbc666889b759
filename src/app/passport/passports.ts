import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { Turn } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import type { LedgerEntry, LedgerStore } from '../../core/ledger/ledger';
import { ifReadable } from '../../core/money/ledgerFault';
import { type Passport, toPassport } from '../../core/usage/passport/passport';
import type { AskSession } from '../ask/askSession';
import type { EndpointLookup } from '../models/endpointLookup';

/** Says of requests what left with them and who saw it, from their turns, their rows and the lists of endpoints. */
export class Passports implements Disposable {
  private readonly shown = new Emitter<Passport>();
  /** For whoever shows the turn. */
  readonly onDidShow: Event<Passport> = this.shown.event;

  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'restore'>,
    private readonly ledger: Pick<LedgerStore, 'get'>,
    private readonly endpoints: Pick<EndpointLookup, 'of'>,
  ) {}

  /** Fires the passport of a turn of the conversation; nothing when there is none. */
  async show(turnId: string): Promise<void> {
    const turn = this.session.conversation.turns.find(({ id }) => id === turnId);
    if (turn) this.shown.fire(await this.of(turn));
  }

  /** Of every turn that is kept in this workspace, the newest first. */
  async all(): Promise<readonly Passport[]> {
    await this.session.restore();
    const { turns } = this.session.conversation;
    return Promise.all(turns.toReversed().map(turn => this.of(turn)));
  }

  dispose(): void {
    this.shown.dispose();
  }

  private async of(turn: Turn): Promise<Passport> {
    const { answer, sent } = turn;
    const isKnown = answer.provider !== undefined || answer.routing?.attempts !== undefined;
    const model = answer.servedModel ?? sent.parameters.model;
    const [row, endpoints] = await Promise.all([
      this.row(turn.id),
      isKnown ? this.endpoints.of(model, new AbortController().signal) : undefined,
    ]);
    return toPassport(turn, {
      history: historyUpTo(this.session.conversation, turn.follows),
      row,
      endpoints,
    });
  }

  /** The turn itself says the most of it. */
  private row(id: string): Promise<LedgerEntry | undefined> {
    return ifReadable(this.ledger.get(id));
  }
}
