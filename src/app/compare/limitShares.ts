import type { LedgerStore } from '../../core/ledger/ledger';
import { ifReadable } from '../../core/money/ledgerFault';
import type { Pico } from '../../core/money/pico';
import type { AskRequest } from '../ask/askRequest';
import { limitToRoom, periodRooms, type Room, smallestOf } from '../ask/limitRooms';
import { reservationOf } from '../ask/priceBounds';
import type { SettingsReader } from '../ports/settingsReader';

/**
 * Shares what the limits leave among requests that are sent one after another, so that the first ones do not take what
 * the last ones need. What one does not use is left to those after it.
 */
export class LimitShares {
  constructor(
    private readonly ledger: Pick<LedgerStore, 'totals'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
  ) {}

  /** Whether all of `requests` can be sent, should each cost the most it may with its share. */
  async doForAll(requests: readonly AskRequest[]): Promise<boolean> {
    const room = await this.room();
    let left = room?.pico ?? 0n;
    return requests.every((request, index) => {
      const limited = room && toShare(request, requests.slice(index + 1), { ...room, pico: left });
      left -= limited ? heldBy(limited) : 0n;
      return left >= 0n;
    });
  }

  /** `request`, whose turn it is, with its answer limited to its share of what is left now; `later` are sent after it. */
  async limit(request: AskRequest, later: readonly AskRequest[]): Promise<AskRequest> {
    const room = await this.room();
    return room ? toShare(request, later, room) : request;
  }

  /** Undefined when no limit is set, or nobody knows what it leaves: then the ledger refuses requests. */
  private async room(): Promise<Room | undefined> {
    const rooms = await ifReadable(periodRooms(this.settings.current.budgets, this.ledger, Date.now()));
    return smallestOf(rooms ?? []);
  }
}

/** Where the share is too small for an answer of use, all that is left counts. */
function toShare(request: AskRequest, later: readonly AskRequest[], room: Room): AskRequest {
  const prices = request.cap?.prices;
  if (!prices || !isSent(request)) return request;
  const reserve = (limited: AskRequest): AskRequest => ({
    ...limited,
    reservedPico: reservationOf(prices, limited),
  });
  const share = shareOf(room.pico, later);
  const limited = reserve(limitToRoom(request, prices, { ...room, pico: share }, 'its share of '));
  return heldBy(limited) <= share ? limited : reserve(limitToRoom(request, prices, room));
}

/** An equal part of `left`, or what `later` leave of it where they need less than theirs. */
function shareOf(left: Pico, later: readonly AskRequest[]): Pico {
  const others = later.filter(isSent);
  const equal = left / BigInt(others.length + 1);
  const rest = left - others.reduce((sum, request) => sum + heldBy(request), 0n);
  return rest > equal ? rest : equal;
}

const isSent = ({ refusal, stop }: AskRequest): boolean => !refusal && !stop;

const heldBy = (request: AskRequest): Pico => (isSent(request) ? (request.reservedPico ?? 0n) : 0n);
