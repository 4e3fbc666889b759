import type { Disposable } from '../../core/base/event';
import type { Turn } from '../../core/chat/conversation';
import type { LedgerStore } from '../../core/ledger/ledger';
import { toSettledEvent } from '../../core/ledger/ledgerRecorder';
import type { Settler } from '../../core/ledger/settler';
import type { Model } from '../../core/models/model';
import { toSentEstimate } from '../../core/money/sentEstimate';
import type { ModelList } from '../models/modelList';
import type { AskSession } from './askSession';

type Turns = Pick<AskSession, 'conversation' | 'apply'>;

/** Brings costs that become known later into the conversation that is shown. */
export class CostUpdates implements Disposable {
  private readonly subscriptions: readonly Disposable[];

  constructor(
    session: Turns & Pick<AskSession, 'onDidChange'>,
    ledger: Pick<LedgerStore, 'get'>,
    settler: Pick<Settler, 'onDidSettle'>,
    models: Pick<ModelList, 'peek' | 'onDidChange'>,
    onError: (error: unknown) => void,
  ) {
    const price = (): void => priceRunning(session, id => models.peek(id));
    this.subscriptions = [
      settler.onDidSettle(({ id, ...settled }) =>
        session.apply(id, { type: 'settled', requestId: id, ...settled }),
      ),
      models.onDidChange(price),
      session.onDidChange(({ type }) => {
        // The list may have come while a request was on its way into the conversation.
        if (type === 'turn') price();
        if (type === 'replaced') showSettledCosts(session, ledger).catch(onError);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** Tells running answers that left before the list of models was there what they cost, for the cost so far. */
export function priceRunning(session: Turns, findModel: (id: string) => Model | undefined): void {
  for (const { id, answer, sent, startedAtMs, estimate } of session.conversation.turns) {
    if (answer.status !== 'streaming' || !estimate || estimate.promptUsd !== undefined) continue;
    const pricing = findModel(sent.parameters.model)?.pricing;
    const priced = toSentEstimate(estimate.promptTokens, pricing, startedAtMs);
    if (priced.promptUsd !== undefined) session.apply(id, { type: 'priced', estimate: priced });
  }
}

/** Shows in a conversation of an earlier session what its requests turned out to cost meanwhile. */
export async function showSettledCosts(session: Turns, ledger: Pick<LedgerStore, 'get'>): Promise<void> {
  for (const turn of session.conversation.turns) {
    for (const requestId of pendingRequests(turn)) {
      const row = await ledger.get(requestId);
      if (row && row.costState !== 'pending') session.apply(turn.id, { ...toSettledEvent(row), requestId });
    }
  }
}

/** The ledger rows of the turn's requests whose cost is not known yet. */
function pendingRequests({ id, answer }: Turn): readonly string[] {
  const { earlier = [], requestId = id, cost } = answer;
  return [...earlier, { requestId, cost }]
    .filter(request => request.cost?.state === 'pending')
    .map(request => request.requestId);
}
