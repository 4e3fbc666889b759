import { yieldToEventLoop } from '../../core/base/yieldToEventLoop';
import type { Answer } from '../../core/chat/answer';
import type { Ending } from '../../core/chat/chatClient';
import type { Spending } from '../../core/chat/spending';
import { stopsBilling } from '../../core/money/stopBilling';

/** Ends a request when the user does, or when a limit is reached and its provider then bills no more. */
export class MoneyStop {
  private readonly control = new AbortController();
  private reached: Spending | undefined;
  private readonly onAbort = (): void => this.control.abort();

  constructor(private readonly user: AbortSignal) {
    user.addEventListener('abort', this.onAbort);
    if (user.aborted) this.onAbort();
  }

  get signal(): AbortSignal {
    return this.control.signal;
  }

  /** Ends the request in a moment: what has arrived by now is still read. */
  reach(spending: Spending, { provider }: Pick<Answer, 'provider'>): void {
    if (this.reached || !endsBill(spending, provider)) return;
    this.reached = spending;
    void yieldToEventLoop().then(() => this.control.abort());
  }

  /** `ending` with the limit that was its reason. */
  tell(ending: Ending): Ending {
    const isItsReason = ending.outcome === 'cancelled' && !this.user.aborted;
    return this.reached && isItsReason ? { ...ending, moneyStop: this.reached } : ending;
  }

  dispose(): void {
    this.user.removeEventListener('abort', this.onAbort);
  }
}

/** Where the provider bills on, a stop would only lose what is paid for. */
function endsBill({ by, kind }: Spending, provider: string | undefined): boolean {
  return by === 'stop' || (kind !== 'maxAnswerCost' && stopsBilling(provider) === true);
}
