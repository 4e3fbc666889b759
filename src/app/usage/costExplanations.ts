import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { LedgerEntry, LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { ifReadable } from '../../core/money/ledgerFault';
import type { FindPricing } from '../../core/money/pricing';
import { type CostExplanation, explainCost } from '../../core/usage/costExplanation';
import type { UsualCost } from '../../core/usage/costSentence';
import { explainTogether } from '../../core/usage/linkedCosts';
import { medianPico } from '../../core/usage/median';

/** Fewer requests make nothing usual. */
const fewestUsual = 3;

/** Explains what the row of a request cost, by what it kept, the price list and the user's other requests. */
export async function explainRow(
  row: LedgerEntry,
  queries: Pick<LedgerQueries, 'costsOf'>,
  findPricing: FindPricing,
): Promise<CostExplanation> {
  const pricingNow = await findPricing(row.servedModel ?? row.requestedModel);
  return explainCost(row, { pricingNow, usual: await usualOf(row, queries) });
}

async function usualOf(
  { action, requestedModel, id }: LedgerEntry,
  queries: Pick<LedgerQueries, 'costsOf'>,
): Promise<UsualCost | undefined> {
  // Without the history there is nothing to compare with; the rest is explained all the same.
  const costs = (await ifReadable(queries.costsOf(action, requestedModel, id))) ?? [];
  const pico = medianPico(costs);
  return pico === undefined || costs.length < fewestUsual ? undefined : { pico, requests: costs.length };
}

/** An explanation of what a turn cost. */
export interface ExplainedTurn {
  readonly turnId: string;
  readonly explanation: CostExplanation;
}

/** Explains what turns cost, for whoever shows them. */
export class CostExplanations implements Disposable {
  private readonly explained = new Emitter<ExplainedTurn>();
  readonly onDidExplain: Event<ExplainedTurn> = this.explained.event;

  constructor(
    private readonly store: Pick<LedgerStore, 'get'>,
    private readonly queries: Pick<LedgerQueries, 'costsOf'>,
    private readonly findPricing: FindPricing,
  ) {}

  /**
   * Fires the explanation of the rows `ids`, which went on from each other; by default the turn's own is the only one.
   * False when there is none of them.
   */
  async explain(turnId: string, ids: readonly string[] = [turnId]): Promise<boolean> {
    const rows = (await Promise.all(ids.map(id => this.store.get(id)))).filter(row => row !== undefined);
    const each = await Promise.all(rows.map(row => explainRow(row, this.queries, this.findPricing)));
    const [first] = each;
    if (!first) return false;
    this.explained.fire({ turnId, explanation: each.length > 1 ? explainTogether(each) : first });
    return true;
  }

  dispose(): void {
    this.explained.dispose();
  }
}
