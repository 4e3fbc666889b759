import type { AnswerEvent } from '../../core/chat/answer';
import type { CapKind, Spending } from '../../core/chat/spending';
import type { Budgets } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { vendorOf } from '../../core/models/modelId';
import { mayServeAtTier } from '../../core/models/serviceTiers';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import { formatPico, type Pico } from '../../core/money/pico';
import type { Pricing } from '../../core/money/pricing';
import { RunningTokens, runningCost } from '../../core/money/runningCost';
import { type AskRequest, sentAtMs } from './askRequest';
import { periodRooms, type Room, smallestOf } from './limitRooms';

/** After each such part of what is left, the ledger is asked again: other windows spend, too. */
const checksPerLimit = 8n;
/** The figure on the page moves in such steps. */
const stepsShown = 200n;

/** Follows what a running answer costs, and says when a limit is reached. */
export class MoneyMeter {
  private readonly tokens: RunningTokens;
  private readonly atMs: number;
  private pricing: Pricing | undefined;
  private rooms: readonly Room<CapKind>[] = [];
  private checkAtPico = 0n;
  private shownPico: Pico | undefined;

  constructor(
    private readonly request: AskRequest,
    private readonly budgets: Budgets,
    private readonly ledger: Pick<LedgerStore, 'totals'>,
    private readonly findPricing: (model: string) => Promise<Pricing | undefined>,
  ) {
    this.tokens = new RunningTokens(request.cap?.promptTokens ?? 0, request.cap?.tokenizer);
    this.pricing = request.cap?.prices;
    this.atMs = sentAtMs(request);
  }

  /** Takes in what came; what is to be shown now, if anything has changed. */
  async take(event: AnswerEvent): Promise<Spending | undefined> {
    switch (event.type) {
      case 'text':
      case 'reasoning':
        this.tokens.add(event.text, event.pieces);
        break;
      case 'counted':
        this.tokens.count(event.usage);
        break;
      case 'accepted':
      case 'served':
        await this.learnServer(event);
        break;
      default:
        return undefined;
    }
    return this.spending();
  }

  /** The limit is reached, or the next piece would pass it. */
  get reached(): Spending | undefined {
    const [room, nextPico] = [this.smallest, this.cost(this.tokens.nextPiece)];
    return room && nextPico !== undefined && nextPico > room.pico ? this.toSpending(room) : undefined;
  }

  private get smallest(): Room<CapKind> | undefined {
    return smallestOf(this.rooms);
  }

  private async spending(): Promise<Spending | undefined> {
    const pico = this.cost();
    if (pico === undefined) return undefined;
    if (this.rooms.length === 0 || pico >= this.checkAtPico) await this.readRooms(pico);
    const room = this.smallest;
    if (!room) return undefined;
    const isNews = this.shownPico === undefined || pico - this.shownPico >= room.pico / stepsShown;
    if (!isNews) return undefined;
    this.shownPico = pico;
    return this.toSpending(room);
  }

  private toSpending({ kind, pico }: Room<CapKind>): Spending {
    return {
      usd: formatPico(this.cost() ?? 0n),
      capUsd: formatPico(pico),
      kind,
      by: this.request.cap?.by ?? 'maxTokens',
    };
  }

  /** With `more` tokens than came so far. */
  private cost(more = 0): Pico | undefined {
    const { pricing, tokens, atMs } = this;
    return pricing && runningCost(pricing, tokens.prompt, tokens.answer + more, atMs);
  }

  /** The price and the tokenizer of who serves it, where they are known. */
  private async learnServer(event: Extract<AnswerEvent, { type: 'accepted' | 'served' }>): Promise<void> {
    const { cap, turn } = this.request;
    const { parameters } = turn.sent;
    const served = event.type === 'served' ? event.model : undefined;
    // A fallback, or what a router has chosen.
    if (served !== undefined && vendorOf(served) !== vendorOf(parameters.model))
      this.tokens.tokenizer = tokenizerFamily({ id: served });
    const mayServe = cap?.endpoints?.filter(
      each => each.provider === event.provider && mayServeAtTier(each, parameters),
    );
    const [only] = mayServe ?? [];
    if (only && mayServe?.length === 1) this.pricing = only.pricing;
    else if (!this.pricing && served !== undefined) this.pricing = await this.findPricing(served);
  }

  private async readRooms(spentPico: Pico): Promise<void> {
    const { request, budgets } = this;
    const rooms: Room<CapKind>[] = [
      ...(await periodRooms(budgets, this.ledger, this.atMs, request.reservedPico)),
    ];
    if (budgets.maxAnswerPico !== undefined)
      rooms.push({ kind: 'maxAnswerCost', pico: budgets.maxAnswerPico });
    this.rooms = rooms;
    const left = (this.smallest?.pico ?? 0n) - spentPico;
    this.checkAtPico = spentPico + (left > 0n ? left / checksPerLimit : 0n);
  }
}
