import { formatCount } from '../../core/base/formatCount';
import { type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import { wait } from '../../core/base/wait';
import { columnName } from '../../core/chat/comparison';
import { type Budgets, toSpendLimits } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { type PassedLimit, toPassedLimit } from '../../core/ledger/ledgerLimits';
import { rangeText } from '../../core/models/estimateText';
import { describePrice } from '../../core/models/modelRow';
import type { CostEstimate } from '../../core/money/estimate';
import { displayUsd, type Pico, parsePico } from '../../core/money/pico';
import type { Clients } from '../account/clients';
import type { AskRequest } from '../ask/askRequest';
import { largeTokens, type PricedRequest } from '../ask/requestPreparation';
import type { MaskedPreparation } from '../ask/secretMasking';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import type { LimitShares } from './limitShares';

/** What is left on the key is worth no longer a wait: a request that it does not cover fails by itself. */
const keyPatienceMs = 2000;

/** Requests that are sent together. */
export interface ReadyGroup {
  readonly requests: readonly AskRequest[];
  /** Each is sent with its share when the one before it has ended: all at once could pass a limit by what they reserve. */
  readonly isStaggered: boolean;
}

/** What the requests of a group add up to. */
interface Sum {
  readonly tokens: number;
  /** Undefined when one of them has no known price. */
  readonly minPico: Pico | undefined;
  readonly maxPico: Pico | undefined;
  /** What those that may be sent hold against the limits. */
  readonly reservedPico: Pico;
}

/** What happens before a comparison is sent: one estimate, one look at the limits, one question to the user. */
export class GroupPreparation {
  constructor(
    private readonly preparation: Pick<MaskedPreparation, 'priceOnly'>,
    private readonly ledger: Pick<LedgerStore, 'totals'>,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'confirm'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
    private readonly shares: Pick<LimitShares, 'doForAll'>,
  ) {}

  /** Undefined when it was stopped, or the user does not want to send it after all. */
  async prepare(requests: readonly AskRequest[], signal: AbortSignal): Promise<ReadyGroup | undefined> {
    const { budgets } = this.settings.current;
    const [priced, leftPico] = await Promise.all([this.price(requests, signal), this.leftOnKey(signal)]);
    if (!priced || signal.aborted) return undefined;
    const sum = addUp(priced);
    const passed = await this.passedLimits(sum, budgets);
    const answer = await this.ask(priced, sum, passed, budgets);
    if (answer === 'no' || signal.aborted) return undefined;
    const isLow = leftPico !== undefined && leftPico < sum.reservedPico;
    return {
      requests: priced.map(({ request }) => request),
      isStaggered: passed.length > 0 || isLow,
    };
  }

  /** One after the other: each may have a question for the user. Undefined when one must not be sent. */
  private async price(
    requests: readonly AskRequest[],
    signal: AbortSignal,
  ): Promise<readonly PricedRequest[] | undefined> {
    const all: PricedRequest[] = [];
    for (const request of requests) {
      const priced = await this.preparation.priceOnly(request, signal);
      if (!priced) return undefined;
      all.push(priced);
    }
    return all;
  }

  /** Undefined when the key has no limit, or nobody can say. */
  private async leftOnKey(signal: AbortSignal): Promise<Pico | undefined> {
    const client = await this.clients.account();
    if (!client.ok) return undefined;
    const patience = new AbortController();
    const asking = client.value.key(signal).finally(() => patience.abort());
    const key = await Promise.race([asking, wait(keyPatienceMs, patience.signal)]);
    const left = key?.ok ? key.value.limitRemainingUsd : undefined;
    return left === undefined ? undefined : parsePico(left);
  }

  private async passedLimits({ reservedPico }: Sum, budgets: Budgets): Promise<readonly PassedLimit[]> {
    const limits = toSpendLimits(budgets, Date.now());
    const passed = await Promise.all(
      limits.map(async limit =>
        toPassedLimit(limit, await this.ledger.totals(limit.period, limit.ownRowsOnly), reservedPico),
      ),
    );
    return passed.filter(limit => limit !== undefined);
  }

  /** Asks when the whole is large, does not fit, or could pass a limit; else there is nothing to ask. */
  private async ask(
    priced: readonly PricedRequest[],
    sum: Sum,
    passed: readonly PassedLimit[],
    { perRequestPico }: Budgets,
  ): Promise<'yes' | 'no'> {
    const overRequest =
      perRequestPico !== undefined &&
      priced.some(({ request }) => (request.reservedPico ?? 0n) > perRequestPico);
    const isDue = sum.tokens >= largeTokens || priced.some(({ isTooLong }) => isTooLong);
    if (!isDue && !overRequest && passed.length === 0) return 'yes';
    const send = passed.length > 0 ? 'Send One After Another' : 'Send All';
    const change = 'Change Limit';
    const limits = [
      ...passed.map(passedSentence),
      passed.length > 0 ? await this.sharesSentence(priced) : plain(''),
      overRequest
        ? say`Your limit per request is ${displayUsd(perRequestPico)}. With the longest answer at least one of them costs more.`
        : plain(''),
    ];
    const hasLimit = passed.length > 0 || overRequest;
    const choice = await this.dialogs.confirm(
      say`Send about ${formatCount(sum.tokens)} tokens to ${priced.length} models?`,
      paragraphs(sumSentence(sum), ...priced.map(requestSentence), ...limits),
      ...(hasLimit ? [send, change] : [send]),
    );
    if (choice === change) await this.workbench.openSetting('budget');
    return choice === send ? 'yes' : 'no';
  }

  private async sharesSentence(priced: readonly PricedRequest[]): Promise<PlainText> {
    return (await this.shares.doForAll(priced.map(({ request }) => request)))
      ? say`One after another, each gets its share of what is left, which can make its answer shorter. What one does not use is left to those after it.`
      : say`What is left is not enough for all of them, should their answers be long: those that come last may not be sent.`;
  }
}

function addUp(priced: readonly PricedRequest[]): Sum {
  const sent = priced.filter(({ request }) => !request.refusal && !request.stop);
  return {
    tokens: sent.reduce((sum, { estimate }) => sum + estimate.tokens.tokens, 0),
    minPico: total(sent.map(({ estimate }) => estimate.minPico)),
    maxPico: total(sent.map(({ estimate }) => estimate.maxPico)),
    reservedPico: sent.reduce((sum, { request }) => sum + (request.reservedPico ?? 0n), 0n),
  };
}

function total(amounts: readonly (Pico | undefined)[]): Pico | undefined {
  let sum = 0n;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    sum += amount;
  }
  return sum;
}

function sumSentence({ minPico, maxPico }: Sum): PlainText {
  return minPico === undefined || maxPico === undefined
    ? say`What all of them cost is not known: the price of at least one varies or is not known here.`
    : say`Estimated cost of all: ${displayUsd(minPico)} to ${displayUsd(maxPico)}.`;
}

function requestSentence({ request, estimate, model, isTooLong }: PricedRequest): PlainText {
  const name = columnName(request.turn);
  if (request.refusal ?? request.stop) return say`${name}: not sent, its answer says why.`;
  if (isTooLong) return say`${name}: this does not fit into the model, which will refuse it.`;
  return say`${name}: ${rangeOf(estimate) ?? (model ? describePrice(model.pricing) : 'price not known here')}`;
}

const rangeOf = (estimate: CostEstimate): string | undefined =>
  estimate.isFree ? 'free' : rangeText(estimate);

function passedSentence({ limit, committedPico }: PassedLimit): PlainText {
  const name = { session: 'per window', daily: 'per day', monthly: 'per month' }[limit.kind];
  return say`All at once they could pass your limit of ${displayUsd(limit.limitPico)} ${name}: ${displayUsd(committedPico)} of it is spent or held.`;
}
