import { type LimitKind, leftPhrase } from '../../core/chat/spending';
import { type Budgets, toSpendLimits } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { affordableWithin } from '../../core/money/estimate';
import { formatPico, type Pico } from '../../core/money/pico';
import type { FlatPrices } from '../../core/money/priceBound';
import { withMaxTokens } from './answerLimit';
import type { AskRequest } from './askRequest';
import { type Bounded, worstCostOf } from './priceBounds';

/** What a limit leaves for one request. */
export interface Room<Kind extends LimitKind = LimitKind> {
  readonly kind: Kind;
  readonly pico: Pico;
}

type PeriodKind = Exclude<LimitKind, 'maxAnswerCost' | 'perRequest'>;

/** An answer that a limit would make shorter than this is of no use: the limit stops the request instead. */
const shortestUseful = 256;

/**
 * What the limits of the session, the day and the month leave: all that other requests of all windows spent or hold is
 * taken. `ownPico`: what the request itself holds.
 */
export async function periodRooms(
  budgets: Budgets,
  ledger: Pick<LedgerStore, 'totals'>,
  atMs: number,
  ownPico: Pico = 0n,
): Promise<readonly Room<PeriodKind>[]> {
  const rooms: Room<PeriodKind>[] = [];
  for (const { kind, limitPico, period, ownRowsOnly } of toSpendLimits(budgets, atMs)) {
    const totals = await ledger.totals(period, ownRowsOnly);
    const committed = totals.spentPico + totals.estimatedPico + totals.heldPico;
    rooms.push({ kind, pico: limitPico - committed + ownPico });
  }
  return rooms;
}

/**
 * The tightest of {@link periodRooms} and of the limit per request; undefined when none of them is set. Without a
 * ledger only the latter counts.
 */
export async function tightestRoom(
  budgets: Budgets,
  ledger: Pick<LedgerStore, 'totals'> | undefined,
  atMs: number,
): Promise<Room | undefined> {
  const rooms: Room[] = ledger ? [...(await periodRooms(budgets, ledger, atMs))] : [];
  if (budgets.perRequestPico !== undefined) rooms.push({ kind: 'perRequest', pico: budgets.perRequestPico });
  return smallestOf(rooms);
}

export const smallestOf = <Kind extends LimitKind>(rooms: readonly Room<Kind>[]): Room<Kind> | undefined =>
  rooms.reduce<Room<Kind> | undefined>(
    (least, room) => (least && least.pico <= room.pico ? least : room),
    undefined,
  );

/**
 * The longest answer, of at most `asked` tokens, that fits into `room` whatever happens: what the request reserves is
 * no more than that. Undefined where none of use does, or the price is not known.
 */
export function tokensWithin(
  room: Room,
  prices: FlatPrices,
  request: Bounded,
  asked: number,
): number | undefined {
  const tokens = affordableWithin(room.pico, asked, each => worstCostOf(prices, request, each));
  return tokens === undefined || tokens < Math.min(shortestUseful, asked) ? undefined : tokens;
}

/**
 * The request with `maxTokens` lowered to what fits into `room`; as it is where it fits, or no useful answer would.
 * `part`: which part of what the limit leaves the room is, such as `its share of `.
 */
export function limitToRoom(
  request: AskRequest,
  prices: FlatPrices,
  room: Room | undefined,
  part = '',
): AskRequest {
  const { maxTokens: asked } = request.turn.sent.parameters;
  if (!room || request.isForced || request.stop) return request;
  const tokens = tokensWithin(room, prices, request, asked);
  if (tokens === undefined || tokens >= asked) return request;
  return withMaxTokens(request, tokens, `by ${part}${leftPhrase(room.kind, formatPico(room.pico))}`);
}
